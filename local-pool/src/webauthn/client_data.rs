//! `CollectedClientData` (WebAuthn Level 3, section 5.8.1): what the browser says that was asked, and where.

use serde::Deserialize;

use super::Expectation;
use super::base64url::Base64Url;
use super::origin;
use super::refusal::Refusal;

const FORM: &str = "CollectedClientData";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: Base64Url,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// Checks the client data of a `ceremony`, `webauthn.create` or `webauthn.get`. A page that is framed by
/// one of another origin is refused: sign-in belongs in no foreign frame.
pub(super) fn check(json: &[u8], ceremony: &str, expectation: &Expectation<'_>) -> Result<(), Refusal> {
    let data: ClientData = serde_json::from_slice(json).map_err(|_| Refusal::Malformed(FORM))?;
    if data.ceremony != ceremony {
        return Err(Refusal::Malformed(FORM));
    }
    if data.challenge.0 != expectation.challenge {
        return Err(Refusal::ChallengeMismatch);
    }
    if data.cross_origin || !origin::is_allowed(&data.origin, &expectation.relying_party.id) {
        return Err(Refusal::OriginNotAllowed);
    }
    Ok(())
}
