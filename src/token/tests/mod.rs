//! Tests with tokens that are signed here, by a key made for the run.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use proptest::prelude::*;
use rand::SeedableRng;
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::*;

mod claims;
mod fuzz;
mod identity;
mod jwks;
mod secret;
mod signature;

const NOW: u64 = 1_800_000_000;
const ISSUER: &str = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";
const CLIENT: &str = "1h57kf5cpq17m0eml12EXAMPLE";
const KID: &str = "key-1=";

fn key_of_bits(bits: usize, seed: u64) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut rand::rngs::StdRng::seed_from_u64(seed), bits).unwrap()
}

fn key() -> &'static RsaPrivateKey {
    static KEY: OnceLock<RsaPrivateKey> = OnceLock::new();
    KEY.get_or_init(|| key_of_bits(2048, 1))
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn jwk(kid: &str, key: &RsaPrivateKey) -> Value {
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": base64url(key.n().to_bytes_be()), "e": base64url(key.e().to_bytes_be())
    })
}

fn jwks(keys: &[Value]) -> Result<Jwks, JwksError> {
    Jwks::parse(&json!({ "keys": keys }).to_string())
}

fn verifier() -> Verifier {
    Verifier::new(ISSUER, CLIENT, jwks(&[jwk(KID, key())]).unwrap())
}

fn sign(key: &RsaPrivateKey, header: &str, payload: impl AsRef<[u8]>) -> String {
    let message = format!("{}.{}", base64url(header), base64url(payload));
    let signature = key
        .sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(&message))
        .unwrap();
    format!("{message}.{}", base64url(signature))
}

fn header() -> String {
    json!({ "kid": KID, "alg": "RS256" }).to_string()
}

fn id_payload() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["admins", "staff"],
        "email_verified": true,
        "iss": ISSUER,
        "phone_number_verified": "false",
        "phone_number": "+15555550100",
        "cognito:username": "janedoe",
        "custom:plan": "pro",
        "origin_jti": "11111111-0000-0000-0000-000000000000",
        "aud": CLIENT,
        "token_use": "id",
        "auth_time": NOW - 100,
        "exp": NOW + 3600,
        "iat": NOW - 5,
        "jti": "22222222-0000-0000-0000-000000000000",
        "email": "jane@example.com",
        "name": "Jane Doe",
        "identities": [{ "providerName": "Google" }]
    })
}

fn access_payload() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["admins"],
        "iss": ISSUER,
        "client_id": CLIENT,
        "origin_jti": "11111111-0000-0000-0000-000000000000",
        "event_id": "33333333-0000-0000-0000-000000000000",
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin openid",
        "auth_time": NOW - 100,
        "exp": NOW + 3600,
        "iat": NOW - 5,
        "jti": "44444444-0000-0000-0000-000000000000",
        "username": "janedoe"
    })
}

fn with(mut payload: Value, name: &str, value: Value) -> Value {
    payload.as_object_mut().unwrap().insert(name.to_owned(), value);
    payload
}

fn without(mut payload: Value, name: &str) -> Value {
    payload.as_object_mut().unwrap().remove(name).unwrap();
    payload
}

fn verify_text(token: impl Into<String>) -> Result<IdClaims, TokenError> {
    verifier().verify_id(&IdToken::from(token.into()), NOW)
}

fn verify_payload(payload: &Value) -> Result<IdClaims, TokenError> {
    verify_text(sign(key(), &header(), payload.to_string()))
}

fn verify_access(payload: &Value) -> Result<AccessClaims, TokenError> {
    let token = sign(key(), &header(), payload.to_string());
    verifier().verify_access(&AccessToken::from(token), NOW)
}

fn valid() -> &'static str {
    static TOKEN: OnceLock<String> = OnceLock::new();
    TOKEN.get_or_init(|| sign(key(), &header(), id_payload().to_string()))
}

fn parts() -> [&'static str; 3] {
    valid().split('.').collect::<Vec<_>>().try_into().unwrap()
}
