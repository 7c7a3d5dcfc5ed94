//! The growing delay after wrong passwords (developer guide, "Lockout behavior for failed sign-in attempts").

use crate::protocol::{ApiError, not_authorized};

const FREE_FAILURES: u32 = 5;
const LONGEST_SECONDS: i64 = 15 * 60;
const FORGOTTEN_AFTER_SECONDS: i64 = 15 * 60;

/// One user's wrong passwords.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lockout {
    failures: u32,
    last_attempt: i64,
    locked_until: i64,
}

impl Lockout {
    /// Notes an attempt at `now`.
    ///
    /// # Errors
    /// `NotAuthorizedException` while the user is locked out; such attempts do not lengthen the delay.
    pub(crate) fn attempt(&mut self, now: i64) -> Result<(), ApiError> {
        if self.is_forgotten(now) {
            *self = Self::default();
        }
        self.last_attempt = now;
        if now < self.locked_until {
            Err(not_authorized("Password attempts exceeded"))
        } else {
            Ok(())
        }
    }

    /// Whether the user has rested for so long that the wrong passwords no longer count.
    pub(crate) fn is_forgotten(&self, now: i64) -> bool {
        now.saturating_sub(self.last_attempt) >= FORGOTTEN_AFTER_SECONDS
    }

    /// When the user may try again, in seconds since the epoch, if that is after `now`.
    pub(crate) fn until(&self, now: i64) -> Option<i64> {
        (now < self.locked_until).then_some(self.locked_until)
    }

    /// Counts a wrong password: from the fifth on, `2^(n-5)` seconds of lockout.
    pub(crate) fn failed(&mut self, now: i64) {
        self.last_attempt = now;
        self.failures = self.failures.saturating_add(1);
        if let Some(extra) = self.failures.checked_sub(FREE_FAILURES) {
            let seconds = 1_i64
                .checked_shl(extra)
                .filter(|_| extra < 32)
                .unwrap_or(LONGEST_SECONDS);
            self.locked_until = now.saturating_add(seconds.min(LONGEST_SECONDS));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(times: u32, now: i64) -> Lockout {
        let mut lockout = Lockout::default();
        (0..times).for_each(|_| lockout.failed(now));
        lockout
    }

    #[test]
    fn the_fifth_failure_locks_for_a_second_and_each_further_one_for_twice_as_long() {
        assert_eq!(failed(4, 1000).attempt(1000), Ok(()));
        for (failures, seconds) in [(5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (80, 900)] {
            let mut lockout = failed(failures, 1000);
            let refusal = lockout.clone().attempt(1000 + seconds - 1).unwrap_err();
            assert_eq!(refusal.message, "Password attempts exceeded");
            assert_eq!(lockout.until(1000), Some(1000 + seconds));
            assert_eq!(lockout.until(1000 + seconds), None);
            lockout.last_attempt = 1000 + seconds;
            assert_eq!(lockout.attempt(1000 + seconds), Ok(()), "{failures}");
        }
    }

    #[test]
    fn attempts_while_locked_out_do_not_lengthen_it() {
        let mut lockout = failed(6, 1000);
        assert!(lockout.attempt(1001).is_err());
        assert_eq!(lockout.attempt(1002), Ok(()));
    }

    #[test]
    fn a_quarter_of_an_hour_of_rest_forgets() {
        let mut lockout = failed(9, 1000);
        assert_eq!(lockout.attempt(1000 + FORGOTTEN_AFTER_SECONDS), Ok(()));
        assert_eq!(lockout.failures, 0);
    }
}
