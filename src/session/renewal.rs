use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Reading, TokenAge};
use crate::ports::UnixMillis;

/// The longest time ahead of expiry at which tokens are renewed.
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
    /// For new tokens: five minutes ahead of expiry, or a quarter of their life if they are short-lived,
    /// and earlier still by up to a tenth of that as `jitter` (0 to 1000 thousandths) says.
    pub fn new(age: &TokenAge, jitter_per_mille: u32) -> Self {
        let margin = MARGIN.min(age.lifetime() / 4);
        let jitter = margin / 10 * jitter_per_mille.min(1000) / 1000;
        Self { renew_at_age: age.lifetime().saturating_sub(margin + jitter), retry: None, failures: 0 }
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

    /// Makes a waiting retry due at once: the network is back, or the person has come back to the page.
    pub fn hasten(&mut self) {
        if let Some((_, delay)) = &mut self.retry {
            *delay = Duration::ZERO;
        }
    }

    /// The same for people.
    pub fn renewal(&self, age: &TokenAge, now: &Reading) -> Renewal {
        match (self.due(age, now), self.retry) {
            (Due::Now, _) => Renewal::Now,
            (Due::In(wait), None) => Renewal::At(now.wall.plus(wait)),
            (Due::In(wait), Some(_)) => Renewal::RetryAt(now.wall.plus(wait)),
        }
    }
}
