//! RS256 (RFC 7518): the keys that sign a pool's tokens, and their JWKS.

use std::sync::{Arc, OnceLock};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rsa::sha2::{Digest as _, Sha256};
use rsa::signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Value, json};

use crate::random::Random;

const BITS: usize = 2048;

/// How many keys a pool has: the one that signs, and those before whose tokens may still be about.
const KEPT: usize = 2;

struct Key {
    private: RsaPrivateKey,
    signing: SigningKey<Sha256>,
    public: RsaPublicKey,
    id: String,
}

impl Key {
    fn new(private: RsaPrivateKey) -> Self {
        let public = private.to_public_key();
        let id = URL_SAFE_NO_PAD.encode(Sha256::digest(public.n().to_bytes_be()));
        Self {
            signing: SigningKey::new(private.clone()),
            private,
            public,
            id,
        }
    }

    fn verifies(&self, signed: &str, signature: &Signature) -> bool {
        let verifying: VerifyingKey<Sha256> = self.signing.verifying_key();
        verifying.verify(signed.as_bytes(), signature).is_ok()
    }
}

/// A key that is made when it is first needed, which takes a moment.
struct LazyKey {
    seed: [u8; 32],
    made: OnceLock<Option<Key>>,
}

impl LazyKey {
    fn get(&self) -> Option<&Key> {
        let make = || {
            RsaPrivateKey::new(&mut StdRng::from_seed(self.seed), BITS)
                .ok()
                .map(Key::new)
        };
        self.made.get_or_init(make).as_ref()
    }
}

/// The keys of a pool, newest first.
#[derive(Clone)]
pub(crate) struct KeyRing(Vec<Arc<LazyKey>>);

impl KeyRing {
    /// One key, which follows from `random`.
    pub(crate) fn new(random: &Random) -> Self {
        Self(vec![new_key(random)])
    }

    /// The key that all unseeded servers of this process begin with: tests start many, and a key takes a
    /// moment to make.
    pub(crate) fn of_process() -> Self {
        static KEY: OnceLock<Arc<LazyKey>> = OnceLock::new();
        Self(vec![Arc::clone(KEY.get_or_init(|| new_key(&Random::default())))])
    }

    /// Signs with a new key from now on. The one before stays in the key set.
    pub(crate) fn rotate(&mut self, random: &Random) {
        self.0.insert(0, new_key(random));
        self.0.truncate(KEPT);
    }

    /// Starts making the key, so that the first sign-in need not wait for it.
    pub(crate) fn prepare(&self) {
        for key in &self.0 {
            let key = Arc::clone(key);
            thread::spawn(move || key.get().is_some());
        }
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.0.iter().filter_map(|key| key.get())
    }

    /// The JSON Web Key Set (RFC 7517).
    pub(crate) fn jwks(&self) -> Value {
        let keys: Vec<Value> = self
            .keys()
            .map(|key| {
                json!({
                    "alg": "RS256",
                    "e": URL_SAFE_NO_PAD.encode(key.public.e().to_bytes_be()),
                    "kid": key.id,
                    "kty": "RSA",
                    "n": URL_SAFE_NO_PAD.encode(key.public.n().to_bytes_be()),
                    "use": "sig",
                })
            })
            .collect();
        json!({"keys": keys})
    }

    /// `claims` as a signed JWT; `None` only if no key could be made.
    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let key = self.keys().next()?;
        let header = json!({"kid": key.id, "alg": "RS256"});
        let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signature = key
            .signing
            .try_sign(format!("{header}.{claims}").as_bytes())
            .ok()?;
        Some(format!(
            "{header}.{claims}.{}",
            URL_SAFE_NO_PAD.encode(signature.to_bytes())
        ))
    }

    /// The claims of a JWT that one of the keys signed.
    pub(crate) fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let signature = Signature::try_from(signature.as_slice()).ok()?;
        self.keys().find(|key| key.verifies(signed, &signature))?;
        claims(token)
    }
}

fn new_key(random: &Random) -> Arc<LazyKey> {
    Arc::new(LazyKey {
        seed: random.seed(),
        made: OnceLock::new(),
    })
}

/// What a JWT claims, whoever signed it.
pub(crate) fn claims(token: &str) -> Option<Value> {
    let claims = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

impl Serialize for KeyRing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts = self.keys().filter_map(|key| key.private.to_pkcs8_der().ok());
        serializer.collect_seq(texts.map(|der| STANDARD.encode(der.as_bytes())))
    }
}

impl<'de> Deserialize<'de> for KeyRing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let keys: Option<Vec<_>> = texts.iter().map(|text| read(text)).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Self(keys)),
            _ => Err(de::Error::custom("keys has to hold RSA keys: PKCS #8 in base64")),
        }
    }
}

fn read(text: &str) -> Option<Arc<LazyKey>> {
    let der = STANDARD.decode(text).ok()?;
    let key = Key::new(RsaPrivateKey::from_pkcs8_der(&der).ok()?);
    Some(Arc::new(LazyKey {
        seed: [0; 32],
        made: OnceLock::from(Some(key)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_token_verifies_until_it_is_touched() {
        let keys = KeyRing::new(&Random::new(Some(1)));
        let claims = json!({"sub": "a", "exp": 1});
        let token = keys.sign(&claims).unwrap();
        assert_eq!(keys.verify(&token), Some(claims));
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        parts[1] = URL_SAFE_NO_PAD.encode(r#"{"sub":"b","exp":1}"#);
        assert_eq!(keys.verify(&parts.join(".")), None);
        assert_eq!(keys.verify("a.b.c"), None);
        assert_eq!(keys.verify(""), None);
        assert_eq!(KeyRing::new(&Random::new(Some(2))).verify(&token), None);
    }

    #[test]
    fn the_key_set_names_the_key_of_the_header() {
        let keys = KeyRing::new(&Random::new(Some(1)));
        let token = keys.sign(&json!({})).unwrap();
        let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        let jwks = keys.jwks();
        assert_eq!(jwks["keys"][0]["kid"], header["kid"]);
        assert_eq!(jwks["keys"][0]["e"], "AQAB");
        let modulus = jwks["keys"][0]["n"].as_str().unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(modulus).unwrap().len(), BITS / 8);
    }

    #[test]
    fn rotation_changes_the_key_and_old_tokens_verify_once_longer() {
        let random = Random::new(Some(1));
        let mut keys = KeyRing::new(&random);
        let before = keys.sign(&json!({"sub": "a"})).unwrap();
        keys.rotate(&random);
        assert_eq!(keys.jwks()["keys"].as_array().unwrap().len(), 2);
        assert_ne!(keys.sign(&json!({"sub": "a"})).unwrap(), before);
        assert!(keys.verify(&before).is_some());
        keys.rotate(&random);
        assert!(keys.verify(&before).is_none());
    }

    #[test]
    fn keys_follow_from_the_seed_and_outlive_a_file() {
        let keys = KeyRing::new(&Random::new(Some(1)));
        assert_eq!(keys.jwks(), KeyRing::new(&Random::new(Some(1))).jwks());
        let text = serde_json::to_string(&keys).unwrap();
        let read: KeyRing = serde_json::from_str(&text).unwrap();
        assert_eq!(read.jwks(), keys.jwks());
        assert!(serde_json::from_str::<KeyRing>(r#"["AAAA"]"#).is_err());
        assert!(serde_json::from_str::<KeyRing>("[]").is_err());
    }
}
