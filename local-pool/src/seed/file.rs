//! The seed file, as `SEED.md` describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use crate::identity;
use crate::pool::client::Client;
use crate::pool::group::Group;
use crate::pool::identity_provider::IdentityProvider;
use crate::pool::settings::Settings;
use crate::pool::user::{MfaFactor, Status};

/// All that a server begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) pools: Vec<Pool>,
    #[serde(default)]
    pub(crate) identity_pools: Vec<identity::Settings>,
}

/// A pool and who is in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pool {
    /// `REGION_NAME`.
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) settings: Settings,
    #[serde(default)]
    pub(crate) clients: Vec<Client>,
    #[serde(default)]
    pub(crate) groups: Vec<Group>,
    #[serde(default)]
    pub(crate) identity_providers: Vec<IdentityProvider>,
    /// Of the hosted pages: a prefix of AWS's own domain, or a domain of one's own.
    pub(crate) domain: Option<String>,
    #[serde(default)]
    pub(crate) users: Vec<User>,
}

/// A user, with the password in plain text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    /// What the user signs in as: an address where the pool says so, or a user name.
    pub(crate) name: String,
    /// None for a new one.
    pub(crate) sub: Option<String>,
    #[serde(default, deserialize_with = "secret")]
    pub(crate) password: Option<String>,
    /// One that has to be changed at the first sign-in.
    #[serde(default, deserialize_with = "secret")]
    pub(crate) temporary_password: Option<String>,
    pub(crate) status: Option<Status>,
    #[serde(default)]
    pub(crate) disabled: bool,
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) groups: Vec<String>,
    pub(crate) mfa: Option<Mfa>,
    #[serde(default)]
    pub(crate) identities: Vec<Identity>,
    /// For people.
    #[serde(default)]
    pub(crate) note: String,
}

/// A user's second factors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mfa {
    pub(crate) factors: Vec<MfaFactor>,
    pub(crate) preferred: Option<MfaFactor>,
    /// The authenticator app's secret in base32.
    #[serde(default, deserialize_with = "secret")]
    pub(crate) totp_secret: Option<String>,
}

/// A user's account at an identity provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Identity {
    /// The provider's name.
    pub(crate) provider: String,
    /// The user's id there.
    pub(crate) user_id: String,
}

impl User {
    /// The user's status.
    pub(crate) fn status(&self) -> Status {
        self.status.unwrap_or(match self.temporary_password {
            Some(_) => Status::ForceChangePassword,
            None => Status::Confirmed,
        })
    }

    /// The password, temporary or not.
    pub(crate) fn any_password(&self) -> Option<&str> {
        self.password.as_deref().or(self.temporary_password.as_deref())
    }

    /// What is particular about the user; empty where nothing is.
    pub(crate) fn words(&self) -> &str {
        match (self.note.as_str(), self.status()) {
            ("", Status::ForceChangePassword) => "the password is temporary",
            ("", Status::Unconfirmed) => "not confirmed",
            (note, _) => note,
        }
    }
}

/// Text that no error may repeat.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer);
    text.map(Some)
        .map_err(|_| de::Error::custom("has to be text in quotation marks"))
}
