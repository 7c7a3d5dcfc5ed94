//! The user and their attributes.

use serde::{Deserialize, Serialize};

use super::{Attribute, ClientMetadata, CodeDelivery, CodeSent, Empty, Operation, operation};
use crate::token::{AccessToken, Code};

/// The user as the pool has them now.
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
    /// All attributes that the app client may read.
    pub user_attributes: Vec<Attribute>,
    /// The second factors that the user has turned on.
    #[serde(default, rename = "UserMFASettingList")]
    pub user_mfa_setting_list: Vec<String>,
    /// The one among them that is asked for first.
    pub preferred_mfa_setting: Option<String>,
}

/// Writes attributes of the user's. An empty value deletes the attribute.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserAttributes {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The attributes to write.
    pub user_attributes: Vec<Attribute>,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(UpdateUserAttributes, idempotent: false, UpdateUserAttributesResponse);

/// The answer to [`UpdateUserAttributes`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateUserAttributesResponse {
    /// Where codes went to verify what was written.
    #[serde(default)]
    pub code_delivery_details_list: Vec<CodeDelivery>,
}

/// Deletes attributes of the user's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUserAttributes {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Their names.
    pub user_attribute_names: Vec<String>,
}
operation!(DeleteUserAttributes, idempotent: true, Empty);

/// Sends a code to verify `email` or `phone_number` by.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserAttributeVerificationCode {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The attribute to verify.
    pub attribute_name: String,
    /// For the pool's Lambda triggers.
    #[serde(skip_serializing_if = "ClientMetadata::is_empty")]
    pub client_metadata: ClientMetadata,
}
operation!(GetUserAttributeVerificationCode, idempotent: false, CodeSent);

/// Verifies an attribute by the code that was sent to it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyUserAttribute {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The attribute to verify.
    pub attribute_name: String,
    /// The code.
    pub code: Code,
}
operation!(VerifyUserAttribute, idempotent: false, Empty);

/// Deletes the user, for good.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteUser {
    /// The user's access token.
    pub access_token: AccessToken,
}
// The second of two would find neither a user nor a session.
operation!(DeleteUser, idempotent: false, Empty);
