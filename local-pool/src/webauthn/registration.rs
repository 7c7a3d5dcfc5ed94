//! Registering a passkey (WebAuthn Level 3, section 7.1).

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::assertion::AuthenticatorState;
use super::attestation::Attestation;
use super::authenticator_data::{AuthenticatorData, FORM as AUTHENTICATOR_DATA};
use super::base64url::Base64Url;
use super::credential::{AttestationResponse, Credential};
use super::passkey::{Attachment, Passkey};
use super::public_key::PublicKey;
use super::refusal::Refusal;
use super::{Expectation, client_data};
use crate::random;

const FORM: &str = "RegistrationResponseJSON";

/// How many transports are kept, and how long their names may be: the longest of today is `smart-card`.
const MAX_TRANSPORTS: usize = 8;
const MAX_TRANSPORT: usize = 32;

/// The passkey that `credential`, the JSON of the browser's `navigator.credentials.create()`, registers.
/// `known` are the passkeys of all users so far, `now` is in seconds since the Unix epoch.
///
/// # Errors
/// The first thing that speaks against it.
pub(crate) fn verify_registration<'known>(
    credential: &Value,
    expectation: &Expectation<'_>,
    known: impl IntoIterator<Item = &'known Passkey>,
    now: i64,
) -> Result<Passkey, Refusal> {
    let credential: Credential<AttestationResponse> = Credential::read(credential, FORM)?;
    let response = &credential.response;
    client_data::check(&response.client_data_json.0, "webauthn.create", expectation)?;

    let attestation = Attestation::parse(&response.attestation_object.0)?;
    let data = AuthenticatorData::parse(&attestation.authenticator_data)?;
    data.check(expectation.relying_party)?;
    let attested = data
        .attested
        .as_ref()
        .ok_or(Refusal::Malformed(AUTHENTICATOR_DATA))?;
    if attested.id != credential.id() {
        return Err(Refusal::Malformed(FORM));
    }
    let key = PublicKey::from_cose(attested.public_key)?;
    attestation.check(&key, &Sha256::digest(&response.client_data_json.0))?;
    if known.into_iter().any(|passkey| passkey.id.0 == attested.id) {
        return Err(Refusal::AlreadyRegistered);
    }

    Ok(Passkey {
        id: Base64Url(attested.id.to_vec()),
        public_key: Base64Url(attested.public_key.to_vec()),
        relying_party_id: expectation.relying_party.id.clone(),
        state: AuthenticatorState {
            sign_count: data.sign_count,
            backed_up: data.backed_up(),
        },
        backup_eligible: data.backup_eligible(),
        transports: transports(response.transports.as_deref().unwrap_or_default()),
        attachment: credential
            .authenticator_attachment
            .as_deref()
            .and_then(Attachment::from_text),
        aaguid: random::hex(&attested.aaguid),
        created_at: now,
    })
}

/// Names that are not known today are kept as well: a browser may know them.
fn transports(named: &[String]) -> Vec<String> {
    let named = named.iter().filter(|name| name.len() <= MAX_TRANSPORT);
    named.take(MAX_TRANSPORTS).cloned().collect()
}
