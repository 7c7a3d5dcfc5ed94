//! The URI that an authenticator app reads.

use super::without_padding;
use crate::token::{OtpauthUri, TotpSecret};

/// `otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=ISSUER` (google-authenticator's Key URI Format).
///
/// The issuer is what the app lists the account under, and may be empty. Neither it nor the account may hold a
/// colon, even an encoded one, because that is what parts them: colons become hyphens. Algorithm, digits and
/// period are left out since Cognito's are the defaults (SHA-1, 6, 30 seconds).
#[must_use]
pub fn setup_uri(secret: &TotpSecret, issuer: &str, account: &str) -> OtpauthUri {
    let secret = without_padding(secret);
    let (issuer, account) = (issuer.trim(), account.trim());
    // Each byte takes up to three characters. A text that had to grow would leave copies of itself behind.
    let mut uri = String::with_capacity(64 + 3 * (secret.len() + 2 * issuer.len() + account.len()));
    uri.push_str("otpauth://totp/");
    push_name(&mut uri, issuer);
    if !issuer.is_empty() && !account.is_empty() {
        uri.push(':');
    }
    push_name(&mut uri, account);
    uri.push_str("?secret=");
    push_encoded(&mut uri, secret);
    if !issuer.is_empty() {
        uri.push_str("&issuer=");
        push_name(&mut uri, issuer);
    }
    OtpauthUri::from(uri)
}

fn push_name(uri: &mut String, name: &str) {
    for (i, part) in name.split(':').enumerate() {
        if i > 0 {
            uri.push('-');
        }
        push_encoded(uri, part);
    }
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3) and `@`, which may stand in a path
/// and in a query (section 3.3).
fn push_encoded(uri: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for digit in [byte >> 4, byte & 15] {
                uri.push(char::from(if digit < 10 {
                    b'0' + digit
                } else {
                    b'A' - 10 + digit
                }));
            }
        }
    }
}
