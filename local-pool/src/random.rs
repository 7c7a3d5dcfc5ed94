//! Random identifiers, codes and tokens.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{Rng as _, RngCore as _};

/// `length` random bytes.
pub(crate) fn bytes(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    rand::thread_rng().fill_bytes(&mut bytes);
    bytes
}

/// Random bytes in base64url without padding.
pub(crate) fn base64url(length: usize) -> String {
    URL_SAFE_NO_PAD.encode(bytes(length))
}

/// Lower-case hex of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A random (version 4) UUID.
pub(crate) fn uuid() -> String {
    uuid_from(&bytes(16))
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

/// Six random decimal digits.
pub(crate) fn code() -> String {
    format!("{:06}", rand::thread_rng().gen_range(0..1_000_000))
}

/// A salt of sixteen bytes in hex that does not begin with a zero byte: the service never sends such a
/// salt, and its JavaScript client would strip the zeros.
pub(crate) fn salt() -> String {
    let mut salt = bytes(16);
    if let Some(first) = salt.first_mut() {
        *first |= 1;
    }
    hex(&salt)
}

/// Text of the shape and length of Cognito's refresh tokens (a JWE in compact form), but opaque.
pub(crate) fn refresh_token() -> String {
    let header = URL_SAFE_NO_PAD.encode(br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    [
        header,
        base64url(256),
        base64url(12),
        base64url(768),
        base64url(16),
    ]
    .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_and_variant() {
        assert_eq!(uuid_from(&[0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid_from(&[0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_ne!(uuid(), uuid());
    }

    #[test]
    fn codes_are_six_digits() {
        for _ in 0..50 {
            let code = code();
            assert!(
                code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()),
                "{code}"
            );
        }
    }

    #[test]
    fn salts_are_sixteen_bytes_without_a_leading_zero_byte() {
        for _ in 0..50 {
            let salt = salt();
            assert!(salt.len() == 32 && !salt.starts_with("00"), "{salt}");
        }
    }
}
