//! Passwords, forgotten and changed.

use serde::Serialize;

use super::{ClientMetadata, CodeSent, Empty, Operation, operation};
use crate::token::{AccessToken, Code, Password};

/// Sends a code to set a new password with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ForgotPassword {
    /// The app client.
    pub client_id: String,
    /// Whose password.
    pub username: String,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(ForgotPassword, idempotent: false, CodeSent);

/// Sets a new password with the code of [`ForgotPassword`].
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmForgotPassword {
    /// The app client.
    pub client_id: String,
    /// Whose password.
    pub username: String,
    /// The code.
    pub confirmation_code: Code,
    /// The new password.
    pub password: Password,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(ConfirmForgotPassword, idempotent: false, Empty);

/// Changes the user's password.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChangePassword {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The password so far; none for a user who has none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_password: Option<Password>,
    /// The new password.
    pub proposed_password: Password,
}
operation!(ChangePassword, idempotent: false, Empty);
