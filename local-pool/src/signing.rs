//! RS256 (RFC 7518): the key that signs tokens, and its JWKS.

use std::sync::OnceLock;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::sha2::{Digest as _, Sha256};
use rsa::signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};

const BITS: usize = 2048;

/// One key for all pools of the process: it takes a moment to make.
static KEY: OnceLock<Option<Key>> = OnceLock::new();

struct Key {
    signing: SigningKey<Sha256>,
    public: RsaPublicKey,
    id: String,
}

impl Key {
    fn generate() -> Option<Self> {
        let private = RsaPrivateKey::new(&mut rand::thread_rng(), BITS).ok()?;
        let public = private.to_public_key();
        let id = URL_SAFE_NO_PAD.encode(Sha256::digest(public.n().to_bytes_be()));
        Some(Self {
            signing: SigningKey::new(private),
            public,
            id,
        })
    }
}

fn key() -> Option<&'static Key> {
    KEY.get_or_init(Key::generate).as_ref()
}

/// Starts making the key, so that the first sign-in need not wait for it.
pub(crate) fn prepare() {
    if KEY.get().is_none() {
        thread::spawn(key);
    }
}

/// The JSON Web Key Set of the pool.
pub(crate) fn jwks() -> Value {
    let keys: Vec<Value> = key()
        .into_iter()
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
pub(crate) fn sign(claims: &Value) -> Option<String> {
    let key = key()?;
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

/// The claims of a JWT that this pool signed.
pub(crate) fn verify(token: &str) -> Option<Value> {
    let key = key()?;
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let signature = Signature::try_from(signature.as_slice()).ok()?;
    let verifying: VerifyingKey<Sha256> = key.signing.verifying_key();
    verifying.verify(signed.as_bytes(), &signature).ok()?;
    let (_, claims) = signed.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_token_verifies_until_it_is_touched() {
        let claims = json!({"sub": "a", "exp": 1});
        let token = sign(&claims).unwrap();
        assert_eq!(verify(&token), Some(claims));
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        parts[1] = URL_SAFE_NO_PAD.encode(r#"{"sub":"b","exp":1}"#);
        assert_eq!(verify(&parts.join(".")), None);
        assert_eq!(verify("a.b.c"), None);
        assert_eq!(verify(""), None);
    }

    #[test]
    fn the_key_set_names_the_key_of_the_header() {
        let token = sign(&json!({})).unwrap();
        let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        let jwks = jwks();
        assert_eq!(jwks["keys"][0]["kid"], header["kid"]);
        assert_eq!(jwks["keys"][0]["e"], "AQAB");
        assert_eq!(
            URL_SAFE_NO_PAD
                .decode(jwks["keys"][0]["n"].as_str().unwrap())
                .unwrap()
                .len(),
            BITS / 8
        );
    }
}
