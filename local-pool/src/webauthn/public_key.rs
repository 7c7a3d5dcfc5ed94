//! Credential public keys: a `COSE_Key` (RFC 9052, section 7) for ES256 or RS256 (RFC 9053, RFC 8812).

use ciborium::Value;
use p256::EncodedPoint;
use p256::ecdsa;
use rsa::sha2::Sha256;
use rsa::signature::Verifier as _;
use rsa::{BigUint, RsaPublicKey, pkcs1v15};

use super::authenticator_data::cbor;
use super::refusal::Refusal;

/// The shortest RSA modulus, in bytes: 2048 bits (RFC 8812, section 2).
const MIN_MODULUS: usize = 256;

// Labels and values of IANA's COSE registries.
const KEY_TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const EC2: i64 = 2;
const RSA: i64 = 3;
const P256: i64 = 1;
const EC2_CURVE: i64 = -1;
const EC2_X: i64 = -2;
const EC2_Y: i64 = -3;
const RSA_MODULUS: i64 = -1;
const RSA_EXPONENT: i64 = -2;

/// The signature algorithms that the pool offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Es256,
    Rs256,
}

impl Algorithm {
    /// In the order of preference.
    pub(super) const OFFERED: [Self; 2] = [Self::Es256, Self::Rs256];

    /// The `COSEAlgorithmIdentifier`.
    pub(super) fn identifier(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Rs256 => -257,
        }
    }
}

/// A key that checks an authenticator's signatures.
#[derive(Debug)]
pub(super) enum PublicKey {
    Es256(ecdsa::VerifyingKey),
    Rs256(pkcs1v15::VerifyingKey<Sha256>),
}

impl PublicKey {
    /// Reads an encoded `COSE_Key`.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] where it is none, [`Refusal::UnsupportedKey`] where it is another algorithm's
    /// or its parameters do not fit.
    pub(super) fn from_cose(bytes: &[u8]) -> Result<Self, Refusal> {
        let key = CoseKey::parse(bytes).ok_or(Refusal::Malformed("COSE_Key"))?;
        let algorithm = key.integer(ALGORITHM);
        Algorithm::OFFERED
            .into_iter()
            .find(|offered| Some(offered.identifier()) == algorithm)
            .and_then(|algorithm| match algorithm {
                Algorithm::Es256 => key.es256().map(Self::Es256),
                Algorithm::Rs256 => key.rs256().map(Self::Rs256),
            })
            .ok_or(Refusal::UnsupportedKey)
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Es256(_) => Algorithm::Es256,
            Self::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// Whether `signature` is this key's over `message`. ES256 signatures are DER (WebAuthn Level 3,
    /// section 6.5.5).
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256(key) => ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Self::Rs256(key) => pkcs1v15::Signature::try_from(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
        }
    }
}

/// The parameters of a `COSE_Key` whose labels are numbers; WebAuthn's keys have no others.
struct CoseKey(Vec<(i64, Value)>);

impl CoseKey {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut parameters: Vec<(i64, Value)> = Vec::new();
        for (label, value) in cbor(bytes)?.into_map().ok()? {
            let label = i64::try_from(label.as_integer()?).ok()?;
            if parameters.iter().any(|(known, _)| *known == label) {
                return None;
            }
            parameters.push((label, value));
        }
        Some(Self(parameters))
    }

    fn get(&self, label: i64) -> Option<&Value> {
        let (_, value) = self.0.iter().find(|(known, _)| *known == label)?;
        Some(value)
    }

    fn integer(&self, label: i64) -> Option<i64> {
        self.get(label)?.as_integer()?.try_into().ok()
    }

    fn bytes(&self, label: i64) -> Option<&[u8]> {
        self.get(label)?.as_bytes().map(Vec::as_slice)
    }

    fn es256(&self) -> Option<ecdsa::VerifyingKey> {
        if self.integer(KEY_TYPE) != Some(EC2) || self.integer(EC2_CURVE) != Some(P256) {
            return None;
        }
        let x: [u8; 32] = self.bytes(EC2_X)?.try_into().ok()?;
        let y: [u8; 32] = self.bytes(EC2_Y)?.try_into().ok()?;
        let point = EncodedPoint::from_affine_coordinates(&x.into(), &y.into(), false);
        ecdsa::VerifyingKey::from_encoded_point(&point).ok()
    }

    fn rs256(&self) -> Option<pkcs1v15::VerifyingKey<Sha256>> {
        if self.integer(KEY_TYPE) != Some(RSA) {
            return None;
        }
        let modulus = self.bytes(RSA_MODULUS)?;
        if modulus.len() < MIN_MODULUS || modulus.first() == Some(&0) {
            return None;
        }
        let exponent = BigUint::from_bytes_be(self.bytes(RSA_EXPONENT)?);
        let key = RsaPublicKey::new(BigUint::from_bytes_be(modulus), exponent).ok()?;
        Some(pkcs1v15::VerifyingKey::new(key))
    }
}
