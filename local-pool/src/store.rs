//! Everything a pool remembers.

use std::collections::{BTreeMap, HashMap};

use crate::activity::Activity;
use crate::client::Client;
use crate::clock::Clock;
use crate::codes::{Codes, Purpose};
use crate::faults::Faults;
use crate::lockout::Lockout;
use crate::mailbox::Mailbox;
use crate::protocol::ApiError;
use crate::sign_in::{Attempt, NewPasswordSession};
use crate::tokens::Tokens;
use crate::users::User;
use crate::{random, seed};

/// The state of one pool.
pub(crate) struct Pool {
    /// The `iss` of its tokens.
    pub(crate) issuer: String,
    pub(crate) clock: Clock,
    pub(crate) client: Client,
    /// By `sub`.
    pub(crate) users: BTreeMap<String, User>,
    /// SRP exchanges in progress, by SECRET_BLOCK.
    pub(crate) attempts: HashMap<String, Attempt>,
    /// NEW_PASSWORD_REQUIRED challenges, by Session.
    pub(crate) sessions: HashMap<String, NewPasswordSession>,
    /// By user id, be it real or simulated.
    pub(crate) lockouts: HashMap<String, Lockout>,
    pub(crate) codes: Codes,
    pub(crate) tokens: Tokens,
    pub(crate) mailbox: Mailbox,
    pub(crate) faults: Faults,
    pub(crate) activity: Activity,
    /// What simulated users are derived from.
    pub(crate) simulation_key: Vec<u8>,
}

impl Pool {
    /// A pool with the seeded users, at `origin` (scheme, host and port).
    pub(crate) fn seeded(origin: &str) -> Self {
        let clock = Clock::default();
        let users = seed::users(clock.now());
        Self {
            issuer: format!("{origin}/{}", seed::POOL_ID),
            clock,
            client: Client::default(),
            users: users.into_iter().map(|user| (user.sub.clone(), user)).collect(),
            attempts: HashMap::new(),
            sessions: HashMap::new(),
            lockouts: HashMap::new(),
            codes: Codes::default(),
            tokens: Tokens::default(),
            mailbox: Mailbox::default(),
            faults: Faults::default(),
            activity: Activity::default(),
            simulation_key: random::bytes(32),
        }
    }

    /// The user of an e-mail address (without regard to case) or of an internal user name.
    pub(crate) fn find(&self, username: &str) -> Option<&User> {
        self.users.get(username).or_else(|| {
            let wanted = username.to_lowercase();
            self.users
                .values()
                .find(|user| user.email().to_lowercase() == wanted)
        })
    }

    /// Sends `user` a new code for `purpose`.
    ///
    /// # Errors
    /// `LimitExceededException` after too many of them.
    pub(crate) fn send_code(&mut self, sub: &str, email: &str, purpose: Purpose) -> Result<(), ApiError> {
        let now = self.clock.now();
        let code = self.codes.issue(sub, purpose, now)?;
        self.mailbox.deliver(email, purpose, &code, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_by_address_in_any_case_and_by_id() {
        let pool = Pool::seeded("http://127.0.0.1:1");
        let user = pool.find("User@Example.COM").unwrap();
        assert_eq!(pool.find(&user.sub).unwrap().email(), "user@example.com");
        assert!(pool.find("nobody@example.com").is_none());
    }
}
