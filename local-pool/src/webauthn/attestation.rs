//! Attestation objects (WebAuthn Level 3, section 6.5).

use ciborium::Value;

use super::authenticator_data::cbor;
use super::public_key::PublicKey;
use super::refusal::Refusal;

const FORM: &str = "attestation object";

/// What an authenticator says about the credential that it made.
#[derive(Debug)]
pub(super) struct Attestation {
    format: String,
    statement: Vec<(Value, Value)>,
    pub(super) authenticator_data: Vec<u8>,
}

impl Attestation {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::read(bytes).ok_or(Refusal::Malformed(FORM))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut object = cbor(bytes)?.into_map().ok()?;
        Some(Self {
            format: take(&mut object, "fmt")?.into_text().ok()?,
            statement: take(&mut object, "attStmt")?.into_map().ok()?,
            authenticator_data: take(&mut object, "authData")?.into_bytes().ok()?,
        })
    }

    /// Checks the statement as far as the pool can, which asks for none: `none` has to be empty, and a
    /// self attestation (`packed` without certificates) has to be the new key's. What other formats say
    /// would need the makers' root certificates and is not used.
    pub(super) fn check(&self, key: &PublicKey, client_data_hash: &[u8]) -> Result<(), Refusal> {
        let holds = match self.format.as_str() {
            "none" => self.statement.is_empty(),
            "packed" if self.get("x5c").is_none() => self.is_self_attestation(key, client_data_hash),
            _ => true,
        };
        if holds {
            Ok(())
        } else {
            Err(Refusal::InvalidAttestation)
        }
    }

    fn is_self_attestation(&self, key: &PublicKey, client_data_hash: &[u8]) -> bool {
        let algorithm = self.get("alg").and_then(Value::as_integer);
        let signature = self.get("sig").and_then(Value::as_bytes);
        let signed = [self.authenticator_data.as_slice(), client_data_hash].concat();
        algorithm == Some(key.algorithm().identifier().into())
            && signature.is_some_and(|signature| key.verifies(&signed, signature))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self
            .statement
            .iter()
            .find(|(key, _)| key.as_text() == Some(name))?;
        Some(value)
    }
}

fn take(object: &mut Vec<(Value, Value)>, name: &str) -> Option<Value> {
    let index = object.iter().position(|(key, _)| key.as_text() == Some(name))?;
    Some(object.swap_remove(index).1)
}
