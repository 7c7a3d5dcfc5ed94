//! E-mail addresses and phone numbers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where a code can go, and what can be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Contact {
    Email,
    PhoneNumber,
}

impl Contact {
    /// The attribute that holds it.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }

    /// The attribute that tells whether it was verified.
    pub(crate) fn verified_attribute(self) -> &'static str {
        match self {
            Self::Email => "email_verified",
            Self::PhoneNumber => "phone_number_verified",
        }
    }

    /// As `DeliveryMediumType` has it.
    pub(crate) fn medium(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::PhoneNumber => "SMS",
        }
    }

    /// The contact of an attribute's name.
    pub(crate) fn of_attribute(name: &str) -> Option<Self> {
        [Self::Email, Self::PhoneNumber]
            .into_iter()
            .find(|contact| contact.attribute() == name)
    }
}

/// Whether `text` reads as an e-mail address: one `@`, a local part, and a domain with a dot.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.contains('@')
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// Whether `text` is a phone number in E.164: `+` and up to fifteen digits.
pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (3..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0')
    })
}

/// A destination as `CodeDeliveryDetails` shows it: `u***@e***` or `+*******0199`.
pub(crate) fn masked(contact: Contact, value: &str) -> String {
    match contact {
        Contact::Email => {
            let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
            let (local, domain) = value.split_once('@').unwrap_or((value, ""));
            format!("{}***@{}***", first(local), first(domain))
        }
        Contact::PhoneNumber => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            let mut seen = 0;
            let mask = |c: char| {
                seen += usize::from(c.is_ascii_digit());
                if c.is_ascii_digit() && seen + 4 <= digits {
                    '*'
                } else {
                    c
                }
            };
            value.chars().map(mask).collect()
        }
    }
}

/// `CodeDeliveryDetails` of a code that went to `value`.
pub(crate) fn delivery_details(contact: Contact, value: &str) -> Value {
    json!({
        "AttributeName": contact.attribute(),
        "DeliveryMedium": contact.medium(),
        "Destination": masked(contact, value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_masked() {
        assert_eq!(masked(Contact::Email, "user@example.com"), "u***@e***");
        assert_eq!(masked(Contact::Email, "ünï@ö.example"), "ü***@ö***");
        assert_eq!(masked(Contact::PhoneNumber, "+12025550199"), "+*******0199");
        assert_eq!(masked(Contact::PhoneNumber, "+123"), "+123");
    }

    #[test]
    fn addresses_and_numbers_are_told_from_other_names() {
        for email in ["a@b.c", "user+tag@sub.example.com"] {
            assert!(is_email(email), "{email}");
        }
        for other in ["", "user", "@b.c", "a@b", "a@b..c", "a@b@c.d", "a@.c", "a b@c.d"] {
            assert!(!is_email(other), "{other}");
        }
        assert!(is_phone_number("+12025550199"));
        for other in [
            "",
            "+",
            "12025550199",
            "+1202555019912345",
            "+1 202",
            "+012025550199",
        ] {
            assert!(!is_phone_number(other), "{other}");
        }
    }
}
