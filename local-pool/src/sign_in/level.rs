//! Authentication levels and methods: the `acr` and `amr` claims (developer guide, "Authentication levels with
//! ACR and AMR claims").

use serde::{Deserialize, Serialize};

use crate::pool::user::MfaFactor;

/// How a person proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Method {
    Password,
    SoftwareToken,
    Sms,
    Email,
    PlatformPasskey,
    RoamingPasskey,
    Federated,
}

impl Method {
    fn amr(self) -> &'static str {
        match self {
            Self::Password => "pwd",
            Self::SoftwareToken => "otp",
            Self::Sms => "sms",
            Self::Email => "email_otp",
            Self::PlatformPasskey => "swk",
            Self::RoamingPasskey => "hwk",
            Self::Federated => "fed",
        }
    }

    fn is_passkey(self) -> bool {
        matches!(self, Self::PlatformPasskey | Self::RoamingPasskey)
    }
}

impl From<MfaFactor> for Method {
    fn from(factor: MfaFactor) -> Self {
        match factor {
            MfaFactor::SmsMfa => Self::Sms,
            MfaFactor::SoftwareTokenMfa => Self::SoftwareToken,
            MfaFactor::EmailOtp => Self::Email,
        }
    }
}

/// The `amr` claim.
pub(crate) fn amr(methods: &[Method]) -> Vec<&'static str> {
    let several = (methods.len() > 1).then_some("mfa");
    methods.iter().map(|method| method.amr()).chain(several).collect()
}

/// The highest level, 1 to 4, that the methods satisfy; 0 for none.
pub(crate) fn level(methods: &[Method]) -> u8 {
    let has = |method| methods.contains(&method);
    let code = has(Method::Sms) || has(Method::Email);
    if has(Method::Password) && has(Method::SoftwareToken) {
        4
    } else if methods.iter().any(|method| method.is_passkey()) || (has(Method::Password) && code) {
        3
    } else if code {
        2
    } else {
        u8::from(has(Method::Password))
    }
}

/// The level after one more method.
pub(crate) fn level_with(methods: &[Method], another: Method) -> u8 {
    level(&[methods, &[another]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_guides_table() {
        use Method::{Email, Federated, Password, PlatformPasskey, RoamingPasskey, Sms, SoftwareToken};
        for (methods, expected) in [
            (&[][..], 0),
            (&[Federated], 0),
            (&[SoftwareToken], 0),
            (&[Password], 1),
            (&[Sms], 2),
            (&[Email], 2),
            (&[PlatformPasskey], 3),
            (&[RoamingPasskey], 3),
            (&[Password, Sms], 3),
            (&[Password, Email], 3),
            (&[Password, SoftwareToken], 4),
            (&[Password, PlatformPasskey], 3),
        ] {
            assert_eq!(level(methods), expected, "{methods:?}");
        }
    }

    #[test]
    fn two_methods_are_multi_factor() {
        assert_eq!(amr(&[Method::Password]), ["pwd"]);
        assert_eq!(
            amr(&[Method::Password, Method::SoftwareToken]),
            ["pwd", "otp", "mfa"]
        );
    }
}
