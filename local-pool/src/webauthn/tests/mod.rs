//! Both ceremonies with an authenticator in software, and whatever speaks against its answers.

mod assertion;
#[path = "../../../tests/support/authenticator.rs"]
pub(crate) mod authenticator;
mod configuration;
mod hostile;
mod options;
mod registration;
mod vectors;

use crate::random::Random;
use authenticator::{Authenticator, decode, encode};
use serde_json::Value;

use super::assertion::AuthenticatorState;
use super::*;

const ORIGIN: &str = "http://localhost:8080";
const USER_HANDLE: &[u8] = b"eaad0219-2117-439f-8d46-4db20e000000";
const NOW: i64 = 1_800_000_000;

/// A relying party that asks, and the challenge it asks with.
struct Ceremony {
    relying_party: RelyingParty,
    challenge: Vec<u8>,
    passkeys: Vec<Passkey>,
}

impl Ceremony {
    fn new(user_verification: UserVerification) -> Self {
        Self {
            relying_party: RelyingParty {
                id: "localhost".to_owned(),
                user_verification,
            },
            challenge: challenge_bytes(&Random::default()),
            passkeys: Vec::new(),
        }
    }

    /// One whose user has registered `authenticator`.
    fn with(authenticator: &mut Authenticator) -> Self {
        let mut ceremony = Self::new(UserVerification::Required);
        let credential = authenticator.create(&ceremony.creation_options(), ORIGIN);
        ceremony.passkeys = vec![ceremony.register(&credential).unwrap()];
        ceremony.challenge = challenge_bytes(&Random::default());
        ceremony
    }

    fn expectation(&self) -> Expectation<'_> {
        Expectation {
            challenge: &self.challenge,
            relying_party: &self.relying_party,
        }
    }

    fn creation_options(&self) -> Value {
        CreationOptions {
            challenge: &self.challenge,
            relying_party: &self.relying_party,
            user_handle: USER_HANDLE,
            user_name: "user@example.com",
            passkeys: &self.passkeys,
        }
        .to_json()
    }

    fn request_options(&self) -> Value {
        RequestOptions {
            challenge: &self.challenge,
            relying_party: &self.relying_party,
            passkeys: &self.passkeys,
        }
        .to_json()
    }

    fn register(&self, credential: &Value) -> Result<Passkey, Refusal> {
        verify_registration(credential, &self.expectation(), &self.passkeys, NOW)
    }

    /// Signs in, and keeps what the authenticator told.
    fn sign_in(&mut self, credential: &Value) -> Result<AuthenticatorState, Refusal> {
        let passkey = asserted_passkey(credential, &self.passkeys)?;
        let state = verify_assertion(credential, passkey, USER_HANDLE, &self.expectation())?;
        self.passkeys[0].update(state);
        Ok(state)
    }
}

/// `credential` with one member of its client data set.
fn with_client_data(mut credential: Value, member: &str, value: Value) -> Value {
    let mut data: Value = serde_json::from_slice(&decode(&credential["response"]["clientDataJSON"])).unwrap();
    data[member] = value;
    credential["response"]["clientDataJSON"] = encode(data.to_string().as_bytes()).into();
    credential
}

/// `credential` with the bytes of one member of its response changed.
fn with_bytes(mut credential: Value, member: &str, change: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut bytes = decode(&credential["response"][member]);
    change(&mut bytes);
    credential["response"][member] = encode(&bytes).into();
    credential
}
