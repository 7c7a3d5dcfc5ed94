//! One type per operation, with the wire's own names.

use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned, ser::SerializeMap};

use super::{SecretAccessKey, SessionToken};
use crate::token::IdToken;

/// A request of the identity pools API and what answers it.
pub trait Operation: Serialize {
    /// The operation's name, as in `X-Amz-Target`.
    const NAME: &'static str;
    /// The answer.
    type Response: DeserializeOwned;
    /// Whether sending it twice does no more than sending it once.
    fn is_idempotent(&self) -> bool;
}

/// The ID token that is shown, by the name of the user pool (`LoginsMap`).
#[derive(Debug, Clone)]
pub struct Logins {
    /// `cognito-idp.REGION.amazonaws.com/POOL`.
    pub provider: String,
    /// The token.
    pub token: IdToken,
}

impl Serialize for Logins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(&self.provider, &self.token)?;
        map.end()
    }
}

/// GetId: somebody's id in an identity pool.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetId {
    /// The identity pool's id.
    pub identity_pool_id: String,
    /// Who it is; none for a new guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logins: Option<Logins>,
}

impl Operation for GetId {
    const NAME: &'static str = "GetId";
    type Response = Identity;

    fn is_idempotent(&self) -> bool {
        // Every request of a guest's makes another identity.
        self.logins.is_some()
    }
}

/// The answer of [`GetId`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Identity {
    /// `REGION:UUID`.
    pub identity_id: String,
}

/// GetCredentialsForIdentity: credentials of the role that the identity pool has for somebody.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCredentialsForIdentity {
    /// Whose, as GetId answered.
    pub identity_id: String,
    /// The proof of it; none for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logins: Option<Logins>,
}

impl Operation for GetCredentialsForIdentity {
    const NAME: &'static str = "GetCredentialsForIdentity";
    type Response = IdentityCredentials;

    fn is_idempotent(&self) -> bool {
        true
    }
}

/// The answer of [`GetCredentialsForIdentity`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct IdentityCredentials {
    /// Whose they are: where identities were merged another than was asked for.
    pub identity_id: String,
    /// The credentials.
    pub credentials: Credentials,
}

/// Credentials as they are sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Credentials {
    /// The access key's id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_key: SecretAccessKey,
    /// The session token.
    pub session_token: SessionToken,
    /// When they expire, in seconds since the Unix epoch, with or without a fraction.
    pub expiration: f64,
}
