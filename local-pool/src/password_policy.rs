//! Cognito's default password policy.

use crate::protocol::ApiError;

const MIN_LENGTH: usize = 8;

/// The symbols that the service counts as such (developer guide, "Adding user pool password requirements").
const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+=";

/// Passes a password of eight characters with upper and lower case, a number and a symbol.
///
/// # Errors
/// `InvalidPasswordException` with the first rule broken.
pub(crate) fn check(password: &str) -> Result<(), ApiError> {
    let has = |class: &dyn Fn(char) -> bool| password.chars().any(class);
    let broken = if password.encode_utf16().count() < MIN_LENGTH {
        "Password not long enough"
    } else if !has(&|c| c.is_ascii_uppercase()) {
        "Password must have uppercase characters"
    } else if !has(&|c| c.is_ascii_lowercase()) {
        "Password must have lowercase characters"
    } else if !has(&|c| c.is_ascii_digit()) {
        "Password must have numeric characters"
    } else if !has(&|c| SYMBOLS.contains(c)) {
        "Password must have symbol characters"
    } else {
        return Ok(());
    };
    Err(ApiError::new(
        "InvalidPasswordException",
        format!("Password did not conform with policy: {broken}"),
    ))
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
            let error = check(password).unwrap_err();
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
            assert_eq!(check(&format!("Aaaaaaa1{symbol}")), Ok(()), "{symbol}");
        }
    }
}
