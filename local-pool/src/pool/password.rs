//! A password as the pool keeps it.

use std::hint::black_box;

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};

use super::Pool;
use crate::protocol::ApiError;
use crate::random::Random;
use crate::srp;

/// SRP's salt and verifier; the password itself is nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Password {
    /// In hex.
    pub(crate) salt: String,
    #[serde(with = "hex_number")]
    pub(crate) verifier: BigUint,
}

impl Password {
    /// Keeps `password` of `username` in the pool of that name, under a new salt.
    pub(crate) fn new(pool_name: &str, username: &str, password: &str, random: &Random) -> Self {
        let salt = random.salt();
        let verifier = srp::verifier(pool_name, username, password, &salt);
        Self { salt, verifier }
    }

    /// Whether this is `password`.
    pub(crate) fn is(&self, pool_name: &str, username: &str, password: &str) -> bool {
        let verifier = srp::verifier(pool_name, username, password, &self.salt);
        srp::same_verifier(&self.verifier, &verifier)
    }
}

impl Pool {
    /// Whether `password` is the user's.
    pub(crate) fn has_password(&self, username: &str, password: &str) -> bool {
        let user = self.kept.users.get(username);
        let kept = user.and_then(|user| user.password.as_ref());
        match kept {
            Some(kept) => kept.is(self.name(), username, password),
            None => {
                // The time that it takes is not to tell who exists.
                black_box(srp::verifier(self.name(), username, password, "7"));
                false
            }
        }
    }

    /// Passes a new password of the user's.
    ///
    /// # Errors
    /// `InvalidPasswordException`; `PasswordHistoryPolicyViolationException` for one of those before.
    pub(crate) fn check_new_password(&self, username: &str, password: &str) -> Result<(), ApiError> {
        let policy = &self.settings().password_policy;
        policy.check(password)?;
        let Some(user) = self.kept.users.get(username) else {
            return Ok(());
        };
        let before = user.password.iter().chain(&user.former_passwords);
        let mut remembered = before.take(policy.history_size);
        if remembered.any(|former| former.is(self.name(), username, password)) {
            let message = "Password has previously been used.";
            return Err(ApiError::new("PasswordHistoryPolicyViolationException", message));
        }
        Ok(())
    }

    /// Keeps a new password of the user's.
    ///
    /// # Errors
    /// `UserNotFoundException`.
    pub(crate) fn set_password(&mut self, username: &str, password: &str) -> Result<(), ApiError> {
        let kept = Password::new(self.name(), username, password, &self.shared.random);
        let history = self.settings().password_policy.history_size;
        let user = self.user_mut(username)?;
        if let Some(former) = user.password.replace(kept) {
            user.former_passwords.insert(0, former);
            user.former_passwords.truncate(history);
        }
        self.lockouts.remove(username);
        // A sign-in that began with the password before is not to go on.
        self.sessions.spend_all(username);
        Ok(())
    }
}

mod hex_number {
    use num_bigint::BigUint;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(number: &BigUint, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&number.to_str_radix(16))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigUint, D::Error> {
        let text = String::deserialize(deserializer)?;
        BigUint::parse_bytes(text.as_bytes(), 16).ok_or_else(|| de::Error::custom("not a hexadecimal number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_outlives_a_file() {
        let random = Random::default();
        let kept = Password::new("LocalPool", "ada", "Sunflower-42!", &random);
        let text = serde_json::to_string(&kept).unwrap();
        assert!(!text.contains("Sunflower"));
        let read: Password = serde_json::from_str(&text).unwrap();
        assert!(read.is("LocalPool", "ada", "Sunflower-42!"));
        assert!(
            !read.is("LocalPool", "ada", "sunflower-42!") && !read.is("LocalPool", "eve", "Sunflower-42!")
        );
    }
}
