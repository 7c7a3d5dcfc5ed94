//! For tests: somebody signed in.

use super::{Renewal, SignedIn};
use crate::{ports::UnixMillis, token::IdClaims};

/// A session of `sub`.
pub(super) fn signed_in(sub: &str) -> SignedIn {
    SignedIn {
        claims: claims(sub),
        expires_at: UnixMillis(0),
        renewal: Renewal::Now,
        asks_to_remember_device: false,
        hosted: false,
        ending: None,
    }
}

fn claims(sub: &str) -> IdClaims {
    let mut claims: IdClaims = serde_json::from_value(serde_json::json!({
        "sub": "", "iss": "", "aud": "", "exp": 2, "iat": 1, "token_use": "id", "username": "", "groups": [],
        "email_verified": false, "phone_number_verified": false, "other": {}
    }))
    .unwrap();
    sub.clone_into(&mut claims.sub);
    claims
}
