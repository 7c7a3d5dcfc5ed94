use std::time::Duration;

use crate::ports::Ports;

/// Waits between attempts: exponential with full jitter, so that clients that failed together do not
/// come back together.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// The longest first wait.
    pub base: Duration,
    /// The longest wait of all.
    pub cap: Duration,
}

impl Backoff {
    /// The wait after attempt number `attempt`, counted from 0: between half and all of
    /// `base * 2^attempt`, at most `cap`.
    pub fn delay(&self, attempt: u32, ports: &Ports) -> Duration {
        let limit = self.base.saturating_mul(2u32.saturating_pow(attempt)).min(self.cap);
        limit / 2 + ports.jitter(limit / 2)
    }
}
