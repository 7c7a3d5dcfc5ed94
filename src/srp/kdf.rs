//! The hashes around the group: k, u, x, the session key and the signature.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{SrpError, group, integer};

const HKDF_INFO: &[u8] = b"Caldera Derived Key";

/// k = H(N | g).
pub(super) fn multiplier() -> [u8; 32] {
    sha256(&[&group::modulus(), &[group::GENERATOR]])
}

/// u = H(A | B), refused when it is 0.
pub(super) fn scrambler(public_value: &[u8], server_value: &[u8]) -> Result<[u8; 32], SrpError> {
    non_zero(sha256(&[
        &integer::signed(public_value),
        &integer::signed(server_value),
    ]))
}

pub(super) fn non_zero(u: [u8; 32]) -> Result<[u8; 32], SrpError> {
    if u == [0; 32] {
        Err(SrpError::ScramblerZero)
    } else {
        Ok(u)
    }
}

/// x = H(salt | H(pool | user | ":" | password)).
pub(super) fn private_key(salt: &[u8], pool: &str, user: &str, password: &str) -> Zeroizing<[u8; 32]> {
    let identity = [pool.as_bytes(), user.as_bytes(), b":", password.as_bytes()];
    let identity = Zeroizing::new(sha256(&identity));
    Zeroizing::new(sha256(&[&integer::signed(salt), identity.as_slice()]))
}

/// The first 16 bytes of HKDF-SHA256 (RFC 5869) over the premaster secret, salted with u.
pub(super) fn session_key(premaster_secret: &[u8], u: &[u8; 32]) -> Zeroizing<[u8; 16]> {
    let pseudorandom = hmac(&integer::signed(u), &[premaster_secret]);
    let output = hmac(pseudorandom.as_slice(), &[HKDF_INFO, &[1]]);
    let mut key = Zeroizing::new([0; 16]);
    for (key, output) in key.iter_mut().zip(output.iter()) {
        *key = *output;
    }
    key
}

/// HMAC-SHA256 (RFC 2104) with a key of at most one block.
pub(super) fn hmac(key: &[u8], message: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    debug_assert!(key.len() <= 64);
    // A short key counts as filled with zeros to the block's length.
    let mut block = Zeroizing::new([0; 64]);
    for (block, key) in block.iter_mut().zip(key) {
        *block = *key;
    }
    let mut mac = <Hmac<Sha256> as Mac>::new((&*block).into());
    message.iter().for_each(|part| mac.update(part));
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}
