//! Time-based one-time passwords (RFC 6238): HMAC-SHA1, six digits, steps of thirty seconds.

use hmac::{Hmac, Mac as _};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

use crate::protocol::ApiError;

/// The length of a secret: 52 characters of base32, as the service's are.
pub(crate) const SECRET_BYTES: usize = 32;

const STEP_SECONDS: i64 = 30;

/// How many steps the clocks of pool and app may differ (RFC 6238, section 5.2).
const TOLERATED_STEPS: i64 = 1;

/// The refusal of a wrong code while an app is set up.
pub(crate) fn setup_mismatch() -> ApiError {
    ApiError::new(
        "EnableSoftwareTokenMFAException",
        "Code mismatch and fail enable Software Token MFA",
    )
}

/// The time step that `code` is right for, if there is one near `now` (seconds since the epoch).
pub(crate) fn matching_step(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    let step = now.div_euclid(STEP_SECONDS);
    let near = step - TOLERATED_STEPS..=step + TOLERATED_STEPS;
    near.rev()
        .find(|step| self::code(secret, *step).as_bytes().ct_eq(code.as_bytes()).into())
}

/// The code that an app with that secret shows at `now`.
#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], now: i64) -> String {
    code(secret, now.div_euclid(STEP_SECONDS))
}

/// The code of a time step (RFC 4226, section 5.3).
fn code(secret: &[u8], step: i64) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or_default() & 0x0f);
    let word = digest.iter().skip(offset).take(4);
    let number = word.fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// A secret as people type it into an app (RFC 4648, without padding).
pub(crate) fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut group = [0_u8; 8];
        for (to, from) in group.iter_mut().skip(3).zip(chunk) {
            *to = *from;
        }
        let number = u64::from_be_bytes(group);
        let digits = (chunk.len() * 8).div_ceil(5);
        for digit in 0..digits {
            let index = usize::try_from(number >> (35 - 5 * digit) & 31).unwrap_or_default();
            text.push(ALPHABET.get(index).copied().map_or('A', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfcs_appendix() {
        let secret = b"12345678901234567890";
        for (time, eight_digits) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let step = time / STEP_SECONDS;
            assert_eq!(code(secret, step), &eight_digits[2..]);
            assert_eq!(matching_step(secret, &eight_digits[2..], time), Some(step));
        }
    }

    #[test]
    fn clocks_may_differ_by_one_step() {
        let secret = [7; SECRET_BYTES];
        let current = code(&secret, 1000);
        for (now, matches) in [
            (1000, true),
            (999, true),
            (1001, true),
            (1002, false),
            (998, false),
        ] {
            let found = matching_step(&secret, &current, now * STEP_SECONDS);
            assert_eq!(found.is_some(), matches, "{now}");
        }
        for wrong in ["", "12345", "abcdef"] {
            assert_eq!(matching_step(&secret, wrong, 0), None);
        }
    }

    #[test]
    fn secrets_are_written_as_rfc_4648_has_it() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        assert_eq!(base32(&[0; SECRET_BYTES]).len(), 52);
    }
}
