//! Setting up an authenticator app (RFC 6238): the secret as a URI, as a QR code and in groups to be
//! typed. Cognito makes the secret (AssociateSoftwareToken) and checks the codes.

mod qr;
#[cfg(test)]
mod tests;
mod uri;

pub use qr::{Qr, qr};
pub use uri::setup_uri;

use crate::token::TotpSecret;

/// The secret in groups of four, as people type it off a screen: `JBSW Y3DP EHPK 3PXP`.
#[must_use]
pub fn grouped(secret: &TotpSecret) -> String {
    let secret = without_padding(secret);
    let mut text = String::with_capacity(secret.len() * 2);
    for (i, c) in secret.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

/// Authenticator apps want the base32 digits alone.
fn without_padding(secret: &TotpSecret) -> &str {
    secret.expose().trim_end_matches('=')
}
