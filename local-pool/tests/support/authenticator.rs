//! A browser with an authenticator, in software: it answers the pool's options as
//! `navigator.credentials` would and gives the answer's `toJSON()`.
#![allow(dead_code, reason = "no test binary uses all of it")]

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::{Value as Cbor, cbor};
use p256::ecdsa;
use rand::RngCore as _;
use rsa::pkcs1v15;
use rsa::sha2::{Digest as _, Sha256};
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{BigUint, RsaPrivateKey};
use serde_json::{Value, json};

pub const USER_PRESENT: u8 = 1;
pub const USER_VERIFIED: u8 = 1 << 2;
pub const BACKUP_ELIGIBLE: u8 = 1 << 3;
pub const BACKED_UP: u8 = 1 << 4;
pub const ATTESTED_CREDENTIAL: u8 = 1 << 6;
pub const EXTENSIONS: u8 = 1 << 7;

/// What the authenticator says about itself when it registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attestation {
    None,
    /// `packed`, signed with the new key.
    Own,
    /// `packed` with a certificate that nobody knows.
    Certificate,
}

enum Key {
    Es256(ecdsa::SigningKey),
    Rs256(Box<pkcs1v15::SigningKey<Sha256>>),
}

/// An authenticator that holds one passkey. Its fields may be set to make it misbehave.
pub struct Authenticator {
    key: Key,
    /// What it gives as its public key.
    pub cose_key: Cbor,
    pub credential_id: Vec<u8>,
    /// The user handle that it was registered with.
    pub user_handle: Option<Vec<u8>>,
    pub flags: u8,
    pub attestation: Attestation,
    /// The counter's value in the next answer.
    pub sign_count: u32,
    /// How much the counter moves with each answer.
    pub step: u32,
    /// Bytes after the credential: CBOR extensions, if the flags say so.
    pub extensions: Vec<u8>,
}

impl Authenticator {
    /// One that signs with P-256.
    pub fn es256() -> Self {
        let key = ecdsa::SigningKey::random(&mut rand::thread_rng());
        let point = key.verifying_key().to_encoded_point(false);
        let (x, y) = (point.x().unwrap().to_vec(), point.y().unwrap().to_vec());
        let cose_key = cbor!({1 => 2, 3 => -7, -1 => 1, -2 => Cbor::Bytes(x), -3 => Cbor::Bytes(y)});
        Self::new(Key::Es256(key), cose_key.unwrap())
    }

    /// One that signs with RSA. All of a process have the same key, which takes a moment to make.
    pub fn rs256() -> Self {
        static KEY: OnceLock<RsaPrivateKey> = OnceLock::new();
        let key = KEY.get_or_init(|| RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap());
        let cose_key = Self::rs256_key(key.n(), key.e());
        let key = pkcs1v15::SigningKey::new(key.clone());
        Self::new(Key::Rs256(Box::new(key)), cose_key)
    }

    /// An RSA key as COSE has it.
    pub fn rs256_key(modulus: &BigUint, exponent: &BigUint) -> Cbor {
        let [n, e] = [modulus, exponent].map(BigUint::to_bytes_be);
        cbor!({1 => 3, 3 => -257, -1 => Cbor::Bytes(n), -2 => Cbor::Bytes(e)}).unwrap()
    }

    fn new(key: Key, cose_key: Cbor) -> Self {
        let mut credential_id = vec![0; 32];
        rand::thread_rng().fill_bytes(&mut credential_id);
        Self {
            key,
            cose_key,
            credential_id,
            user_handle: None,
            flags: USER_PRESENT | USER_VERIFIED,
            attestation: Attestation::None,
            sign_count: 0,
            step: 0,
            extensions: Vec::new(),
        }
    }

    /// `navigator.credentials.create()` on a page of `origin`: a `RegistrationResponseJSON`.
    pub fn create(&mut self, options: &Value, origin: &str) -> Value {
        self.user_handle = Some(decode(&options["user"]["id"]));
        let client_data = client_data("webauthn.create", options, origin);
        let data = self.registration_data(options["rp"]["id"].as_str().unwrap());
        let statement = self.statement(&data, &client_data);
        let format = match self.attestation {
            Attestation::None => "none",
            Attestation::Own | Attestation::Certificate => "packed",
        };
        let object = cbor!({"fmt" => format, "attStmt" => statement, "authData" => Cbor::Bytes(data)});
        json!({
            "id": encode(&self.credential_id),
            "rawId": encode(&self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&client_data),
                "attestationObject": encode(&bytes_of(&object.unwrap())),
                "transports": ["internal", "hybrid"],
            },
        })
    }

    /// `navigator.credentials.get()` on a page of `origin`: an `AuthenticationResponseJSON`.
    pub fn get(&mut self, options: &Value, origin: &str) -> Value {
        let client_data = client_data("webauthn.get", options, origin);
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let signature = self.sign(&data, &client_data);
        let mut credential = json!({
            "id": encode(&self.credential_id),
            "rawId": encode(&self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&client_data),
                "authenticatorData": encode(&data),
                "signature": encode(&signature),
            },
        });
        if let Some(handle) = &self.user_handle {
            credential["response"]["userHandle"] = json!(encode(handle));
        }
        credential
    }

    fn data(&mut self, relying_party_id: &str, more_flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(relying_party_id).to_vec();
        data.push(self.flags | more_flags);
        data.extend(self.sign_count.to_be_bytes());
        self.sign_count += self.step;
        if more_flags == 0 {
            data.extend(&self.extensions);
        }
        data
    }

    fn registration_data(&mut self, relying_party_id: &str) -> Vec<u8> {
        let mut data = self.data(relying_party_id, ATTESTED_CREDENTIAL);
        data.extend([0xaa; 16]);
        data.extend(u16::try_from(self.credential_id.len()).unwrap().to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(bytes_of(&self.cose_key));
        data.extend(&self.extensions);
        data
    }

    fn statement(&self, data: &[u8], client_data: &[u8]) -> Cbor {
        let signature = Cbor::Bytes(self.sign(data, client_data));
        let algorithm = match self.key {
            Key::Es256(_) => -7,
            Key::Rs256(_) => -257,
        };
        match self.attestation {
            Attestation::None => cbor!({}),
            Attestation::Own => cbor!({"alg" => algorithm, "sig" => signature}),
            Attestation::Certificate => {
                let certificate = Cbor::Bytes(vec![0x30, 0]);
                cbor!({"alg" => algorithm, "sig" => signature, "x5c" => [certificate]})
            }
        }
        .unwrap()
    }

    fn sign(&self, data: &[u8], client_data: &[u8]) -> Vec<u8> {
        let message = [data, &Sha256::digest(client_data)].concat();
        match &self.key {
            Key::Es256(key) => {
                let signature: ecdsa::Signature = key.sign(&message);
                signature.to_der().as_bytes().to_vec()
            }
            Key::Rs256(key) => key.sign(&message).to_vec(),
        }
    }
}

fn client_data(ceremony: &str, options: &Value, origin: &str) -> Vec<u8> {
    let data = json!({
        "type": ceremony,
        "challenge": options["challenge"],
        "origin": origin,
        "crossOrigin": false,
    });
    data.to_string().into_bytes()
}

fn bytes_of(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

/// Base64url, as WebAuthn's JSON has bytes.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of base64url text.
pub fn decode(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
