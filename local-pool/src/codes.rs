//! Confirmation codes: six digits, one live code for each user and purpose, and limits on guessing and
//! on asking for more.

use std::collections::HashMap;

use subtle::ConstantTimeEq as _;

use crate::pool::contact::Contact;
use crate::protocol::{ApiError, code_mismatch, expired_code, limit_exceeded};
use crate::random::Random;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// Sign-up: valid for 24 hours.
    SignUp,
    /// Password reset: valid for one hour.
    Reset,
    /// Verification of an attribute: valid for 24 hours.
    Verify(Contact),
}

impl Purpose {
    fn seconds(self) -> i64 {
        match self {
            Self::SignUp | Self::Verify(_) => 24 * 3600,
            Self::Reset => 3600,
        }
    }
}

const WINDOW_SECONDS: i64 = 3600;
/// The service allows 5 to 20 an hour, depending on its estimate of risk.
const WRONG_GUESSES: u32 = 5;
const REQUESTS: u32 = 10;

struct Code {
    digits: String,
    /// The address that whoever knows the digits has shown to read.
    to: String,
    expires_at: i64,
}

#[derive(Default)]
struct Window {
    started: i64,
    count: u32,
}

impl Window {
    fn is_full(&mut self, now: i64, most: u32) -> bool {
        if now - self.started >= WINDOW_SECONDS {
            *self = Self {
                started: now,
                count: 0,
            };
        }
        self.count >= most
    }
}

type Key = (String, Purpose);

/// All live codes, by user id and purpose.
#[derive(Default)]
pub(crate) struct Codes {
    live: HashMap<Key, Code>,
    requests: HashMap<Key, Window>,
    wrong: HashMap<Key, Window>,
}

impl Codes {
    /// A new code for the address `to`, which replaces the one before.
    ///
    /// # Errors
    /// `LimitExceededException` after too many requests in an hour.
    pub(crate) fn issue(
        &mut self,
        user: &str,
        purpose: Purpose,
        to: &str,
        now: i64,
        random: &Random,
    ) -> Result<String, ApiError> {
        let key = (user.to_owned(), purpose);
        let requests = self.requests.entry(key.clone()).or_default();
        if requests.is_full(now, REQUESTS) {
            return Err(limit_exceeded());
        }
        requests.count += 1;
        let digits = random.code();
        self.live.insert(
            key,
            Code {
                digits: digits.clone(),
                to: to.to_owned(),
                expires_at: now + purpose.seconds(),
            },
        );
        Ok(digits)
    }

    /// Forgets what a deleted user had.
    pub(crate) fn forget(&mut self, user: &str) {
        self.live.retain(|(name, _), _| name != user);
        self.requests.retain(|(name, _), _| name != user);
        self.wrong.retain(|(name, _), _| name != user);
    }

    /// The address that the code went to, if `digits` are its digits. The code stays good: see
    /// [`Codes::spend`].
    ///
    /// # Errors
    /// `LimitExceededException` after too many wrong guesses in an hour, `ExpiredCodeException` if there is
    /// no live code, `CodeMismatchException` for a wrong one.
    pub(crate) fn check(
        &mut self,
        user: &str,
        purpose: Purpose,
        digits: &str,
        now: i64,
    ) -> Result<String, ApiError> {
        let key = (user.to_owned(), purpose);
        let wrong = self.wrong.entry(key.clone()).or_default();
        if wrong.is_full(now, WRONG_GUESSES) {
            return Err(limit_exceeded());
        }
        let code = self
            .live
            .get(&key)
            .filter(|code| now < code.expires_at)
            .ok_or_else(expired_code)?;
        if bool::from(code.digits.as_bytes().ct_eq(digits.as_bytes())) {
            Ok(code.to.clone())
        } else {
            wrong.count += 1;
            Err(code_mismatch())
        }
    }

    /// Ends a code that has served.
    pub(crate) fn spend(&mut self, user: &str, purpose: Purpose) {
        let key = (user.to_owned(), purpose);
        self.live.remove(&key);
        self.wrong.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO: &str = "ada@example.com";

    fn redeem(codes: &mut Codes, purpose: Purpose, digits: &str, now: i64) -> Result<String, ApiError> {
        let to = codes.check("u", purpose, digits, now)?;
        codes.spend("u", purpose);
        Ok(to)
    }

    fn other(digits: &str) -> &'static str {
        if digits == "000000" { "000001" } else { "000000" }
    }

