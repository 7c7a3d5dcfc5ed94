//! What is kept between two steps of a person's way in. In memory only, and not for long.

use std::time::Duration;

use super::core::Engine;
use crate::{
    session::Reading,
    sign_in::SignIn,
    token::{ChallengeSession, Password},
};

/// How long it is kept.
const KEEP: Duration = Duration::from_secs(15 * 60);

/// A registration that waits for its code.
#[derive(Debug)]
pub(super) struct PendingSignUp {
    pub username: String,
    /// To sign in with once it is confirmed.
    pub password: Option<Password>,
    /// The same, for app clients with the flow USER_AUTH.
    pub session: Option<ChallengeSession>,
    pub since: Reading,
}

/// A sign-in that waits for the person.
#[derive(Debug)]
pub(super) struct PendingSignIn {
    pub sign_in: SignIn,
    pub since: Reading,
}

impl Engine {
    /// Keeps what `attempt` will go on with, unless another has begun since.
    pub(super) fn keep_sign_up(
        &self,
        attempt: u64,
        username: &str,
        password: Option<Password>,
        session: Option<ChallengeSession>,
    ) {
        let pending = PendingSignUp {
            username: username.to_owned(),
            password,
            session,
            since: self.now(),
        };
        let mut state = self.state();
        if state.attempt == attempt {
            state.pending_sign_up = Some(pending);
        }
    }

    /// Keeps on, for as long as before.
    pub(super) fn restore_sign_up(&self, attempt: u64, pending: Option<PendingSignUp>) {
        let mut state = self.state();
        if state.attempt == attempt && state.pending_sign_up.is_none() {
            state.pending_sign_up = pending;
        }
    }

    /// Keeps a sign-in for its next answer, unless another has begun since; false then.
    pub(super) fn keep_sign_in(&self, attempt: u64, sign_in: SignIn) -> bool {
        let since = self.now();
        let mut state = self.state();
        let is_current = state.attempt == attempt;
        if is_current {
            state.pending_sign_in = Some(PendingSignIn { sign_in, since });
        }
        is_current
    }

    pub(super) fn take_sign_up(&self, username: &str) -> Option<PendingSignUp> {
        self.forget_unfinished();
        let pending = self.state().pending_sign_up.take()?;
        (pending.username == username).then_some(pending)
    }

    pub(super) fn take_sign_in(&self) -> Option<SignIn> {
        self.forget_unfinished();
        self.state().pending_sign_in.take().map(|pending| pending.sign_in)
    }

    /// Forgets what was kept for too long.
    pub(super) fn forget_unfinished(&self) {
        let now = self.now();
        let mut state = self.state();
        let is_old = |since: &Reading| now.since(since) >= KEEP;
        if state
            .pending_sign_up
            .as_ref()
            .is_some_and(|pending| is_old(&pending.since))
        {
            state.pending_sign_up = None;
        }
        if state
            .pending_sign_in
            .as_ref()
            .is_some_and(|pending| is_old(&pending.since))
        {
            state.pending_sign_in = None;
        }
    }
}
