//! The user pool's public keys: a JSON Web Key Set (RFC 7517).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken_rustcrypto::{Algorithm, DecodingKey, crypto};
use serde_json::Value;

/// The longest key set that is read, in bytes. Cognito's two keys take less than 1 KiB.
const JWKS_MAX_LEN: usize = 64 * 1024;
/// The most keys that are kept.
const KEYS_MAX: usize = 16;
/// Sizes of RSA keys that are kept, in bits: RFC 7518 section 3.3 asks for 2048 at least, and the
/// verification takes 4096 at most.
const KEY_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// Why a key set cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwksError {
    /// It is longer than any key set of a user pool.
    #[error("the key set is too large")]
    TooLarge,
    /// It is not a JSON object with a list of `keys`.
    #[error("the key set is malformed")]
    Malformed,
    /// It has no RSA key of 2048 to 4096 bits for RS256 signatures.
    #[error("the key set has no usable key")]
    NoUsableKey,
}

/// The public keys that a pool's tokens may be signed with.
#[derive(Clone)]
pub struct Jwks {
    keys: Vec<PublicKey>,
}

impl Jwks {
    /// Reads what the pool publishes under `/.well-known/jwks.json`. Keys that are not for RS256
    /// signatures, or are too weak, are left out.
    ///
    /// # Errors
    /// If it is no key set, or no key is left.
    pub fn parse(text: &str) -> Result<Self, JwksError> {
        if text.len() > JWKS_MAX_LEN {
            return Err(JwksError::TooLarge);
        }
        let set: Value = serde_json::from_str(text).map_err(|_| JwksError::Malformed)?;
        let keys = set
            .get("keys")
            .and_then(Value::as_array)
            .ok_or(JwksError::Malformed)?;
        let keys: Vec<_> = keys.iter().filter_map(PublicKey::read).take(KEYS_MAX).collect();
        if keys.is_empty() {
            Err(JwksError::NoUsableKey)
        } else {
            Ok(Self { keys })
        }
    }

    pub(super) fn get(&self, kid: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.kid == kid)
    }
}

impl std::fmt::Debug for Jwks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.keys.iter().map(|key| &key.kid))
            .finish()
    }
}

/// An RSA key for RS256 signatures.
#[derive(Clone)]
pub(super) struct PublicKey {
    kid: String,
    /// Big-endian, without leading zeros.
    modulus: Vec<u8>,
    key: DecodingKey,
}

impl PublicKey {
    /// Reads a JWK (RFC 7517 section 4, RFC 7518 section 6.3.1), if it is of this kind.
    fn read(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let absent_or = |name: &str, value: &str| jwk.get(name).is_none_or(|found| found == value);
        if text("kty") != Some("RSA") || !absent_or("use", "sig") || !absent_or("alg", "RS256") {
            return None;
        }
        let (kid, n, e) = (text("kid")?, text("n")?, text("e")?);
        let mut modulus = URL_SAFE_NO_PAD.decode(n).ok()?;
        let exponent = URL_SAFE_NO_PAD.decode(e).ok()?;
        let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
        modulus.drain(..zeros);
        let bits = modulus.len() * 8 - usize::try_from(modulus.first()?.leading_zeros()).ok()?;
        // The dependency takes even moduli and exponents, with which RSA is broken.
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
        if kid.is_empty() || !KEY_BITS.contains(&bits) || !odd(&modulus) || !odd(&exponent) {
            return None;
        }
        let key = DecodingKey::from_rsa_components(n, e).ok()?;
        Some(Self {
            kid: kid.to_owned(),
            modulus,
            key,
        })
    }

    /// Whether the base64url-encoded RS256 signature is this key's for the message.
    pub(super) fn has_signed(&self, message: &str, signature: &str) -> bool {
        // RFC 8017 section 8.2.2 step 1 and section 5.2.2: as long as the modulus, and below it. The
        // dependency takes other encodings of a right signature too.
        let Ok(number) = URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        number.len() == self.modulus.len()
            && number < self.modulus
            && matches!(
                crypto::verify(signature, message, &self.key, Algorithm::RS256),
                Ok(true)
            )
    }
}
