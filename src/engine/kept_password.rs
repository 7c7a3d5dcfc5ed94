//! The password between a registration and the sign-in that follows its confirmation. In memory only.

use std::time::Duration;

use super::core::Engine;
use crate::{session::Reading, token::Password};

/// How long it is kept.
const KEEP_PASSWORD: Duration = Duration::from_secs(15 * 60);

/// A registration that waits for its code.
#[derive(Debug)]
pub(super) struct PendingSignUp {
    username: String,
    password: Password,
    since: Reading,
}

impl Engine {
    /// Keeps the password of `attempt`, unless another has begun since.
    pub(super) fn keep_password(&self, attempt: u64, username: &str, password: Password) {
        let pending = PendingSignUp {
            username: username.to_owned(),
            password,
            since: self.now(),
        };
        let mut state = self.state();
        if state.attempt == attempt {
            state.pending_sign_up = Some(pending);
        }
    }

    pub(super) fn take_kept_password(&self, username: &str) -> Option<Password> {
        self.forget_old_password();
        let pending = self.state().pending_sign_up.take()?;
        (pending.username == username).then_some(pending.password)
    }

    /// Forgets a password that was kept for too long.
    pub(super) fn forget_old_password(&self) {
        let now = self.now();
        let mut state = self.state();
        let is_old = |pending: &PendingSignUp| now.since(&pending.since) >= KEEP_PASSWORD;
        if state.pending_sign_up.as_ref().is_some_and(is_old) {
            state.pending_sign_up = None;
        }
    }
}
