//! Registration.

use serde::{Deserialize, Serialize};

use super::{Attribute, ClientMetadata, CodeDelivery, CodeSent, Operation, operation};
use crate::token::{ChallengeSession, Code, Password};

/// Registers a user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignUp {
    /// The app client.
    pub client_id: String,
    /// The name to sign in by: an e-mail address or phone number where the pool says so.
    pub username: String,
    /// The password; none for a user who will sign in by codes or passkeys alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
    /// Attributes of the new user.
    pub user_attributes: Vec<Attribute>,
    /// For the pool's pre sign-up trigger, not kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validation_data: Vec<Attribute>,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(SignUp, idempotent: false, SignUpResponse);

/// The answer to [`SignUp`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignUpResponse {
    /// True if the pool asks for no confirmation.
    #[serde(default)]
    pub user_confirmed: bool,
    /// Where the confirmation code went, if one was sent.
    pub code_delivery_details: Option<CodeDelivery>,
    /// To be sent with [`ConfirmSignUp`], where the app client has the flow USER_AUTH.
    pub session: Option<ChallengeSession>,
}

/// Confirms a registration with the code that was sent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmSignUp {
    /// The app client.
    pub client_id: String,
    /// Who registered.
    pub username: String,
    /// The code.
    pub confirmation_code: Code,
    /// The Session of [`SignUp`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(ConfirmSignUp, idempotent: false, ConfirmSignUpResponse);

/// The answer to [`ConfirmSignUp`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmSignUpResponse {
    /// Signs in, once, with [`InitiateAuth`](super::InitiateAuth) by USER_AUTH.
    pub session: Option<ChallengeSession>,
}

/// Sends the confirmation code of a registration again.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResendConfirmationCode {
    /// The app client.
    pub client_id: String,
    /// Who registered.
    pub username: String,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(ResendConfirmationCode, idempotent: false, CodeSent);
