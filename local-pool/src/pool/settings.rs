//! What an administrator decides about a pool.

use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::custom_auth::CustomAuth;
use super::schema::Schema;
use super::triggers::Triggers;
use super::user::MfaFactor;
use crate::password_policy::PasswordPolicy;
use crate::webauthn::UserVerification;

/// Whether a second factor is asked for (`UserPoolMfaType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum MfaConfiguration {
    #[default]
    Off,
    On,
    Optional,
}

/// A first factor of USER_AUTH (`AuthFactorType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AuthFactor {
    Password,
    EmailOtp,
    SmsOtp,
    WebAuthn,
}

/// `MfaConfiguration` and the factors that may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MfaSettings {
    pub(crate) configuration: MfaConfiguration,
    pub(crate) sms: bool,
    pub(crate) software_token: bool,
    pub(crate) email: bool,
}

impl MfaSettings {
    /// Whether the pool has that factor.
    pub(crate) fn has(&self, factor: MfaFactor) -> bool {
        self.configuration != MfaConfiguration::Off
            && match factor {
                MfaFactor::SmsMfa => self.sms,
                MfaFactor::SoftwareTokenMfa => self.software_token,
                MfaFactor::EmailOtp => self.email,
            }
    }
}

/// `WebAuthnConfigurationType`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebAuthnSettings {
    /// The domain that passkeys belong to.
    pub(crate) relying_party_id: String,
    #[serde(default)]
    pub(crate) user_verification: UserVerification,
    /// Whether a passkey with user verification is as good as two factors.
    #[serde(default)]
    pub(crate) multi_factor: bool,
}

/// `DeviceConfigurationType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DeviceSettings {
    /// Whether a remembered device stands in for a second factor.
    pub(crate) challenge_required_on_new_device: bool,
    /// Whether a confirmed device is remembered only after UpdateDeviceStatus.
    pub(crate) only_remembered_on_user_prompt: bool,
}

/// A way to recover an account (`RecoveryOptionNameType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Recovery {
    VerifiedEmail,
    VerifiedPhoneNumber,
    AdminOnly,
}

/// The pool's settings; their defaults are those of a pool that a developer would create for this product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) name: String,
    /// What people sign in with in place of a user name; empty for user names.
    pub(crate) username_attributes: Vec<Contact>,
    /// Attributes that work as user names beside the user name, once verified.
    pub(crate) alias_attributes: Vec<Alias>,
    pub(crate) case_sensitive: bool,
    /// What is sent a code at sign-up, and verified by it.
    pub(crate) auto_verified_attributes: Vec<Contact>,
    /// Whether a PreSignUp trigger confirms everybody.
    pub(crate) auto_confirm: bool,
    /// Whether that trigger also marks the contacts as verified.
    pub(crate) auto_verify: bool,
    pub(crate) self_sign_up: bool,
    pub(crate) schema: Schema,
    pub(crate) password_policy: PasswordPolicy,
    pub(crate) allowed_first_auth_factors: Vec<AuthFactor>,
    pub(crate) mfa: MfaSettings,
    pub(crate) web_authn: Option<WebAuthnSettings>,
    pub(crate) devices: Option<DeviceSettings>,
    /// Attributes that keep their old value until the new one is verified.
    pub(crate) verify_before_update: Vec<Contact>,
    /// In order of preference.
    pub(crate) account_recovery: Vec<Recovery>,
    /// The names of the authentication levels 1 to 4.
    pub(crate) acr_values: [String; 4],
    pub(crate) custom_auth: Option<CustomAuth>,
    pub(crate) triggers: Triggers,
    /// Whether users may list and revoke their sessions (`UserSessionTracking`).
    pub(crate) session_tracking: bool,
    /// Calls of the sign-in operations that a second may hold; none for no limit.
    pub(crate) sign_ins_per_second: Option<u32>,
}

/// `AliasAttributeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Alias {
    Email,
    PhoneNumber,
    PreferredUsername,
}

impl Alias {
    /// The attribute that it is.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Local pool".to_owned(),
            username_attributes: vec![Contact::Email],
            alias_attributes: Vec::new(),
            case_sensitive: false,
            auto_verified_attributes: vec![Contact::Email],
            auto_confirm: false,
            auto_verify: false,
            self_sign_up: true,
            schema: Schema::default(),
            password_policy: PasswordPolicy::default(),
            allowed_first_auth_factors: vec![AuthFactor::Password],
            mfa: MfaSettings::default(),
            web_authn: None,
            devices: None,
            verify_before_update: Vec::new(),
            account_recovery: vec![Recovery::VerifiedEmail, Recovery::VerifiedPhoneNumber],
            acr_values: [1, 2, 3, 4].map(|level| format!("urn:cognito:loa:{level}")),
            custom_auth: None,
            triggers: Triggers::default(),
            session_tracking: true,
            sign_ins_per_second: None,
        }
    }
}

impl Settings {
    /// Whether people may begin a sign-in with that factor.
    pub(crate) fn allows_first_factor(&self, factor: AuthFactor) -> bool {
        self.allowed_first_auth_factors.contains(&factor)
    }

    /// The level (1 to 4) of an authentication level's name.
    pub(crate) fn acr_level(&self, name: &str) -> Option<u8> {
        let names = (1_u8..).zip(&self.acr_values);
        names
            .into_iter()
            .find_map(|(level, value)| (value == name).then_some(level))
    }

    /// The name of a level from 1 to 4.
    pub(crate) fn acr_name(&self, level: u8) -> Option<&str> {
        let index = usize::from(level).checked_sub(1)?;
        self.acr_values.get(index).map(String::as_str)
    }
}
