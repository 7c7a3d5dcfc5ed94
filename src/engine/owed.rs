//! Refresh tokens that are to be revoked, which the service could not be told yet. They are kept in memory only: what
//! is still owed when the engine goes is forgotten, and ends with the refresh token's own life.

use std::{collections::VecDeque, time::Duration};

use super::{AuthError, core::Engine};
use crate::{
    cognito::{Backoff, RevokeToken},
    session::Reading,
    token::RefreshToken,
};

/// The most that are kept: each is a sign-out without a network.
const MOST: usize = 8;
/// App clients give refresh tokens this life unless they are told otherwise (CreateUserPoolClient,
/// RefreshTokenValidity).
const KEEP: Duration = Duration::from_secs(30 * 24 * 3600);
/// With the waits in between, these take half a day online.
const ATTEMPTS: u32 = 30;
const BACKOFF: Backoff = Backoff {
    base: Duration::from_secs(10),
    cap: Duration::from_secs(30 * 60),
};

/// What is owed, the oldest first.
#[derive(Default)]
pub(super) struct Owed {
    tokens: VecDeque<(RefreshToken, Reading)>,
    failures: u32,
    retry: Option<(Reading, Duration)>,
}

impl Owed {
    fn wait(&self, now: &Reading) -> Duration {
        match self.retry {
            _ if self.tokens.is_empty() => Duration::MAX,
            Some((failed_at, delay)) => delay.saturating_sub(now.since(&failed_at)),
            None => Duration::ZERO,
        }
    }

    /// Tries again after `delay` at the latest.
    pub fn hasten(&mut self, now: Reading, delay: Duration) {
        if self.wait(&now) > delay {
            self.retry = Some((now, delay));
        }
    }
}

/// A refresh token that nobody uses any more. Dropped, it is owed.
pub(super) struct Unpaid<'a> {
    engine: &'a Engine,
    token: Option<RefreshToken>,
    since: Reading,
}

impl Unpaid<'_> {
    /// Goes on with the token that has taken its place.
    pub fn is_now(&mut self, token: &RefreshToken) {
        self.token = Some(token.clone());
    }

    /// It is revoked.
    pub fn settled(mut self) {
        self.token = None;
    }

    /// Revokes it (RevokeToken). A pool without revocation has nothing to revoke, and a token that is dead already is
    /// as good as revoked.
    pub async fn pay(self) -> Result<(), AuthError> {
        let Some(token) = self.token.clone() else {
            return Ok(());
        };
        let client_id = self.engine.config().client_id.to_string();
        let answer = self.engine.client().call(&RevokeToken { client_id, token }).await;
        let told = match answer.map_err(AuthError::from) {
            Err(error) if error.is_retryable() => Err(error),
            _ => Ok(()),
        };
        if self.engine.note_payment(told.is_ok()) {
            self.settled();
        }
        told
    }
}

impl Drop for Unpaid<'_> {
    fn drop(&mut self) {
        let Some(token) = self.token.take() else { return };
        let mut state = self.engine.state();
        let owed = &mut state.owed;
        if owed.tokens.len() == MOST {
            owed.tokens.pop_front();
        }
        owed.tokens.push_back((token, self.since));
    }
}

impl Engine {
    pub(super) fn unpaid(&self, token: RefreshToken) -> Unpaid<'_> {
        Unpaid {
            engine: self,
            token: Some(token),
            since: self.now(),
        }
    }

    /// Has [`Self::run`] revoke a refresh token.
    pub(super) fn owe(&self, token: Option<RefreshToken>) {
        if let Some(token) = token {
            drop(self.unpaid(token));
            self.nudge();
        }
    }

    /// Revokes a refresh token and what came of it; it is owed if that fails in a way that may pass.
    pub(super) async fn revoke(&self, token: Option<RefreshToken>) -> Result<(), AuthError> {
        match token {
            Some(token) => self.unpaid(token).pay().await,
            None => Ok(()),
        }
    }

    /// Revokes what is owed, if it is time; tells when to look again.
    pub(super) async fn pay_owed(&self) -> Duration {
        loop {
            let now = self.now();
            let unpaid = {
                let online = self.snapshot().online;
                let mut state = self.state();
                let owed = &mut state.owed;
                owed.tokens.retain(|(_, since)| now.since(since) < KEEP);
                let wait = owed.wait(&now);
                if !online {
                    return Duration::MAX;
                }
                if !wait.is_zero() {
                    return wait;
                }
                owed.tokens.pop_front()
            };
            let Some((token, since)) = unpaid else {
                return Duration::MAX;
            };
            let mut unpaid = self.unpaid(token);
            unpaid.since = since;
            let _ = unpaid.pay().await;
        }
    }

    /// Notes how an attempt ended; true if there is to be no other.
    fn note_payment(&self, paid: bool) -> bool {
        let now = self.now();
        let mut state = self.state();
        let owed = &mut state.owed;
        if paid {
            (owed.failures, owed.retry) = (0, None);
            return true;
        }
        let delay = BACKOFF.delay(owed.failures, self.ports());
        owed.failures += 1;
        owed.retry = Some((now, delay));
        let gives_up = owed.failures >= ATTEMPTS;
        if gives_up {
            *owed = Owed::default();
        }
        gives_up
    }
}
