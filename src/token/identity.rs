use std::fmt;

use serde_json::Value;

use super::IdClaims;
use crate::ports::UnixMillis;

/// An account at an identity provider by which the person signs in: an entry of the claim `identities` (Developer
/// Guide, "Understanding the identity (ID) token").
///
/// `Debug` shows the provider only, not who the person is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// ProviderName: what the pool calls the identity provider.
    pub provider_name: String,
    /// ProviderType: `Google`, `Facebook`, `LoginWithAmazon`, `SignInWithApple`, `OIDC` or `SAML`.
    pub provider_type: String,
    /// Who it is there.
    pub user_id: String,
    /// Whether the user began as this account; those that are linked did not.
    pub primary: bool,
    /// When it was added, if that is told.
    pub date_created: Option<UnixMillis>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("provider_name", &self.provider_name)
            .field("provider_type", &self.provider_type)
            .finish_non_exhaustive()
    }
}

impl IdClaims {
    /// The accounts at identity providers that belong to the user; empty for one of the pool's own. Entries that say
    /// too little are left out.
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        let entries = self.other.get("identities").and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(Identity::read).collect()
    }

    /// The account at an identity provider that the user exists by, and is called by. Such a user has no password and
    /// no factors in the pool, and the provider's word counts for the attributes at every sign-in.
    #[must_use]
    pub fn external_identity(&self) -> Option<Identity> {
        let is_it = |identity: &Identity| {
            let name = [&identity.provider_name, "_", &identity.user_id].concat();
            name.eq_ignore_ascii_case(&self.username)
        };
        self.identities().into_iter().find(is_it)
    }
}

impl Identity {
    fn read(entry: &Value) -> Option<Self> {
        let text = |name| {
            let text = entry.get(name)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        Some(Self {
            provider_name: text("providerName")?,
            provider_type: text("providerType")?,
            user_id: text("userId")?,
            primary: entry.get("primary").is_some_and(is_true),
            date_created: entry.get("dateCreated").and_then(number).map(UnixMillis),
        })
    }
}

/// Cognito writes booleans and numbers of this claim as text; a trigger that rewrites it may not.
fn is_true(value: &Value) -> bool {
    value.as_bool() == Some(true)
        || value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
