//! A browser's `PublicKeyCredential` as its `toJSON()` writes it (WebAuthn Level 3, section 5.1).

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::base64url::Base64Url;
use super::refusal::Refusal;

/// The longest credential id (WebAuthn Level 3, section 7.1, step 25).
const MAX_CREDENTIAL_ID: usize = 1023;

/// `RegistrationResponseJSON` and `AuthenticationResponseJSON`, which differ in their `response`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Credential<R> {
    id: Base64Url,
    raw_id: Base64Url,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    pub(super) authenticator_attachment: Option<String>,
    pub(super) response: R,
}

/// `AuthenticatorAttestationResponseJSON`, as far as the pool needs it: the rest repeats what the
/// attestation object says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttestationResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: Base64Url,
    pub(super) attestation_object: Base64Url,
    #[serde(default)]
    pub(super) transports: Option<Vec<String>>,
}

/// `AuthenticatorAssertionResponseJSON`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: Base64Url,
    pub(super) authenticator_data: Base64Url,
    pub(super) signature: Base64Url,
    #[serde(default)]
    pub(super) user_handle: Option<Base64Url>,
}

impl<R: DeserializeOwned> Credential<R> {
    /// Reads `credential`; `form` names what it should have been.
    pub(super) fn read(credential: &Value, form: &'static str) -> Result<Self, Refusal> {
        let read = Self::deserialize(credential).map_err(|_| Refusal::Malformed(form))?;
        let id = &read.id.0;
        if read.kind != "public-key"
            || read.id != read.raw_id
            || id.is_empty()
            || id.len() > MAX_CREDENTIAL_ID
        {
            return Err(Refusal::Malformed(form));
        }
        Ok(read)
    }

    /// The credential's id, as the browser has it.
    pub(super) fn id(&self) -> &[u8] {
        &self.id.0
    }
}