    #[test]
    fn a_code_works_once() {
        let mut codes = Codes::default();
        let digits = codes
            .issue("u", Purpose::SignUp, TO, 0, &Random::default())
            .unwrap();
        assert_eq!(
            redeem(&mut codes, Purpose::Reset, &digits, 1),
            Err(expired_code())
        );
        assert_eq!(
            redeem(&mut codes, Purpose::SignUp, other(&digits), 1),
            Err(code_mismatch())
        );
        assert_eq!(redeem(&mut codes, Purpose::SignUp, &digits, 1), Ok(TO.to_owned()));
        assert_eq!(
            redeem(&mut codes, Purpose::SignUp, &digits, 1),
            Err(expired_code())
        );
    }

    #[test]
    fn a_code_that_is_only_checked_stays_good() {
        let mut codes = Codes::default();
        let digits = codes
            .issue("u", Purpose::SignUp, TO, 0, &Random::default())
            .unwrap();
        for _ in 0..2 {
            assert_eq!(codes.check("u", Purpose::SignUp, &digits, 1), Ok(TO.to_owned()));
        }
        codes.spend("u", Purpose::SignUp);
        assert_eq!(codes.check("u", Purpose::SignUp, &digits, 1), Err(expired_code()));
    }

    #[test]
    fn codes_expire_by_purpose() {
        for (purpose, seconds) in [(Purpose::SignUp, 86_400), (Purpose::Reset, 3600)] {
            let mut codes = Codes::default();
            let digits = codes.issue("u", purpose, TO, 0, &Random::default()).unwrap();
            assert_eq!(redeem(&mut codes, purpose, &digits, seconds), Err(expired_code()));
            assert_eq!(
                redeem(&mut codes, purpose, &digits, seconds - 1),
                Ok(TO.to_owned())
            );
        }
    }

    #[test]
    fn a_new_code_replaces_the_old_one() {
        let mut codes = Codes::default();
        let first = codes
            .issue("u", Purpose::Reset, TO, 0, &Random::default())
            .unwrap();
        let mut second = codes
            .issue("u", Purpose::Reset, TO, 0, &Random::default())
            .unwrap();
        while second == first {
            second = codes
                .issue("u", Purpose::Reset, TO, 0, &Random::default())
                .unwrap();
        }
        assert_eq!(
            redeem(&mut codes, Purpose::Reset, &first, 0),
            Err(code_mismatch())
        );
        assert_eq!(redeem(&mut codes, Purpose::Reset, &second, 0), Ok(TO.to_owned()));
    }

    #[test]
    fn guessing_is_limited_for_an_hour() {
        let mut codes = Codes::default();
        let digits = codes
            .issue("u", Purpose::SignUp, TO, 0, &Random::default())
            .unwrap();
        for _ in 0..WRONG_GUESSES {
            assert_eq!(
                redeem(&mut codes, Purpose::SignUp, other(&digits), 5000),
                Err(code_mismatch())
            );
        }
        assert_eq!(
            redeem(&mut codes, Purpose::SignUp, &digits, 5001),
            Err(limit_exceeded())
        );
        assert_eq!(
            redeem(&mut codes, Purpose::SignUp, &digits, 5000 + WINDOW_SECONDS),
            Ok(TO.to_owned())
        );
    }

    #[test]
    fn requests_are_limited_for_an_hour() {
        let mut codes = Codes::default();
        for _ in 0..REQUESTS {
            codes
                .issue("u", Purpose::Reset, TO, 5000, &Random::default())
                .unwrap();
        }
        assert_eq!(
            codes.issue("u", Purpose::Reset, TO, 5000, &Random::default()),
            Err(limit_exceeded())
        );
        assert!(
            codes
                .issue("v", Purpose::Reset, TO, 5000, &Random::default())
                .is_ok()
        );
        assert!(
            codes
                .issue("u", Purpose::Reset, TO, 5000 + WINDOW_SECONDS, &Random::default())
                .is_ok()
        );
    }
}
