//! Cognito's SRP-6a: proving a password without sending it.
//!
//! USER_SRP_AUTH sends SRP_A ([`Client::public_value`]) with InitiateAuth; Cognito answers with a
//! PASSWORD_VERIFIER challenge, and [`Client::prove`] makes the PASSWORD_CLAIM_SIGNATURE for
//! RespondToAuthChallenge. A remembered device does the same with DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.
//!
//! The protocol is RFC 5054's with SHA-256, its 3072-bit group and g = 2. Where Cognito departs from it (the
//! integers' padding, the pool's name before the user's, HKDF and the signed text) the service's own JavaScript
//! client is the reference; `tests/data/srp.json` holds its answers.

mod device;
mod error;
mod group;
mod integer;
mod kdf;
mod timestamp;

#[cfg(test)]
mod tests;

use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

pub use device::DeviceVerifier;
pub use error::SrpError;
pub use timestamp::Timestamp;

/// The ChallengeParameters of PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, as the service sent them.
#[derive(Clone, Copy)]
pub struct Challenge<'a> {
    /// USER_ID_FOR_SRP, not what the person typed as user name; for a device its DEVICE_KEY.
    pub user_id_for_srp: &'a str,
    /// SALT, hexadecimal.
    pub salt: &'a str,
    /// SRP_B, hexadecimal.
    pub srp_b: &'a str,
    /// SECRET_BLOCK, base64. It goes back unchanged as PASSWORD_CLAIM_SECRET_BLOCK.
    pub secret_block: &'a str,
}

impl fmt::Debug for Challenge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Challenge([redacted])")
    }
}

/// A PASSWORD_CLAIM_SIGNATURE in base64. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proof(String);

impl Proof {
    /// The text to send as PASSWORD_CLAIM_SIGNATURE.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for Proof {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proof([redacted])")
    }
}

/// The client's side of one sign-in. Its secret exponent is wiped on drop and not shown by `Debug`.
pub struct Client {
    secret: group::Exponent,
    public_value: Zeroizing<Vec<u8>>,
}

impl Client {
    /// Starts a sign-in. `randomness` is the secret exponent a: 256 bits from a cryptographic source (RFC 5054,
    /// section 2.5.4), new for every sign-in.
    pub fn new(randomness: Zeroizing<[u8; 32]>) -> Self {
        Self::with_secret(group::Exponent::new(randomness.as_slice()))
    }

    fn with_secret(secret: group::Exponent) -> Self {
        let public_value = group::public_value(&secret);
        Self { secret, public_value }
    }

    /// SRP_A in hexadecimal.
    pub fn public_value(&self) -> String {
        integer::to_hex(&self.public_value)
    }

    /// Answers the challenge. `pool_name` is the [`name`](crate::config::UserPoolId::name) in the user pool's id, or the
    /// DeviceGroupKey of a
    /// device, whose `password` is then the one registered by ConfirmDevice.
    ///
    /// # Errors
    /// When a part of the challenge is malformed, or would give the password or the key away.
    pub fn prove(
        &self,
        challenge: &Challenge<'_>,
        pool_name: &str,
        password: &str,
        timestamp: &Timestamp,
    ) -> Result<Proof, SrpError> {
        let secret_block = STANDARD.decode(challenge.secret_block).unwrap_or_default();
        if secret_block.is_empty() {
            return Err(SrpError::SecretBlockMalformed);
        }
        let key = self.session_key(challenge, pool_name, password)?;
        let signed = [
            pool_name.as_bytes(),
            challenge.user_id_for_srp.as_bytes(),
            secret_block.as_slice(),
            timestamp.as_str().as_bytes(),
        ];
        Ok(Proof(
            STANDARD.encode(kdf::hmac(key.as_slice(), &signed).as_slice()),
        ))
    }

    fn session_key(
        &self,
        challenge: &Challenge<'_>,
        pool_name: &str,
        password: &str,
    ) -> Result<Zeroizing<[u8; 16]>, SrpError> {
        let salt = integer::from_hex(challenge.salt).ok_or(SrpError::SaltMalformed)?;
        let srp_b = integer::from_hex(challenge.srp_b).ok_or(SrpError::PublicValueMalformed)?;
        let server_value = group::ServerValue::new(&srp_b).ok_or(SrpError::PublicValueZero)?;
        let u = kdf::scrambler(&self.public_value, &srp_b)?;
        let x = kdf::private_key(&salt, pool_name, challenge.user_id_for_srp, password);
        let secret = server_value.premaster_secret(&self.secret, &kdf::multiplier(), &u, &x);
        Ok(kdf::session_key(&secret, &u))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client([redacted])")
    }
}
