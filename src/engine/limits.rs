//! The limits of a session: idle time and lifetime, as the configuration sets them.

use std::time::Duration;

use futures::{StreamExt, channel::mpsc::UnboundedReceiver, future::select};

use super::{Ending, EndingWhy, SessionState, SignedOutWhy, core::Engine};
use crate::{
    ports::UnixMillis,
    session::{Limit, Reading, Standing},
};

/// No wait is longer: a timer started before the device slept comes too late.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Nor shorter: a browser's timers are some milliseconds early.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
/// Two clocks do not tick as one: what differs by less is the same moment.
const SAME_MOMENT: Duration = Duration::from_secs(1);

impl Engine {
    /// Warns of the end of the session and ends it in time; never ends itself.
    pub(super) async fn watch_limits(&self, mut beginnings: UnboundedReceiver<()>) {
        if !self.has_limits() {
            return;
        }
        loop {
            let wait = self.check_limits().clamp(SHORTEST_WAIT, LONGEST_WAIT);
            let _ = select(self.ports().timer.sleep(wait), beginnings.next()).await;
        }
    }

    /// Ends a session whose time is over, and tells of an end that is near. It is to be called again after the time it
    /// returns.
    pub(super) fn check_limits(&self) -> Duration {
        let now = self.now();
        match self.standing(&now) {
            None => Duration::MAX,
            Some(Standing::Over(limit)) => {
                let ended = self.end(match limit {
                    Limit::Idle => SignedOutWhy::Idle,
                    Limit::Lifetime => SignedOutWhy::LifetimeOver,
                });
                self.owe(ended.map(|session| session.refresh_token));
                Duration::MAX
            }
            Some(Standing::Fine { look_in } | Standing::Ending { look_in, .. }) => {
                if self.ending(&now) != self.told_ending() {
                    self.tell_session();
                }
                look_in
            }
        }
    }

    /// Starts the idle time anew.
    pub(super) fn stay_signed_in(&self) {
        self.touch();
        self.check_limits();
    }

    /// The end of the session, if it is near.
    pub(super) fn ending(&self, now: &Reading) -> Option<Ending> {
        let Some(Standing::Ending { at, limit, .. }) = self.standing(now) else {
            return None;
        };
        let why = match limit {
            Limit::Idle => EndingWhy::Idle,
            Limit::Lifetime => EndingWhy::Lifetime,
        };
        let same = |told: &Ending| told.why == why && distance(told.at, at) < SAME_MOMENT;
        Some(self.told_ending().filter(same).unwrap_or(Ending { at, why }))
    }

    fn told_ending(&self) -> Option<Ending> {
        match self.snapshot().session {
            SessionState::SignedIn(session) => session.ending,
            SessionState::Checking | SessionState::SignedOut { .. } => None,
        }
    }

    fn standing(&self, now: &Reading) -> Option<Standing> {
        if !self.has_limits() {
            return None;
        }
        let usage = self.state().usage;
        usage.map(|usage| usage.standing(&self.config().session, now))
    }

    fn has_limits(&self) -> bool {
        let limits = &self.config().session;
        limits.idle.is_some() || limits.lifetime.is_some()
    }

    fn touch(&self) {
        let now = self.now();
        if let Some(usage) = &mut self.state().usage {
            usage.touch(now);
        }
    }
}

fn distance(one: UnixMillis, other: UnixMillis) -> Duration {
    one.since(other).max(other.since(one))
}
