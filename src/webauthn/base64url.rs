//! Bytes in WebAuthn's JSON: `Base64URLString` (WebAuthn Level 3, section 5.1), which is RFC 4648's section 5
//! without padding.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const CODEC: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// `bytes` as base64url without padding.
pub fn encode(bytes: &[u8]) -> String {
    CODEC.encode(bytes)
}

/// The bytes of `text`, base64url or plain base64, padded or not. `None` if it is neither.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let url_safe: Vec<u8> = text
        .bytes()
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        })
        .collect();
    CODEC.decode(url_safe).ok()
}
