//! What people type to say who they are, as the pool is set up.

use yew::prelude::*;

use super::Journey;
use crate::{
    auth::Attribute,
    config::{Config, UsernameAttribute},
    ui::{Field, FieldState, use_field},
};

/// A pool's kind of user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identifier {
    Email,
    Phone,
    EmailOrPhone,
    Username,
}

impl Identifier {
    pub fn of(config: &Config) -> Self {
        let has = |attribute| config.username_attributes.contains(&attribute);
        match (has(UsernameAttribute::Email), has(UsernameAttribute::PhoneNumber)) {
            (true, false) => Self::Email,
            (false, true) => Self::Phone,
            (true, true) => Self::EmailOrPhone,
            (false, false) => Self::Username,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Email => "Email",
            Self::Phone => "Phone number",
            Self::EmailOrPhone => "Email or phone number",
            Self::Username => "User name",
        }
    }

    /// What it is called within a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone number",
            Self::EmailOrPhone => "email or phone number",
            Self::Username => "user name",
        }
    }

    /// The input's `type` and `inputmode`.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Email => ("email", "email"),
            Self::Phone => ("tel", "tel"),
            Self::EmailOrPhone | Self::Username => ("text", "text"),
        }
    }

    /// The field for it, with whom the journey is about in it.
    pub fn field(self, state: FieldState, journey: &Journey) -> Html {
        let (kind, inputmode) = self.kind();
        html! {
            <Field {state} label={self.label()} name="username" {kind} {inputmode} autocomplete="username"
                initial={journey.username()} autofocus={journey.is_start()} />
        }
    }

    /// What is wrong with `value`, in words for people.
    pub fn problem(self, value: &str) -> Option<&'static str> {
        let value = value.trim();
        match self {
            Self::Email if value.is_empty() => Some("Enter your email."),
            Self::Email => (!is_email(value)).then_some("Enter an email like name@example.com."),
            Self::Phone if value.is_empty() => Some("Enter your phone number."),
            Self::Phone => (!is_phone(value)).then_some("Enter the number like +15550100123."),
            Self::EmailOrPhone if value.is_empty() => Some("Enter your email or phone number."),
            Self::EmailOrPhone => (!is_email(value) && !is_phone(value))
                .then_some("Enter an email, or a number like +15550100123."),
            Self::Username => value.is_empty().then_some("Enter your user name."),
        }
    }

    /// The attribute that `value` is as well, if any.
    pub fn attribute(self, value: &str) -> Option<Attribute> {
        let name = match self {
            Self::Username => return None,
            _ if is_phone(value) => "phone_number",
            _ => "email",
        };
        Some(Attribute {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// Only what is surely a slip is refused: the rest is for the service to say.
fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.len() > 1 && !host.contains('@') && !value.contains(char::is_whitespace)
    })
}

/// E.164, as Cognito wants it.
fn is_phone(value: &str) -> bool {
    value
        .strip_prefix('+')
        .is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The state of the field for it.
#[hook]
pub(super) fn use_identifier(identifier: Identifier) -> FieldState {
    use_field(move |value| identifier.problem(value).map(AttrValue::Static))
}

#[cfg(test)]
mod tests {
    use super::Identifier;

    #[test]
    fn an_email_needs_a_name_and_a_host() {
        for right in [
            "a@b.c",
            " ada@example.com ",
            "o'neil+tag@mail.example",
            "root@localhost",
        ] {
            assert_eq!(Identifier::Email.problem(right), None, "{right}");
        }
        for wrong in [
            "",
            "  ",
            "ada",
            "@example.com",
            "ada@",
            "a b@example.com",
            "a@b@c",
        ] {
            assert!(Identifier::Email.problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_phone_number_is_international() {
        assert_eq!(Identifier::Phone.problem("+15550100123"), None);
        for wrong in ["", "5550100123", "+1 555 0100", "+123", "+1234567890123456"] {
            assert!(Identifier::Phone.problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn either_becomes_the_attribute_it_is() {
        let attribute = |value| {
            Identifier::EmailOrPhone
                .attribute(value)
                .map(|attribute| attribute.name)
        };
        assert_eq!(attribute("+15550100123").as_deref(), Some("phone_number"));
        assert_eq!(attribute("ada@example.com").as_deref(), Some("email"));
        assert_eq!(Identifier::Username.attribute("ada"), None);
    }
}
