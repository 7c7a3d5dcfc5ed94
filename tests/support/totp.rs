//! An authenticator app (RFC 6238).

use hmac::{Hmac, Mac};

/// The code that an app with `secret` (base32) shows at `now`, in seconds since 1970.
pub fn totp(secret: &str, now: u64) -> String {
    let mut key = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for character in secret.bytes() {
        let digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .bytes()
            .position(|letter| letter == character);
        bits = bits << 5 | u32::try_from(digit.expect("base32")).unwrap();
        count += 5;
        if count >= 8 {
            count -= 8;
            key.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&key).unwrap();
    mac.update(&(now / 30).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 0x0f);
    let word = u32::from_be_bytes(digest[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}
