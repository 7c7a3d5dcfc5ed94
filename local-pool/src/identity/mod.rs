//! Identity pools (`cognito-identity/2014-06-30`): who is let in, and what comes of it.

mod get_credentials_for_identity;
mod get_id;
mod login;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::login::Login;
use crate::operations::{Operation, world};
use crate::protocol::{ApiError, not_authorized};
use crate::random;

/// What the identity pools can do: the enhanced flow (developer guide, "Identity pools authentication flow").
pub(crate) static OPERATIONS: &[Operation] = &[
    world("GetCredentialsForIdentity", get_credentials_for_identity::run),
    world("GetId", get_id::run),
];

/// The member that both operations take ID tokens in, by provider.
const LOGINS: &str = "Logins";

/// What an administrator decides about an identity pool.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// `REGION:UUID`.
    pub(crate) id: String,
    /// Whether guests are let in.
    #[serde(default)]
    pub(crate) allow_unauthenticated_identities: bool,
    #[serde(default)]
    pub(crate) cognito_identity_providers: Vec<Provider>,
}

/// A user pool's app client whose ID tokens are taken (`CognitoIdentityProvider`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Provider {
    /// `cognito-idp.REGION.amazonaws.com/POOL`.
    pub(crate) provider_name: String,
    pub(crate) client_id: String,
    /// Whether users who have signed out everywhere, or are gone, are refused although their token is good.
    #[serde(default)]
    pub(crate) server_side_token_check: bool,
}

impl Settings {
    /// Passes what an identity pool can be.
    ///
    /// # Errors
    /// What is wrong.
    pub(crate) fn check(&self) -> Result<(), String> {
        let is_id = self.id.split_once(':').is_some_and(|(region, name)| {
            let in_region = |c: char| c.is_ascii_alphanumeric() || c == '-';
            !region.is_empty() && region.chars().all(in_region) && random::is_uuid(name)
        });
        if !is_id {
            return Err("an identity pool's id is a region, a colon and a UUID in lower case".to_owned());
        }
        let mut names = self.cognito_identity_providers.iter();
        match names.find(|provider| pool_id_of(&provider.provider_name).is_none()) {
            Some(provider) => Err(format!(
                "{} is no provider_name: it has to be cognito-idp.REGION.amazonaws.com/POOL",
                provider.provider_name
            )),
            None => Ok(()),
        }
    }
}

/// The user pool's id in a provider's name.
pub(crate) fn pool_id_of(provider_name: &str) -> Option<&str> {
    let (host, id) = provider_name.split_once('/')?;
    let (region, _) = id.split_once('_')?;
    let rest = host.strip_prefix("cognito-idp.")?.strip_prefix(region)?;
    [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"]
        .contains(&rest)
        .then_some(id)
}

/// An identity pool at work.
pub(crate) struct IdentityPool {
    pub(crate) settings: Settings,
    /// Identities of guests.
    guests: BTreeSet<String>,
    /// Identities of users who have asked for theirs.
    users: BTreeSet<String>,
}

impl IdentityPool {
    /// One that nobody has asked for anything.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            guests: BTreeSet::new(),
            users: BTreeSet::new(),
        }
    }

    fn identity(&self, uuid: &str) -> String {
        let (region, _) = self.settings.id.split_once(':').unwrap_or_default();
        format!("{region}:{uuid}")
    }

    /// The one identity that a user has here, for ever.
    fn identity_of(&self, login: &Login) -> String {
        let name = [&self.settings.id, &login.provider_name, &login.sub].map(String::as_str);
        self.identity(&random::uuid_from(&Sha256::digest(name.join("\n"))))
    }

    /// Passes guests where they are let in.
    fn check_guests(&self) -> Result<(), ApiError> {
        if self.settings.allow_unauthenticated_identities {
            Ok(())
        } else {
            Err(not_authorized(
                "Unauthenticated access is not supported for this identity pool.",
            ))
        }
    }
}

/// `ResourceNotFoundException`.
fn not_found(what: &str, id: &str) -> ApiError {
    ApiError::new("ResourceNotFoundException", format!("{what} '{id}' not found."))
        .because("there is no such identity or identity pool")
}

#[cfg(test)]
mod tests;
