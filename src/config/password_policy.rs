//! A pool's password policy, and which of its rules a password meets.

use serde::{Deserialize, Serialize};

/// The fewest characters that any pool can ask for (`PasswordPolicyMinLengthType`).
const PASSWORD_MIN_LENGTH: u32 = 6;

/// The longest password Cognito takes, in characters (`PasswordType`).
pub const PASSWORD_MAX_LENGTH: usize = 256;

/// The characters that Cognito counts as symbols, besides a space that is neither first nor last
/// (Developer Guide, "Adding user pool password requirements").
pub const PASSWORD_SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

/// What is known of a pool's rules for a new password. The default, for a pool of which nothing is known, asks for
/// no more than what holds in every pool: the pool itself has the last word, and says what else it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordPolicy {
    /// The fewest characters, 6 to 99.
    pub min_length: u32,
    /// At least one of a-z.
    pub require_lowercase: bool,
    /// At least one of A-Z.
    pub require_uppercase: bool,
    /// At least one of 0-9.
    pub require_numbers: bool,
    /// At least one of [`PASSWORD_SYMBOLS`], or a space inside.
    pub require_symbols: bool,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: PASSWORD_MIN_LENGTH,
            require_lowercase: false,
            require_uppercase: false,
            require_numbers: false,
            require_symbols: false,
        }
    }
}

/// One rule of a password policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// At least so many characters.
    MinLength(u32),
    /// A lower-case Basic Latin letter.
    Lowercase,
    /// An upper-case Basic Latin letter.
    Uppercase,
    /// A digit.
    Number,
    /// A symbol.
    Symbol,
    /// At most [`PASSWORD_MAX_LENGTH`] characters; Cognito's own rule in every pool.
    MaxLength,
    /// No white space at either end; Cognito's own rule in every pool.
    NoOuterSpace,
}

impl Rule {
    /// Whether a form should list the rule from the start. The others are worth a line only when
    /// they are broken, which few people ever see.
    #[must_use]
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::MaxLength | Self::NoOuterSpace)
    }
}

impl PasswordPolicy {
    /// The policy's rules in the order of a form, each with whether the password meets it. What
    /// Cognito itself decides alone (password history, compromised passwords) is not among them.
    pub fn check(&self, password: &str) -> impl Iterator<Item = (Rule, bool)> + use<> {
        let length = password.chars().count();
        let has = |class: fn(&char) -> bool| password.chars().any(|c| class(&c));
        let min_length = usize::try_from(self.min_length).unwrap_or(usize::MAX);
        let inner = password.trim();
        let symbol = inner.chars().any(|c| c == ' ' || PASSWORD_SYMBOLS.contains(c));
        [
            (true, Rule::MinLength(self.min_length), length >= min_length),
            (
                self.require_lowercase,
                Rule::Lowercase,
                has(char::is_ascii_lowercase),
            ),
            (
                self.require_uppercase,
                Rule::Uppercase,
                has(char::is_ascii_uppercase),
            ),
            (self.require_numbers, Rule::Number, has(char::is_ascii_digit)),
            (self.require_symbols, Rule::Symbol, symbol),
            (true, Rule::MaxLength, length <= PASSWORD_MAX_LENGTH),
            (true, Rule::NoOuterSpace, inner.len() == password.len()),
        ]
        .into_iter()
        .filter_map(|(applies, rule, met)| applies.then_some((rule, met)))
    }

    /// Whether the password meets every rule.
    #[must_use]
    pub fn accepts(&self, password: &str) -> bool {
        self.check(password).all(|(_, met)| met)
    }
}
