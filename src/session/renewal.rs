use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Reading, TokenAge};
use crate::ports::UnixMillis;

/// The longest time ahead of expiry at which tokens are renewed at the latest.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// When the tokens are renewed next, on the device's wall clock: for people to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renewal {
    /// At this time.
    At(UnixMillis),
    /// At this moment.
    Now,
    /// The last attempt failed; the next is at this time.
    RetryAt(UnixMillis),
}

/// What a look at the schedule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Renew now.
    Now,
    /// Look again after this time at the latest.
    In(Duration),
}

/// When to renew: at an age of the tokens, or after a failed attempt some time after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    renew_at_age: Duration,
    retry: Option<(Reading, Duration)>,
    failures: u32,
}

impl Schedule {
    /// For new tokens: five minutes ahead of expiry, or a quarter of their life if they are short-lived, and earlier
    /// by `jitter`, which is told the most that it may be: all who signed in together must not come back together.
    pub fn new(age: &TokenAge, jitter: impl FnOnce(Duration) -> Duration) -> Self {
        let latest = age.lifetime().saturating_sub(MARGIN.min(age.lifetime() / 4));
        let spread = latest.saturating_sub(age.lifetime() / 2);
        Self {
            renew_at_age: latest.saturating_sub(jitter(spread).min(spread)),
            retry: None,
            failures: 0,
        }
    }

    /// What is to be done at `now`.
    pub fn due(&self, age: &TokenAge, now: &Reading) -> Due {
        let wait = match self.retry {
            Some((failed_at, delay)) => delay.saturating_sub(now.since(&failed_at)),
            None => self.renew_at_age.saturating_sub(age.elapsed(now)),
        };
        if wait.is_zero() { Due::Now } else { Due::In(wait) }
    }

    /// How many attempts have failed in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Notes that an attempt failed at `now` and that the next is to follow after `delay`.
    pub fn failed(&mut self, now: Reading, delay: Duration) {
        self.failures = self.failures.saturating_add(1);
        self.retry = Some((now, delay));
    }

    /// Something has changed that may help: a renewal that waits to be tried again, or has been due for some time, is
    /// due `delay` after `now`. One that lies further ahead stays there.
    pub fn hasten(&mut self, age: &TokenAge, now: Reading, delay: Duration) {
        match self.due(age, &now) {
            Due::In(wait) if self.retry.is_none() || wait <= delay => {}
            Due::Now | Due::In(_) => self.retry = Some((now, delay)),
        }
    }

    /// The same for people.
    pub fn renewal(&self, age: &TokenAge, now: &Reading) -> Renewal {
        match (self.due(age, now), self.failures) {
            (Due::Now, _) => Renewal::Now,
            // A renewal that was hastened has not failed for that.
            (Due::In(wait), 0) => Renewal::At(now.wall.plus(wait)),
            (Due::In(wait), _) => Renewal::RetryAt(now.wall.plus(wait)),
        }
    }
}
