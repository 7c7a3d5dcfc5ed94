//! What the sign-in screen offers, by the configuration.

use crate::{
    auth::{Factor, SignInFlow, SignInRequest},
    config::Config,
    token::Password,
    ui::Shape,
};

/// The first thing to do on the sign-in screen, and the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    pub first: First,
    /// Each behind a button of its own; they need the name alone.
    pub others: Vec<Factor>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// The name and the password.
    Password,
    /// The name alone: the rest follows on other screens.
    Name(Option<Factor>),
    /// The name alone: the pool asks what it likes.
    Custom,
}

impl Ways {
    /// The ways for `config`, in a browser that has passkeys or not.
    pub fn of(config: &Config, has_passkeys: bool) -> Self {
        let enabled = |factor: &Factor| has_passkeys || *factor != Factor::Passkey;
        let all = config.factors_without_password();
        let preferred = config.passwordless.as_ref().and_then(|ways| ways.preferred);
        let first = match preferred.filter(|factor| all.contains(factor)) {
            _ if config.sign_in_flow == SignInFlow::CustomWithoutSrp => First::Custom,
            Some(factor) => First::Name(Some(factor).filter(enabled)),
            _ => First::Password,
        };
        let mut others: Vec<_> = all
            .into_iter()
            .filter(|factor| enabled(factor) && first != First::Name(Some(*factor)))
            .collect();
        if let First::Name(_) = first {
            let is_sent = config.sign_in_flow == SignInFlow::UserPassword;
            others.push(if is_sent {
                Factor::Password
            } else {
                Factor::PasswordSrp
            });
        }
        Self { first, others }
    }

    /// Whether passkeys are among them.
    pub fn have_passkeys(&self) -> bool {
        self.first == First::Name(Some(Factor::Passkey)) || self.others.contains(&Factor::Passkey)
    }
}

impl First {
    /// What is sent for it.
    pub fn request(self, username: String, password: impl FnOnce() -> Password) -> SignInRequest {
        let request = SignInRequest {
            username,
            ..SignInRequest::default()
        };
        match self {
            Self::Password => SignInRequest {
                password: Some(password()),
                ..request
            },
            Self::Name(preferred) => SignInRequest {
                preferred,
                flow: Some(SignInFlow::UserAuth),
                ..request
            },
            Self::Custom => SignInRequest {
                flow: Some(SignInFlow::CustomWithoutSrp),
                ..request
            },
        }
    }

    /// A sentence under the heading.
    pub fn description(self) -> &'static str {
        match self {
            Self::Name(Some(Factor::EmailOtp)) => "Good to see you. We’ll email you a code.",
            Self::Name(Some(Factor::SmsOtp)) => "Good to see you. We’ll text you a code.",
            _ => "Good to see you.",
        }
    }
}

/// What is on a way's button.
pub(super) fn look(factor: Factor) -> (Shape, &'static str) {
    match factor {
        Factor::Passkey => (Shape::Passkey, "Use a passkey"),
        Factor::EmailOtp => (Shape::Mail, "Email me a code"),
        Factor::SmsOtp => (Shape::Phone, "Text me a code"),
        Factor::PasswordSrp | Factor::Password => (Shape::Key, "Use your password instead"),
    }
}

#[cfg(test)]
mod tests {
    use super::{First, Ways};
    use crate::{auth::Factor, config::Config};

    fn ways(flow: &str, passwordless: &str, has_passkeys: bool) -> Ways {
        let text = [
            r#"{"version":"1.4","auth":{"aws_region":"us-east-1","user_pool_id":"us-east-1_Abc","user_pool_client_id":"client","authentication_flow_type":""#,
            flow,
            r#"","passwordless":"#,
            passwordless,
            "}}",
        ]
        .concat();
        Ways::of(&Config::parse(&text).unwrap(), has_passkeys)
    }

    const ALL: &str = r#"{"email_otp_enabled":true,"sms_otp_enabled":true,"web_authn":{}}"#;

    #[test]
    fn the_password_comes_first_unless_something_else_is_preferred() {
        let Ways { first, others } = ways("USER_SRP_AUTH", ALL, true);
        assert_eq!(first, First::Password);
        assert_eq!(others, [Factor::Passkey, Factor::EmailOtp, Factor::SmsOtp]);
        let preferred = r#"{"email_otp_enabled":true,"web_authn":{},"preferred_challenge":"EMAIL_OTP"}"#;
        let Ways { first, others } = ways("USER_SRP_AUTH", preferred, true);
        assert_eq!(first, First::Name(Some(Factor::EmailOtp)));
        assert_eq!(others, [Factor::Passkey, Factor::PasswordSrp]);
    }

    #[test]
    fn where_everybody_needs_a_second_factor_no_code_takes_a_passwords_place() {
        let flow = r#"USER_SRP_AUTH","mfa_methods":["TOTP"],"mfa_configuration":"REQUIRED"#;
        let Ways { first, others } = ways(flow, ALL, true);
        assert_eq!((first, others), (First::Password, vec![Factor::Passkey]));
        let preferred = r#"{"email_otp_enabled":true,"preferred_challenge":"EMAIL_OTP"}"#;
        assert_eq!(ways(flow, preferred, true).first, First::Password);
    }

    #[test]
    fn a_browser_without_passkeys_offers_none() {
        assert!(!ways("USER_SRP_AUTH", ALL, false).have_passkeys());
        let preferred = r#"{"email_otp_enabled":true,"web_authn":{},"preferred_challenge":"WEB_AUTHN"}"#;
        assert_eq!(
            ways("USER_AUTH", preferred, true).first,
            First::Name(Some(Factor::Passkey))
        );
        let Ways { first, others } = ways("USER_AUTH", preferred, false);
        assert_eq!(first, First::Name(None), "the choice comes after the name");
        assert_eq!(others, [Factor::EmailOtp, Factor::PasswordSrp]);
    }

    #[test]
    fn a_pool_with_challenges_of_its_own_is_asked_with_the_name_alone() {
        let Ways { first, others } = ways("CUSTOM_WITHOUT_SRP", "null", true);
        assert_eq!((first, others.len()), (First::Custom, 0));
        assert_eq!(ways("CUSTOM_WITH_SRP", "null", true).first, First::Password);
    }

    #[test]
    fn a_pool_that_takes_the_password_itself_is_sent_it() {
        let preferred = r#"{"sms_otp_enabled":true,"preferred_challenge":"SMS_OTP"}"#;
        assert_eq!(
            ways("USER_PASSWORD_AUTH", preferred, true).others,
            [Factor::Password]
        );
    }
}
