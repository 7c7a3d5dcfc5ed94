//! Integers as bytes, big-endian: the forms in which Cognito hashes and sends them.

use zeroize::Zeroizing;

/// Bytes of the group's modulus.
pub(super) const GROUP_BYTES: usize = 384;

/// Reads a hexadecimal integer of 1 to `2 * GROUP_BYTES` digits. Their number may be odd: the service sends no
/// leading zeros.
pub(super) fn from_hex(hex: &str) -> Option<[u8; GROUP_BYTES]> {
    let digits = hex.as_bytes();
    if digits.is_empty() || digits.len() > 2 * GROUP_BYTES {
        return None;
    }
    let mut bytes = [0; GROUP_BYTES];
    for (byte, pair) in bytes.iter_mut().rev().zip(digits.rchunks(2)) {
        for digit in pair {
            *byte = *byte << 4 | char::from(*digit).to_digit(16)? as u8;
        }
    }
    Some(bytes)
}

/// Writes an integer in lower-case hexadecimal without leading zeros, 0 as "0".
pub(super) fn to_hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut hex: String = digits
        .skip_while(|digit| *digit == 0)
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    if hex.is_empty() {
        hex.push('0');
    }
    hex
}

/// The shortest two's-complement form of a non-negative integer, at least one byte: what Java's
/// `BigInteger.toByteArray` gives, and what Cognito hashes.
///
/// The length, and so the time, depends on the leading zero bits. The hash input does so by definition.
pub(super) fn signed(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut form = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
    let mut magnitude = bytes.iter().copied().skip_while(|byte| *byte == 0).peekable();
    if magnitude.peek().is_none_or(|first| *first >= 0x80) {
        form.push(0);
    }
    form.extend(magnitude);
    form
}

/// The integer in `N` bytes, which have to be enough.
pub(super) fn widen<const N: usize>(bytes: &[u8]) -> [u8; N] {
    debug_assert!(bytes.len() <= N);
    let mut wide = [0; N];
    for (wide, byte) in wide.iter_mut().rev().zip(bytes.iter().rev()) {
        *wide = *byte;
    }
    wide
}

/// `sum += left * right` modulo 256^N, in constant time.
pub(super) fn add_product<const N: usize>(sum: &mut [u8; N], left: &[u8; 32], right: &[u8; 32]) {
    for (shift, &left) in left.iter().rev().enumerate() {
        let mut carry = 0_u32;
        let mut right = right.iter().rev();
        for byte in sum.iter_mut().rev().skip(shift) {
            let right = right.next().copied().unwrap_or_default();
            carry += u32::from(*byte) + u32::from(left) * u32::from(right);
            *byte = carry as u8;
            carry >>= 8;
        }
    }
}
