//! Signing in with a passkey (WebAuthn Level 3, section 7.2).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::authenticator_data::AuthenticatorData;
use super::credential::{AssertionResponse, Credential};
use super::passkey::Passkey;
use super::public_key::PublicKey;
use super::refusal::Refusal;
use super::{Expectation, client_data};

const FORM: &str = "AuthenticationResponseJSON";

/// What may differ from one use of an authenticator to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AuthenticatorState {
    /// How often it has signed; 0 for ever where it does not count.
    pub(crate) sign_count: u32,
    /// Whether the passkey is kept elsewhere too.
    pub(crate) backed_up: bool,
}

/// Which of the user's passkeys `credential` claims to be.
///
/// # Errors
/// [`Refusal::Malformed`], or [`Refusal::UnknownCredential`] where it is none of them.
pub(crate) fn asserted_passkey<'a>(
    credential: &Value,
    passkeys: &'a [Passkey],
) -> Result<&'a Passkey, Refusal> {
    let credential: Credential<AssertionResponse> = Credential::read(credential, FORM)?;
    passkeys
        .iter()
        .find(|passkey| passkey.id.0 == credential.id())
        .ok_or(Refusal::UnknownCredential)
}

/// Checks that `credential`, the JSON of the browser's `navigator.credentials.get()`, was signed by
/// `passkey`, which belongs to the user with `user_handle`. The state is for [`Passkey::update`].
///
/// # Errors
/// The first thing that speaks against it.
pub(crate) fn verify_assertion(
    credential: &Value,
    passkey: &Passkey,
    user_handle: &[u8],
    expectation: &Expectation<'_>,
) -> Result<AuthenticatorState, Refusal> {
    let credential: Credential<AssertionResponse> = Credential::read(credential, FORM)?;
    if credential.id() != passkey.id.0 {
        return Err(Refusal::UnknownCredential);
    }
    let response = &credential.response;
    if response
        .user_handle
        .as_ref()
        .is_some_and(|handle| handle.0 != user_handle)
    {
        return Err(Refusal::UserHandleMismatch);
    }
    client_data::check(&response.client_data_json.0, "webauthn.get", expectation)?;
    let data = AuthenticatorData::parse(&response.authenticator_data.0)?;
    data.check(expectation.relying_party)?;
    if data.backup_eligible() != passkey.backup_eligible {
        return Err(Refusal::BackupEligibilityChanged);
    }

    let client_data_hash = Sha256::digest(&response.client_data_json.0);
    let signed = [response.authenticator_data.0.as_slice(), &client_data_hash].concat();
    if !PublicKey::from_cose(&passkey.public_key.0)?.verifies(&signed, &response.signature.0) {
        return Err(Refusal::InvalidSignature);
    }
    let (before, now) = (passkey.state.sign_count, data.sign_count);
    if (before, now) != (0, 0) && now <= before {
        return Err(Refusal::CounterWentBack);
    }
    Ok(AuthenticatorState {
        sign_count: now,
        backed_up: data.backed_up(),
    })
}
