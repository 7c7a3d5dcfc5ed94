use std::{cell::RefCell, collections::BTreeMap};

use super::TokenKind;

/// By origin, the token that was refused there although it was new: to renew it once more would change nothing, and an
/// API that takes none at all would have every call ask the user pool for another.
#[derive(Default)]
pub(in crate::auth) struct Refusals(RefCell<BTreeMap<(String, TokenKind), Fingerprint>>);

/// A token's SHA-256: no token is kept for this.
pub(super) type Fingerprint = [u8; 32];

impl Refusals {
    pub(super) fn note(&self, origin: &str, kind: TokenKind, token: Fingerprint) {
        self.0.borrow_mut().insert((origin.to_owned(), kind), token);
    }

    pub(super) fn knows(&self, origin: &str, kind: TokenKind, token: Fingerprint) -> bool {
        self.0.borrow().get(&(origin.to_owned(), kind)) == Some(&token)
    }
}
