//! Random identifiers, codes and tokens.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::StdRng;
use rand::{RngCore as _, SeedableRng as _};

/// A cryptographic generator; two that began with the same seed give the same.
pub(crate) struct Random {
    generator: Mutex<StdRng>,
    /// Whether what it gives was decided beforehand.
    pub(crate) is_seeded: bool,
}

impl Default for Random {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Random {
    /// Begins with `seed`, or with randomness of the system's.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let generator = seed.map_or_else(StdRng::from_entropy, StdRng::seed_from_u64);
        Self {
            generator: Mutex::new(generator),
            is_seeded: seed.is_some(),
        }
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.generator
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }

    /// `length` random bytes.
    pub(crate) fn bytes(&self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes);
        bytes
    }

    /// The seed of another generator.
    pub(crate) fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.fill(&mut seed);
        seed
    }

    /// Random bytes in base64url without padding.
    pub(crate) fn base64url(&self, length: usize) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes(length))
    }

    /// A random (version 4) UUID.
    pub(crate) fn uuid(&self) -> String {
        uuid_from(&self.bytes(16))
    }

    /// `length` lower-case letters and digits.
    pub(crate) fn word(&self, length: usize) -> String {
        const ALPHABET: [char; 32] = [
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's',
            't', 'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7',
        ];
        let letter = |byte: u8| ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or('a');
        self.bytes(length).into_iter().map(letter).collect()
    }

    /// Random decimal digits.
    pub(crate) fn digits(&self, length: usize) -> String {
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let mut byte = [0];
            self.fill(&mut byte);
            let [byte] = byte;
            // The rest of the values would make some digits likelier than others.
            if byte < 250 {
                text.push(char::from(b'0' + byte % 10));
            }
        }
        text
    }

    /// A code that a person types: six digits.
    pub(crate) fn code(&self) -> String {
        self.digits(6)
    }

    /// A salt of sixteen bytes in hex that does not begin with a zero byte: the service never sends such a
    /// salt, and its JavaScript client would strip the zeros.
    pub(crate) fn salt(&self) -> String {
        salt_from(&self.bytes(16))
    }

    /// Text of the shape and length of Cognito's refresh tokens (a JWE in compact form), but opaque.
    pub(crate) fn refresh_token(&self) -> String {
        let header = URL_SAFE_NO_PAD.encode(br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
        let parts = [256, 12, 768, 16].map(|length| self.base64url(length));
        format!("{header}.{}", parts.join("."))
    }
}

/// A salt as [`Random::salt`] gives it, of the first sixteen of `bytes`.
pub(crate) fn salt_from(bytes: &[u8]) -> String {
    let mut salt: Vec<u8> = bytes.iter().copied().take(16).collect();
    if let Some(first) = salt.first_mut() {
        *first |= 1;
    }
    hex(&salt)
}

/// Whether `text` is a UUID in lower case.
pub(crate) fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(is_hex))
}

/// Lower-case hex of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The version 4 layout over the first sixteen of `bytes`.
pub(crate) fn uuid_from(bytes: &[u8]) -> String {
    let mut id = [0_u8; 16];
    for (index, (to, from)) in id.iter_mut().zip(bytes).enumerate() {
        *to = match index {
            6 => from & 0x0f | 0x40,
            8 => from & 0x3f | 0x80,
            _ => *from,
        };
    }
    let digits = hex(&id);
    let mut text = String::with_capacity(36);
    for (index, digit) in digits.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_and_variant() {
        assert_eq!(uuid_from(&[0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid_from(&[0; 16]), "00000000-0000-4000-8000-000000000000");
        let random = Random::default();
        assert_ne!(random.uuid(), random.uuid());
    }

    #[test]
    fn codes_are_six_digits() {
        let random = Random::default();
        for _ in 0..50 {
            let code = random.code();
            assert!(
                code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()),
                "{code}"
            );
        }
    }

    #[test]
    fn salts_are_sixteen_bytes_without_a_leading_zero_byte() {
        let random = Random::default();
        for _ in 0..50 {
            let salt = random.salt();
            assert!(salt.len() == 32 && !salt.starts_with("00"), "{salt}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same() {
        let [one, same, other] = [Some(7), Some(7), Some(8)].map(Random::new);
        let (uuid, word) = (one.uuid(), one.word(25));
        assert_eq!((&uuid, &word), (&same.uuid(), &same.word(25)));
        assert_ne!(uuid, other.uuid());
    }
}
