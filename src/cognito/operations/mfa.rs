//! Which factors a user has, and which of them are asked for.

use serde::{Deserialize, Serialize};

use super::{Empty, Operation, operation};
use crate::token::AccessToken;

/// Turns second factors on or off, and says which is asked for first. What is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct SetUserMFAPreference {
    /// The user's access token.
    #[serde(rename = "AccessToken")]
    pub access_token: AccessToken,
    /// Codes by text message.
    #[serde(rename = "SMSMfaSettings", skip_serializing_if = "Option::is_none")]
    pub sms: Option<MfaSettings>,
    /// Codes of an authenticator app.
    #[serde(rename = "SoftwareTokenMfaSettings", skip_serializing_if = "Option::is_none")]
    pub software_token: Option<MfaSettings>,
    /// Codes by e-mail.
    #[serde(rename = "EmailMfaSettings", skip_serializing_if = "Option::is_none")]
    pub email: Option<MfaSettings>,
    /// Passkeys that count as two factors.
    #[serde(rename = "WebAuthnMfaSettings", skip_serializing_if = "Option::is_none")]
    pub web_authn: Option<WebAuthnMfaSettings>,
}
operation!(SetUserMFAPreference, idempotent: true, Empty);

/// What is wanted of one second factor (`SMSMfaSettingsType` and its like).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MfaSettings {
    /// Whether it may be asked for.
    pub enabled: bool,
    /// Whether it is asked for first.
    pub preferred_mfa: bool,
}

/// `WebAuthnMfaSettingsType`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WebAuthnMfaSettings {
    /// Whether a passkey counts as two factors.
    pub enabled: bool,
}

/// What the user can sign in by.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserAuthFactors {
    /// The user's access token.
    pub access_token: AccessToken,
}
operation!(GetUserAuthFactors, idempotent: true, GetUserAuthFactorsResponse);

/// The answer to [`GetUserAuthFactors`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserAuthFactorsResponse {
    /// The second factors that the user has turned on.
    #[serde(default, rename = "UserMFASettingList")]
    pub user_mfa_setting_list: Vec<String>,
    /// The one among them that is asked for first.
    pub preferred_mfa_setting: Option<String>,
    /// All that the user has (`AuthFactorType`).
    #[serde(default)]
    pub configured_user_auth_factors: Vec<String>,
}
