//! One type per operation, with the wire's own names. Source: the Cognito user pools API reference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::token::{AccessToken, ChallengeSession, Code, IdToken, Password, RefreshToken};

/// A request of the user pools API and what answers it.
pub trait Operation: Serialize {
    /// The operation's name, as in `X-Amz-Target`.
    const NAME: &'static str;
    /// Whether sending it twice does no more than sending it once, so that it may be sent again
    /// when it is not known to have arrived.
    const IDEMPOTENT: bool;
    /// The answer.
    type Response: DeserializeOwned;
}

macro_rules! operation {
    ($name:ident, idempotent: $idempotent:literal, $response:ty) => {
        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const IDEMPOTENT: bool = $idempotent;
            type Response = $response;
        }
    };
}

/// An answer whose members, if any, are of no interest.
#[derive(Debug, Deserialize)]
pub struct Empty {}

/// A user attribute (`AttributeType`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attribute {
    /// Such as `email`, `given_name` or `custom:team`.
    pub name: String,
    /// The value, as text.
    #[serde(default)]
    pub value: String,
}

/// Where a code went (`CodeDeliveryDetailsType`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeDelivery {
    /// The address or number, masked by the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// How it was sent.
    #[serde(default, rename = "DeliveryMedium", skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
}

/// How a code is sent (`DeliveryMediumType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// By e-mail.
    #[serde(rename = "EMAIL")]
    Email,
    /// By text message.
    #[serde(rename = "SMS")]
    Sms,
    /// A medium this version does not know.
    #[serde(other, rename = "OTHER")]
    Other,
}

/// The answer of the operations that send a code.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeSent {
    /// Where the code went.
    #[serde(default)]
    pub code_delivery_details: CodeDelivery,
}

/// Registers a user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SignUp {
    /// The app client.
    pub client_id: String,
    /// The name to sign in by: an e-mail address or phone number where the pool says so.
    pub username: String,
    /// The password.
    pub password: Password,
    /// Attributes of the new user.
    pub user_attributes: Vec<Attribute>,
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
}
operation!(ConfirmSignUp, idempotent: false, Empty);

/// Sends the confirmation code of a registration again.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResendConfirmationCode {
    /// The app client.
    pub client_id: String,
    /// Who registered.
    pub username: String,
}
operation!(ResendConfirmationCode, idempotent: false, CodeSent);

/// Sends a code to set a new password with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ForgotPassword {
    /// The app client.
    pub client_id: String,
    /// Whose password.
    pub username: String,
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
}
operation!(ConfirmForgotPassword, idempotent: false, Empty);

/// Starts a sign-in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct InitiateAuth {
    /// The app client.
    pub client_id: String,
    /// The flow and its parameters.
    #[serde(flatten)]
    pub flow: AuthFlow,
}
operation!(InitiateAuth, idempotent: true, AuthResponse);

/// `AuthFlow` with its `AuthParameters`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "AuthFlow", content = "AuthParameters")]
pub enum AuthFlow {
    /// Secure remote password.
    #[serde(rename = "USER_SRP_AUTH", rename_all = "SCREAMING_SNAKE_CASE")]
    UserSrpAuth {
        /// The name to sign in by.
        username: String,
        /// The client's public value A, hex.
        srp_a: String,
    },
    /// New tokens for a refresh token, where `GetTokensFromRefreshToken` is not to be had.
    #[serde(rename = "REFRESH_TOKEN_AUTH", rename_all = "SCREAMING_SNAKE_CASE")]
    RefreshTokenAuth {
        /// The refresh token.
        refresh_token: RefreshToken,
        /// The device, in pools that remember devices.
        #[serde(skip_serializing_if = "Option::is_none")]
        device_key: Option<String>,
    },
}

/// Answers a challenge.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RespondToAuthChallenge {
    /// The app client.
    pub client_id: String,
    /// The challenge answered.
    pub challenge_name: ChallengeName,
    /// The Session that came with the challenge; PASSWORD_VERIFIER comes without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<ChallengeSession>,
    /// The answer.
    pub challenge_responses: ChallengeResponses,
}
operation!(RespondToAuthChallenge, idempotent: false, AuthResponse);

/// The challenges that this version can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChallengeName {
    /// Prove the password by SRP.
    PasswordVerifier,
    /// Choose a password of one's own.
    NewPasswordRequired,
}

/// `ChallengeResponses`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ChallengeResponses {
    /// To PASSWORD_VERIFIER.
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    PasswordVerifier {
        /// USER_ID_FOR_SRP of the challenge.
        username: String,
        /// SECRET_BLOCK of the challenge, returned as it came.
        password_claim_secret_block: String,
        /// The proof, base64.
        password_claim_signature: String,
        /// The time that the proof covers.
        timestamp: String,
    },
    /// To NEW_PASSWORD_REQUIRED.
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    NewPasswordRequired {
        /// USER_ID_FOR_SRP or the name signed in by.
        username: String,
        /// The new password.
        new_password: Password,
        /// `userAttributes.{name}`: the attributes that were missing.
        #[serde(flatten)]
        attributes: BTreeMap<String, String>,
    },
}

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
}

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

/// The user's attributes as the pool has them now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUser {
    /// The user's access token.
    pub access_token: AccessToken,
}
operation!(GetUser, idempotent: true, GetUserResponse);

/// The answer to [`GetUser`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserResponse {
    /// The pool's name for the user.
    pub username: String,
    /// All attributes.
    pub user_attributes: Vec<Attribute>,
}
