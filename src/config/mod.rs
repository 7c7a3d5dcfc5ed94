//! The configuration: Amplify Gen 2's `amplify_outputs.json`, parsed and validated.
//!
//! The file is the one that `ampx` writes (schema versions 1 to 1.5). Beyond the schema one key of
//! its free `custom` section is read: `custom.cognito.endpoint`, an endpoint other than AWS's own,
//! with `custom.cognito.issuer` beside it where the tokens name another issuer (a proxy in front of
//! the real pool). Unknown keys are ignored.

mod endpoint;
mod ids;
#[cfg(feature = "browser")]
mod load;
mod password_policy;
mod problem;
mod read;
#[cfg(test)]
mod tests;

pub use endpoint::{Endpoint, EndpointProblem};
#[cfg(feature = "browser")]
pub use load::load;
pub use ids::{ClientId, InvalidId, Region, UserPoolId};
pub use password_policy::{PASSWORD_MAX_LENGTH, PASSWORD_SYMBOLS, PasswordPolicy, Rule};
pub use problem::ConfigProblem;
use serde::{Deserialize, Serialize};

/// Everything the engine and the screens need to know about the user pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// The user pool.
    pub user_pool_id: UserPoolId,
    /// The public app client in that pool: one without a secret.
    pub client_id: ClientId,
    /// The pool's region; equal to the user pool id's first part.
    pub region: Region,
    /// Where Cognito's operations are sent.
    pub endpoint: Endpoint,
    /// `custom.cognito.issuer`; see [`Config::issuer`].
    pub custom_issuer: Option<Endpoint>,
    /// What the pool asks of new passwords.
    pub password_policy: PasswordPolicy,
    /// What people sign in with; a plain user name if the list is empty.
    pub username_attributes: Vec<UsernameAttribute>,
    /// Names of the standard attributes that sign-up has to ask for, as Cognito writes them.
    pub standard_required_attributes: Vec<String>,
    /// Which attributes the pool verifies at sign-up.
    pub user_verification_types: Vec<VerificationType>,
    /// Whether the pool asks for a second factor.
    pub mfa_configuration: MfaConfiguration,
    /// The second factors the pool offers.
    pub mfa_methods: Vec<MfaMethod>,
    /// The pool's groups, in the order of the file.
    pub groups: Vec<Group>,
    /// Ways to sign in without a password.
    pub passwordless: Passwordless,
    /// The hosted pages and identity providers, if the pool has a domain.
    pub oauth: Option<OAuth>,
}

impl Config {
    /// Reads an `amplify_outputs.json`.
    ///
    /// # Errors
    /// With the first thing found wrong with it, in words for whoever deploys the app.
    pub fn parse(text: &str) -> Result<Self, ConfigProblem> {
        read::read(text)
    }

    /// The `iss` of this pool's tokens: `{endpoint}/{user pool id}`, or with a `custom.cognito.issuer`
    /// that one.
    #[must_use]
    pub fn issuer(&self) -> String {
        match &self.custom_issuer {
            Some(issuer) => issuer.to_string(),
            None => format!("{}/{}", self.endpoint, self.user_pool_id),
        }
    }

    /// Where the public keys of this pool's tokens are.
    #[must_use]
    pub fn jwks_url(&self) -> String {
        format!("{}/.well-known/jwks.json", self.issuer())
    }
}

/// What people type to say who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UsernameAttribute {
    /// An e-mail address.
    Email,
    /// A phone number in E.164 form.
    PhoneNumber,
    /// A name of their own choice.
    Username,
}

/// An attribute that the pool verifies with a code at sign-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationType {
    /// By e-mail.
    Email,
    /// By text message.
    PhoneNumber,
}

/// Whether the pool asks for a second factor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MfaConfiguration {
    /// Never.
    #[default]
    None,
    /// If the person has set one up.
    Optional,
    /// Always.
    Required,
}

/// A second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MfaMethod {
    /// A code by text message.
    Sms,
    /// A code from an authenticator app.
    Totp,
    /// A code by e-mail.
    Email,
}

/// A group of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The name, as it is in the claim `cognito:groups`.
    pub name: String,
    /// Lower goes before higher.
    pub precedence: Option<u32>,
}

/// Ways to sign in without a password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Passwordless {
    /// A code by e-mail.
    pub email_otp_enabled: bool,
    /// A code by text message.
    pub sms_otp_enabled: bool,
    /// Passkeys.
    pub web_authn: Option<WebAuthn>,
    /// The way to offer first.
    pub preferred_challenge: Option<PreferredChallenge>,
}

/// How the pool does passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebAuthn {
    /// The domain that passkeys are bound to.
    pub relying_party_id: String,
    /// `required` or `preferred`, as WebAuthn's `userVerification`.
    pub user_verification: UserVerification,
}

/// Whether a passkey has to be unlocked by its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UserVerification {
    /// It has to be.
    Required,
    /// If the device can.
    Preferred,
}

/// A first factor, by its challenge name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PreferredChallenge {
    /// A code by e-mail.
    EmailOtp,
    /// A code by text message.
    SmsOtp,
    /// A password.
    Password,
    /// A passkey.
    WebAuthn,
}

/// The pool's domain and what its authorisation endpoint is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth {
    /// The host name, without a scheme.
    pub domain: String,
    /// The scopes to ask for.
    pub scopes: Vec<String>,
    /// Where the person may be sent back to after sign-in.
    pub redirect_sign_in_uri: Vec<String>,
    /// Where the person may be sent back to after sign-out.
    pub redirect_sign_out_uri: Vec<String>,
    /// The social identity providers of the pool.
    pub identity_providers: Vec<IdentityProvider>,
}

/// A social identity provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IdentityProvider {
    /// Google.
    Google,
    /// Facebook.
    Facebook,
    /// Amazon.
    LoginWithAmazon,
    /// Apple.
    SignInWithApple,
}
