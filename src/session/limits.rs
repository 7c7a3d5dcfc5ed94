use std::time::Duration;

use super::Reading;
use crate::{config::SessionLimits, ports::UnixMillis};

/// What a session may run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Nobody touched it for too long.
    Idle,
    /// Its sign-in is too long ago.
    Lifetime,
}

/// When a session began and was last touched. Renewals change neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    began: Reading,
    /// How old the sign-in was then.
    age: Duration,
    touched: Reading,
}

/// How a session stands to its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// None is near.
    Fine {
        /// Look again after this time at the latest; never zero.
        look_in: Duration,
    },
    /// One is so near that people are to be warned.
    Ending {
        /// When the session ends, on the device's wall clock: for people to read.
        at: UnixMillis,
        /// Why.
        limit: Limit,
        /// Look again after this time at the latest; never zero.
        look_in: Duration,
    },
    /// It is over.
    Over(Limit),
}

impl Usage {
    /// Of a session that begins now: its person has just proved who they are.
    pub fn starting(now: Reading) -> Self {
        Self::continuing(now, Duration::ZERO)
    }

    /// Of a session that begins now by a sign-in which is as old as `age`, such as one that the hosted pages remember.
    pub fn continuing(now: Reading, age: Duration) -> Self {
        Self {
            began: now,
            age,
            touched: now,
        }
    }

    /// Notes that somebody is there.
    pub fn touch(&mut self, now: Reading) {
        self.touched = now;
    }

    /// Where the session stands at `now`. By [`Reading::since`], the clock counts that moved further: sleep counts,
    /// and so does a wall clock that was set forward, which cannot be told from sleep.
    pub fn standing(&self, limits: &SessionLimits, now: &Reading) -> Standing {
        let left = |limit: Option<Duration>, passed: Duration| {
            limit.map_or(Duration::MAX, |limit| limit.saturating_sub(passed))
        };
        let idle = (left(limits.idle, now.since(&self.touched)), Limit::Idle);
        let age = now.since(&self.began).saturating_add(self.age);
        let lifetime = (left(limits.lifetime, age), Limit::Lifetime);
        // Of two that come at once, it is the one that nobody can put off.
        let (left, limit) = if idle.0 < lifetime.0 { idle } else { lifetime };
        let to_warning = left.saturating_sub(limits.idle_warning);
        if left.is_zero() {
            Standing::Over(limit)
        } else if to_warning.is_zero() {
            Standing::Ending {
                at: now.wall.plus(left),
                limit,
                look_in: left,
            }
        } else {
            Standing::Fine { look_in: to_warning }
        }
    }
}
