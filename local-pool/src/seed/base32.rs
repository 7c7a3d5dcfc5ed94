//! Base32 (RFC 4648, section 6), as authenticator apps take their secrets.

/// The bytes of a text in upper or lower case, with or without padding and spaces.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    let digits = text.trim_end_matches('=').chars();
    for digit in digits.filter(|c| *c != ' ') {
        let value = match digit.to_ascii_uppercase() {
            letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
            digit @ '2'..='7' => u32::from(digit) - u32::from('2') + 26,
            _ => return None,
        };
        bits = bits << 5 | value;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totp;

    #[test]
    fn it_reads_what_is_written_and_nothing_else() {
        for text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"] {
            let written = totp::base32(text.as_bytes());
            assert_eq!(decode(&written).as_deref(), Some(text.as_bytes()));
            assert_eq!(decode(&written.to_lowercase()).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(decode("MZXW 6YQ=").as_deref(), Some(b"foob".as_slice()));
        for wrong in ["MZXW1", "MZXW-", "ü"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
