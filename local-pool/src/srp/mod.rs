//! The server's side of Cognito's SRP-6a (RFC 5054's 3072-bit group, SHA-256), on general-purpose
//! big integers: a local pool has no timing to protect but the comparison of proofs.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use num_bigint::BigUint;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::random::Random;

const N_HEX: &str = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// More hex digits than any honest public value has.
const MAX_HEX: usize = 1024;

struct Group {
    n: BigUint,
    g: BigUint,
    k: BigUint,
}

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let n = BigUint::parse_bytes(N_HEX.as_bytes(), 16).unwrap_or_default();
    let g = BigUint::from(2_u8);
    let k = BigUint::from_bytes_be(&sha256(&[&signed_bytes(&n), &signed_bytes(&g)]));
    Group { n, g, k }
});

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// HMAC-SHA256 over the parts, one after the other.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Big-endian two's complement of a number that is not negative: what Java's BigInteger gives.
fn signed_bytes(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

/// A number in hex, unless it is longer than any honest one.
pub(crate) fn from_hex(hex: &str) -> Option<BigUint> {
    if hex.is_empty() || hex.len() > MAX_HEX || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    BigUint::parse_bytes(hex.as_bytes(), 16)
}

/// What the pool keeps in place of a password: `v = g^x`.
pub(crate) fn verifier(pool_name: &str, user_id: &str, password: &str, salt: &str) -> BigUint {
    let identity = sha256(&[
        pool_name.as_bytes(),
        user_id.as_bytes(),
        b":",
        password.as_bytes(),
    ]);
    let salt = from_hex(salt).unwrap_or_default();
    let x = BigUint::from_bytes_be(&sha256(&[&signed_bytes(&salt), &identity]));
    GROUP.g.modpow(&x, &GROUP.n)
}

/// A verifier of no password that anybody knows, at no more cost than that of reading one.
pub(crate) fn nobodys_verifier(random: &Random) -> BigUint {
    BigUint::from_bytes_be(&random.bytes(384)) % &GROUP.n
}

/// Whether two verifiers are the same, in time that does not depend on where they differ.
pub(crate) fn same_verifier(one: &BigUint, other: &BigUint) -> bool {
    sha256(&[&one.to_bytes_be()])
        .ct_eq(&sha256(&[&other.to_bytes_be()]))
        .into()
}

/// The server's half of one sign-in.
#[derive(Clone)]
pub(crate) struct Exchange {
    client_public: BigUint,
    secret: BigUint,
    public: BigUint,
    verifier: BigUint,
}

impl Exchange {
    /// Takes the client's `SRP_A`; `None` unless it is hex and `A mod N` is not zero.
    pub(crate) fn start(srp_a: &str, verifier: &BigUint, random: &Random) -> Option<Self> {
        loop {
            let secret = BigUint::from_bytes_be(&random.bytes(32));
            let exchange = Self::with_secret(srp_a, verifier, secret)?;
            if exchange.public != BigUint::default() {
                return Some(exchange);
            }
        }
    }

    fn with_secret(srp_a: &str, verifier: &BigUint, secret: BigUint) -> Option<Self> {
        let client_public = from_hex(srp_a)?;
        if &client_public % &GROUP.n == BigUint::default() {
            return None;
        }
        let public = (&GROUP.k * verifier + GROUP.g.modpow(&secret, &GROUP.n)) % &GROUP.n;
        Some(Self {
            client_public,
            secret,
            public,
            verifier: verifier.clone(),
        })
    }

    /// `SRP_B`, in hex.
    pub(crate) fn public_hex(&self) -> String {
        self.public.to_str_radix(16)
    }

    /// The scrambling parameter `u`.
    fn scramble(&self) -> BigUint {
        let hash = sha256(&[&signed_bytes(&self.client_public), &signed_bytes(&self.public)]);
        BigUint::from_bytes_be(&hash)
    }

    /// The premaster secret `S = (A * v^u)^b`.
    fn shared(&self, u: &BigUint) -> BigUint {
        let base = &self.client_public * self.verifier.modpow(u, &GROUP.n) % &GROUP.n;
        base.modpow(&self.secret, &GROUP.n)
    }

    /// Whether `proof` is the client's PASSWORD_CLAIM_SIGNATURE over this exchange.
    pub(crate) fn proves(&self, proof: &[u8], claim: &Claim<'_>) -> bool {
        let u = self.scramble();
        let key = session_key(&self.shared(&u), &u);
        bool::from(signature(&key, claim).ct_eq(proof))
    }
}

/// What PASSWORD_CLAIM_SIGNATURE signs.
pub(crate) struct Claim<'a> {
    pub(crate) pool_name: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) secret_block: &'a [u8],
    pub(crate) timestamp: &'a str,
}

/// SECRET_BLOCK as it travels.
pub(crate) fn encode_block(block: &[u8]) -> String {
    STANDARD.encode(block)
}

/// Bytes that travelled in base64: SECRET_BLOCK and PASSWORD_CLAIM_SIGNATURE.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// HKDF-SHA256 (RFC 5869) of `S` with salt `u`, cut to sixteen bytes.
fn session_key(shared: &BigUint, u: &BigUint) -> Vec<u8> {
    let pseudorandom = hmac_sha256(&signed_bytes(u), &[&signed_bytes(shared)]);
    let mut key = hmac_sha256(&pseudorandom, &[b"Caldera Derived Key", &[1]]);
    key.truncate(16);
    key
}

fn signature(key: &[u8], claim: &Claim<'_>) -> Vec<u8> {
    let parts = [
        claim.pool_name.as_bytes(),
        claim.user_id.as_bytes(),
        claim.secret_block,
    ];
    hmac_sha256(key, &[parts.as_slice(), &[claim.timestamp.as_bytes()]].concat())
}

/// Bytes that follow from `key` and `text` alone: salt and id of users who do not exist (RFC 5054, 2.5.1.3).
pub(crate) fn derive(key: &[u8], label: &str, text: &str) -> Vec<u8> {
    hmac_sha256(key, &[label.as_bytes(), &[0], text.as_bytes()])
}

#[cfg(test)]
mod tests;
