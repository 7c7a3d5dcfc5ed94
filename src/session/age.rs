use std::time::Duration;

use crate::ports::{Reading, UnixMillis};

/// How old tokens are, told without trust in the device's idea of the date: they were new when they came,
/// and only the time since then counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenAge {
    received: Reading,
    issued_at: u64,
    lifetime: Duration,
}

impl TokenAge {
    /// Tokens with the claims `iat` and `exp` (unix seconds), received at `received`.
    pub fn new(received: Reading, iat: u64, exp: u64) -> Self {
        Self {
            received,
            issued_at: iat,
            lifetime: Duration::from_secs(exp.saturating_sub(iat)),
        }
    }

    /// How long the tokens are good for in all.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// How long ago they came.
    pub fn elapsed(&self, now: &Reading) -> Duration {
        now.since(&self.received)
    }

    /// Whether they may still be used.
    pub fn is_valid(&self, now: &Reading) -> bool {
        self.elapsed(now) < self.lifetime
    }

    /// Whether they may still be used by something that takes a moment to arrive: for ten seconds more, or a
    /// tenth of their life if that is less.
    pub fn is_fresh(&self, now: &Reading) -> bool {
        let margin = Duration::from_secs(10).min(self.lifetime / 10);
        self.elapsed(now) + margin < self.lifetime
    }

    /// The server's time in unix seconds: `iat` and what has passed since.
    pub fn server_time(&self, now: &Reading) -> u64 {
        self.issued_at.saturating_add(self.elapsed(now).as_secs())
    }

    /// When they expire, on the device's wall clock: for people to read.
    pub fn expires_at(&self, now: &Reading) -> UnixMillis {
        now.wall.plus(self.lifetime.saturating_sub(self.elapsed(now)))
    }
}
