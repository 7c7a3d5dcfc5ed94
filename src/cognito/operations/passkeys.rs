//! The user's passkeys.

use serde::{Deserialize, Serialize};

use super::{Document, Empty, Operation, epoch_seconds, operation};
use crate::{ports::UnixMillis, token::AccessToken};

/// Asks for what a new passkey is made by.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartWebAuthnRegistration {
    /// The user's access token.
    pub access_token: AccessToken,
}
operation!(StartWebAuthnRegistration, idempotent: true, StartWebAuthnRegistrationResponse);

/// The answer to [`StartWebAuthnRegistration`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartWebAuthnRegistrationResponse {
    /// `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, section 5.1).
    pub credential_creation_options: Document,
}

/// Registers a passkey.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CompleteWebAuthnRegistration {
    /// The user's access token.
    pub access_token: AccessToken,
    /// `RegistrationResponseJSON` (WebAuthn Level 3, section 5.1).
    pub credential: Document,
}
operation!(CompleteWebAuthnRegistration, idempotent: false, Empty);

/// Lists the user's passkeys.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListWebAuthnCredentials {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Where the page begins that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}
operation!(ListWebAuthnCredentials, idempotent: true, ListWebAuthnCredentialsResponse);

/// The answer to [`ListWebAuthnCredentials`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListWebAuthnCredentialsResponse {
    /// This page's.
    pub credentials: Vec<RegisteredPasskey>,
    /// Where the next page begins, if there is one.
    pub next_token: Option<String>,
}

/// A passkey of the user's (`WebAuthnCredentialDescription`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RegisteredPasskey {
    /// Its name for programs.
    pub credential_id: String,
    /// Its name for people, by the service.
    #[serde(rename = "FriendlyCredentialName")]
    pub name: String,
    /// The domain that it is for.
    pub relying_party_id: String,
    /// `platform` if it is part of a device, `cross-platform` if it is carried about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_attachment: Option<String>,
    /// How browsers reach it, such as `internal`, `hybrid` or `usb`.
    #[serde(default)]
    pub authenticator_transports: Vec<String>,
    /// Since when there is one.
    #[serde(default, with = "epoch_seconds")]
    pub created_at: Option<UnixMillis>,
}

/// Deletes a passkey of the user's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteWebAuthnCredential {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Which one.
    pub credential_id: String,
}
operation!(DeleteWebAuthnCredential, idempotent: true, Empty);
