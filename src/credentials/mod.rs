//! The Amazon Cognito identity pools API: AWS credentials for the people of a user pool, and for guests.
//!
//! The enhanced (simplified) flow: GetId gives a person's lasting id in the identity pool, GetCredentialsForIdentity
//! the credentials of the role that the identity pool chooses. Neither needs an AWS signature. Source: the developer
//! guide, "Identity pools authentication flow", and the API reference of `cognito-identity/2014-06-30`.

mod client;
mod operations;
mod secret;
#[cfg(test)]
mod tests;

pub use client::Client;
pub use operations::{
    Credentials, GetCredentialsForIdentity, GetId, Identity, IdentityCredentials, Logins, Operation,
};
pub use secret::{SecretAccessKey, SessionToken};

use serde::{Deserialize, Serialize};

use crate::ports::UnixMillis;

/// Temporary credentials for AWS's services: what a request is signed with (Signature Version 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsCredentials {
    /// Who it is in the identity pool: `REGION:UUID`, the same for a user at every sign-in. Each guest has a new one.
    pub identity_id: String,
    /// The access key's id, such as `ASIA…`. No secret: requests show it.
    pub access_key_id: String,
    /// The key that requests are signed with.
    pub secret_access_key: SecretAccessKey,
    /// What goes along with each request (`X-Amz-Security-Token`).
    pub session_token: SessionToken,
    /// When they expire, by AWS's clock: one hour after they were made.
    pub expiration: UnixMillis,
}
