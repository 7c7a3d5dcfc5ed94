//! The life of a session: renewal and its end.

use serde::Serialize;

use super::{AuthResponse, ClientMetadata, Empty, Operation, operation};
use crate::token::{AccessToken, RefreshToken};

/// New tokens for a refresh token, and a new refresh token where rotation is on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetTokensFromRefreshToken {
    /// The app client.
    pub client_id: String,
    /// The refresh token.
    pub refresh_token: RefreshToken,
    /// The device, in pools that remember devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_key: Option<String>,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
// With rotation and no grace period a second request is taken for theft: the session decides.
operation!(GetTokensFromRefreshToken, idempotent: false, AuthResponse);

/// Revokes a refresh token and all tokens that came of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RevokeToken {
    /// The app client.
    pub client_id: String,
    /// The refresh token.
    pub token: RefreshToken,
}
operation!(RevokeToken, idempotent: true, Empty);

/// Revokes all of a user's tokens, on every device.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GlobalSignOut {
    /// The user's access token.
    pub access_token: AccessToken,
}
operation!(GlobalSignOut, idempotent: true, Empty);
