//! The configuration: Amplify Gen 2's `amplify_outputs.json`, parsed and validated.
//!
//! The file is the one that `ampx` writes (schema versions 1 to 1.5), and `auth.authentication_flow_type`,
//! which `ampx` does not write but Amplify's own libraries declare. Beyond these `custom.cognito` of its free
//! section is read: `endpoint`, an endpoint other than AWS's own, with `issuer` beside it where the tokens
//! name another issuer (a proxy in front of the real pool), `identity_endpoint`, the same for the identity pool, `oauth`,
//! what of the hosted pages to offer,
//! `totp_issuer`, a name for authenticator apps, `api_origins`, to which tokens may be sent, and `session`, how long a
//! session may last ([`SessionLimits`]). Keys that nothing here uses are ignored, whatever they hold.

mod endpoint;
mod flows;
mod groups;
mod identity_pool;
mod ids;
#[cfg(feature = "browser")]
mod load;
mod mfa;
mod oauth;
mod password_policy;
mod passwordless;
mod problem;
mod read;
mod session;
#[cfg(test)]
mod tests;

#[cfg(feature = "ui")]
pub(crate) use endpoint::is_loopback;
pub use endpoint::{Endpoint, EndpointProblem};
pub(crate) use flows::known;
pub use flows::{Factor, MfaMethod, SignInFlow};
pub use groups::Group;
pub use identity_pool::IdentityPool;
pub use ids::{ClientId, IdentityPoolId, InvalidId, Region, UserPoolId};
#[cfg(feature = "browser")]
pub use load::load;
pub use mfa::{Mfa, MfaRequirement};
#[cfg(feature = "ui")]
pub(crate) use oauth::email_domain;
pub use oauth::{EmailDomains, IdentityProvider, OAuth};
pub use password_policy::{PASSWORD_MAX_LENGTH, PASSWORD_SYMBOLS, PasswordPolicy, Rule};
pub use passwordless::{Passkey, Passwordless, UserVerification};
pub use problem::ConfigProblem;
use serde::{Deserialize, Serialize};
pub use session::SessionLimits;

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
    /// Where AWS credentials come from, if the backend has an identity pool.
    pub identity_pool: Option<IdentityPool>,
    /// What the pool asks of new passwords.
    pub password_policy: PasswordPolicy,
    /// What people sign in with; a plain user name if the list is empty.
    pub username_attributes: Vec<UsernameAttribute>,
    /// Names of the standard attributes that sign-up has to ask for, as Cognito writes them.
    pub standard_required_attributes: Vec<String>,
    /// Which attributes the pool verifies at sign-up.
    pub user_verification_types: Vec<VerificationType>,
    /// How a sign-in with a password begins.
    pub sign_in_flow: SignInFlow,
    /// The pool's second factors.
    pub mfa: Mfa,
    /// The ways to sign in without a password, which are offered besides the password.
    pub passwordless: Option<Passwordless>,
    /// `custom.cognito.totp_issuer`: what authenticator apps call this app, if anything; never empty.
    pub totp_issuer: Option<String>,
    /// `custom.cognito.api_origins`: the origins of one's own APIs, to which tokens may be sent. None has a path.
    pub api_origins: Vec<Endpoint>,
    /// How long a session may last.
    pub session: SessionLimits,
    /// The pool's groups, as far as the backend that wrote the file made them.
    pub groups: Vec<Group>,
    /// The hosted pages, if the pool has a domain.
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

    /// The ways to sign in without a password that can lead in. Where everybody needs a second factor Cognito takes no
    /// code in place of a password; a passkey may count as both.
    #[must_use]
    pub fn factors_without_password(&self) -> Vec<Factor> {
        let needs_mfa = self.mfa.requirement == MfaRequirement::Required;
        let mut factors = self
            .passwordless
            .as_ref()
            .map(Passwordless::factors)
            .unwrap_or_default();
        factors.retain(|factor| !needs_mfa || *factor == Factor::Passkey);
        factors
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
