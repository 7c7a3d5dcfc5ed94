//! What a password has to be.

use serde::{Deserialize, Serialize};

use crate::protocol::ApiError;

/// The symbols that the service counts as such (developer guide, "Adding user pool password requirements").
const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+=";

/// `PasswordPolicyType`, with the console's defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PasswordPolicy {
    /// In characters, 6 to 99.
    pub(crate) minimum_length: usize,
    pub(crate) require_uppercase: bool,
    pub(crate) require_lowercase: bool,
    pub(crate) require_numbers: bool,
    pub(crate) require_symbols: bool,
    /// How many former passwords may not be used again, 0 to 24.
    pub(crate) history_size: usize,
    pub(crate) temporary_password_validity_days: i64,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            minimum_length: 8,
            require_uppercase: true,
            require_lowercase: true,
            require_numbers: true,
            require_symbols: true,
            history_size: 0,
            temporary_password_validity_days: 7,
        }
    }
}

impl PasswordPolicy {
    /// Passes a password that keeps the rules.
    ///
    /// # Errors
    /// `InvalidPasswordException` with the first rule broken.
    pub(crate) fn check(&self, password: &str) -> Result<(), ApiError> {
        let has = |class: &dyn Fn(char) -> bool| password.chars().any(class);
        let broken = if password.encode_utf16().count() < self.minimum_length {
            "Password not long enough"
        } else if self.require_uppercase && !has(&|c| c.is_ascii_uppercase()) {
            "Password must have uppercase characters"
        } else if self.require_lowercase && !has(&|c| c.is_ascii_lowercase()) {
            "Password must have lowercase characters"
        } else if self.require_numbers && !has(&|c| c.is_ascii_digit()) {
            "Password must have numeric characters"
        } else if self.require_symbols && !has(&|c| SYMBOLS.contains(c)) {
            "Password must have symbol characters"
        } else {
            return Ok(());
        };
        Err(ApiError::new(
            "InvalidPasswordException",
            format!("Password did not conform with policy: {broken}"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_own_words() {
        for (password, words) in [
            ("Aa1!aaa", "Password not long enough"),
            ("aaaaaa1!", "Password must have uppercase characters"),
            ("AAAAAA1!", "Password must have lowercase characters"),
            ("Aaaaaaa!", "Password must have numeric characters"),
            ("Aaaaaaa1", "Password must have symbol characters"),
            ("Aaaaaaa1€", "Password must have symbol characters"),
        ] {
            let error = PasswordPolicy::default().check(password).unwrap_err();
            assert_eq!(error.kind, "InvalidPasswordException");
            assert_eq!(
                error.message,
                format!("Password did not conform with policy: {words}")
            );
        }
    }

    #[test]
    fn every_symbol_of_the_list_counts() {
        for symbol in SYMBOLS.chars() {
            let password = format!("Aaaaaaa1{symbol}");
            assert_eq!(PasswordPolicy::default().check(&password), Ok(()), "{symbol}");
        }
    }

    #[test]
    fn a_rule_that_is_off_does_not_count() {
        let policy = PasswordPolicy {
            minimum_length: 6,
            require_symbols: false,
            ..PasswordPolicy::default()
        };
        assert_eq!(policy.check("Aaaaa1"), Ok(()));
    }
}
