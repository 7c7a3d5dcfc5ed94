//! The ways to sign in without a password.

use serde::{Deserialize, Serialize};

use super::Factor;

/// Which ways to sign in without a password a pool has: the section `passwordless` of schema 1.4.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passwordless {
    /// A code by e-mail.
    pub email_otp: bool,
    /// A code by text message.
    pub sms_otp: bool,
    /// Passkeys, where the pool has them.
    pub passkey: Option<Passkey>,
    /// What to offer first: one of [`Passwordless::factors`], or [`Factor::PasswordSrp`]. The file's `PASSWORD`
    /// means the latter too, since the schema has no word of its own for it; only
    /// [`SignInFlow::UserPassword`](super::SignInFlow::UserPassword) sends a password to the service.
    pub preferred: Option<Factor>,
}

impl Passwordless {
    /// The ways that are on: passkey, e-mail, text message.
    #[must_use]
    pub fn factors(&self) -> Vec<Factor> {
        [
            (self.passkey.is_some(), Factor::Passkey),
            (self.email_otp, Factor::EmailOtp),
            (self.sms_otp, Factor::SmsOtp),
        ]
        .into_iter()
        .filter_map(|(on, factor)| on.then_some(factor))
        .collect()
    }
}

/// What a pool asks of passkeys (`WebAuthnConfiguration` of SetUserPoolMfaConfig).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// The domain that passkeys are for, if the file names it. Cognito sends it with every challenge.
    pub relying_party_id: Option<String>,
    /// Whether the device has to check who holds it.
    pub user_verification: UserVerification,
}

/// Whether a device checks who holds it, by fingerprint, face or PIN, before it signs (WebAuthn,
/// `UserVerificationRequirement`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserVerification {
    /// If it can. Cognito's own default.
    #[default]
    Preferred,
    /// Always.
    Required,
}
