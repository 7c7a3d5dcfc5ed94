//! Signing in: InitiateAuth, RespondToAuthChallenge, and what they answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ClientMetadata, Operation, Pairs, operation};
use crate::token::{AccessToken, ChallengeSession, Code, IdToken, RefreshToken, TotpSecret};

/// Starts a sign-in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct InitiateAuth {
    /// The app client.
    pub client_id: String,
    /// How it begins (`AuthFlowType`).
    pub auth_flow: &'static str,
    /// What the flow takes.
    pub auth_parameters: Pairs,
    /// The Session of ConfirmSignUp, whose code then counts as the first factor (USER_AUTH).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(InitiateAuth, idempotent: true, AuthResponse);

/// Answers a challenge.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RespondToAuthChallenge {
    /// The app client.
    pub client_id: String,
    /// The challenge answered (`ChallengeNameType`).
    pub challenge_name: &'static str,
    /// The Session that came with the challenge; PASSWORD_VERIFIER comes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
    /// The answer.
    pub challenge_responses: Pairs,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(RespondToAuthChallenge, idempotent: false, AuthResponse);

/// The answer of the operations that sign in: a challenge, or tokens.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuthResponse {
    /// What to answer next; as text, since the service may know more challenges than we do.
    pub challenge_name: Option<String>,
    /// To be sent back with the answer.
    pub session: Option<ChallengeSession>,
    /// What the challenge is about.
    #[serde(default)]
    pub challenge_parameters: BTreeMap<String, String>,
    /// What SELECT_CHALLENGE offers.
    #[serde(default)]
    pub available_challenges: Vec<String>,
    /// Tokens: the sign-in is done.
    pub authentication_result: Option<AuthenticationResult>,
}

/// Tokens.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuthenticationResult {
    /// Who the user is.
    pub id_token: IdToken,
    /// What the bearer may do.
    pub access_token: AccessToken,
    /// Gets new tokens. Absent on a refresh without rotation: keep the one there is.
    pub refresh_token: Option<RefreshToken>,
    /// The device's new name, in pools that remember devices.
    pub new_device_metadata: Option<NewDeviceMetadata>,
}

/// What the pool calls this device (`NewDeviceMetadataType`).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewDeviceMetadata {
    /// The device's name.
    pub device_key: String,
    /// What takes the pool's place in the device's SRP.
    #[serde(default)]
    pub device_group_key: String,
}

/// Asks for the secret that an authenticator app is set up with, on the way in or signed in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociateSoftwareToken {
    /// The user's access token, if they are signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<AccessToken>,
    /// The Session of MFA_SETUP, if they are on the way in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
}
operation!(AssociateSoftwareToken, idempotent: false, AssociateSoftwareTokenResponse);

/// The answer to [`AssociateSoftwareToken`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AssociateSoftwareTokenResponse {
    /// The secret, base32.
    pub secret_code: TotpSecret,
    /// To go on with.
    pub session: Option<ChallengeSession>,
}

/// Shows that the authenticator app is set up.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifySoftwareToken {
    /// The user's access token, if they are signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<AccessToken>,
    /// The Session of [`AssociateSoftwareToken`], if they are on the way in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
    /// The app's code.
    pub user_code: Code,
    /// What the person calls the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friendly_device_name: Option<String>,
}
operation!(VerifySoftwareToken, idempotent: false, VerifySoftwareTokenResponse);

/// The answer to [`VerifySoftwareToken`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifySoftwareTokenResponse {
    /// `SUCCESS` or `ERROR`.
    #[serde(default)]
    pub status: String,
    /// To answer MFA_SETUP with.
    pub session: Option<ChallengeSession>,
}
