//! How often a pool may be asked to sign someone in (developer guide, "Quotas": UserAuthentication).

use crate::protocol::ApiError;

/// Calls of the second that runs.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    second: i64,
    calls: u32,
}

impl Quota {
    /// Counts a call at `now`.
    ///
    /// # Errors
    /// `TooManyRequestsException` for a call beyond `most` in a second.
    pub(crate) fn count(&mut self, now: i64, most: Option<u32>) -> Result<(), ApiError> {
        if now != self.second {
            *self = Self {
                second: now,
                calls: 0,
            };
        }
        self.calls = self.calls.saturating_add(1);
        if most.is_none_or(|most| self.calls <= most) {
            Ok(())
        } else {
            Err(ApiError::new("TooManyRequestsException", "Rate exceeded"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_second_has_its_own_calls() {
        let mut quota = Quota::default();
        for now in [100, 101] {
            assert_eq!(quota.count(now, Some(2)), Ok(()));
            assert_eq!(quota.count(now, Some(2)), Ok(()));
            let refusal = quota.count(now, Some(2)).unwrap_err();
            assert_eq!(refusal.kind, "TooManyRequestsException");
        }
        (0..1000).for_each(|_| assert_eq!(quota.count(102, None), Ok(())));
    }
}
