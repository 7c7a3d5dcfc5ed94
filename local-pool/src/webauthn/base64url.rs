//! Bytes as WebAuthn's JSON and the pool's data file have them: base64url without padding.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The longest text that is decoded. An attestation object with a chain of certificates takes a few
/// thousand characters.
const MAX_TEXT: usize = 64 * 1024;

/// Bytes that are base64url text in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base64Url(pub(crate) Vec<u8>);

impl Base64Url {
    /// `bytes` as text.
    pub(super) fn encode(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl Serialize for Base64Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Self::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.len() > MAX_TEXT {
            return Err(de::Error::custom("too long"));
        }
        URL_SAFE_NO_PAD
            .decode(text)
            .map(Self)
            .map_err(|_| de::Error::custom("not base64url"))
    }
}
