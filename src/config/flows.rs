//! The service's names for the ways to sign in.

use serde::{Deserialize, Serialize};

/// Something that proves who one is, as the first or only proof (`ChallengeNameType` in SELECT_CHALLENGE).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Factor {
    /// A passkey.
    #[serde(rename = "WEB_AUTHN")]
    Passkey,
    /// A code by e-mail.
    #[serde(rename = "EMAIL_OTP")]
    EmailOtp,
    /// A code by text message.
    #[serde(rename = "SMS_OTP")]
    SmsOtp,
    /// A password, proved without sending it (SRP).
    #[serde(rename = "PASSWORD_SRP")]
    PasswordSrp,
    /// A password, sent to the service.
    #[serde(rename = "PASSWORD")]
    Password,
}

/// A second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MfaMethod {
    /// A time-based code of an authenticator app (RFC 6238).
    #[serde(rename = "SOFTWARE_TOKEN_MFA")]
    Totp,
    /// A code by text message.
    #[serde(rename = "SMS_MFA")]
    Sms,
    /// A code by e-mail.
    #[serde(rename = "EMAIL_OTP")]
    Email,
}

/// How a sign-in begins. The names are Amplify's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInFlow {
    /// A password that never leaves the device.
    #[default]
    #[serde(rename = "USER_SRP_AUTH")]
    UserSrp,
    /// A password that is sent to the service.
    #[serde(rename = "USER_PASSWORD_AUTH")]
    UserPassword,
    /// The person or the pool chooses the first factor.
    #[serde(rename = "USER_AUTH")]
    UserAuth,
    /// The pool's own challenges, after a password.
    #[serde(rename = "CUSTOM_WITH_SRP")]
    CustomWithSrp,
    /// The pool's own challenges alone.
    #[serde(rename = "CUSTOM_WITHOUT_SRP")]
    CustomWithoutSrp,
}

/// The names among `names` that this version knows, each once.
pub(crate) fn known<T: serde::de::DeserializeOwned + PartialEq>(names: &[String]) -> Vec<T> {
    let mut known = Vec::new();
    for name in names {
        match serde_json::from_value(serde_json::Value::String(name.clone())) {
            Ok(value) if !known.contains(&value) => known.push(value),
            _ => {}
        }
    }
    known
}
