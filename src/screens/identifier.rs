//! What people type to say who they are, as the pool is set up.

use yew::prelude::*;

use super::Journey;
use crate::{
    auth::Attribute,
    config::{Config, EmailDomains, UsernameAttribute},
    ui::{
        Country, Field, FieldState, PhoneField, PhoneProblem, PhoneState, e164, use_field, use_phone_country,
    },
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

    /// The field for it, with whom the journey is about in it.
    pub fn field(self, state: IdentifierState, journey: &Journey) -> Html {
        self.sign_in_field(state, journey, false, None)
    }

    /// The same with a line under it, and on the sign-in screen with passkeys, which the browser may offer in it.
    pub fn sign_in_field(
        self,
        state: IdentifierState,
        journey: &Journey,
        passkeys: bool,
        hint: Option<AttrValue>,
    ) -> Html {
        let autocomplete = if passkeys { "username webauthn" } else { "username" };
        let (label, initial, autofocus) = (self.label(), journey.username(), journey.is_start());
        if self == Self::Phone {
            return html! {
                <PhoneField state={state.phone} {label} name="username" {autocomplete} {initial} {hint}
                    {autofocus} />
            };
        }
        let kind = if self == Self::Email { "email" } else { "text" };
        html! {
            <Field state={state.field} {label} name="username" {kind} inputmode={kind} {autocomplete}
                {initial} {hint} {autofocus} />
        }
    }

    /// What is wrong with `value`, in words for people. A phone number may be written as within `country`.
    pub fn problem(self, value: &str, country: Country) -> Option<&'static str> {
        let value = value.trim();
        match self {
            Self::Email => email_problem(value),
            Self::Phone => e164(value, country.calling_code).err().map(phone_problem),
            Self::EmailOrPhone if value.is_empty() => Some("Enter your email or phone number."),
            Self::EmailOrPhone => (!is_email(value) && e164(value, "").is_err())
                .then_some("Enter an email, or a number like +1 555 010 0123."),
            Self::Username => value.is_empty().then_some("Enter your user name."),
        }
    }

    /// `value` as the service knows it: a phone number in E.164 form. What there is of one gets its calling code too, so
    /// that the next screen's field shows it with its country.
    fn normalised(self, value: &str, country: Country) -> String {
        let value = value.trim();
        let number = match self {
            Self::Phone => e164(value, country.calling_code).ok().or_else(|| {
                let number = ["+", country.calling_code, value].concat();
                matches!(
                    e164(&number, ""),
                    Err(PhoneProblem::TooShort | PhoneProblem::TooLong)
                )
                .then_some(number)
            }),
            Self::EmailOrPhone => e164(value, "").ok(),
            Self::Email | Self::Username => None,
        };
        number.unwrap_or_else(|| value.to_owned())
    }

    /// The attribute that `value`, as the service knows it, is as well, if any.
    pub fn attribute(self, value: &str) -> Option<Attribute> {
        let name = match self {
            Self::Username => return None,
            _ if e164(value, "").is_ok() => "phone_number",
            _ => "email",
        };
        Some(Attribute {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// What keeps a text from being an email address, in words for people.
pub(super) fn email_problem(value: &str) -> Option<&'static str> {
    match value.trim() {
        "" => Some("Enter your email."),
        value => (!is_email(value)).then_some("Enter an email like name@example.com."),
    }
}

/// Only what is surely a slip is refused: the rest is for the service to say.
fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.len() > 1 && !host.contains('@') && !value.contains(char::is_whitespace)
    })
}

/// What keeps a text from being a phone number, in words for people.
pub(super) fn phone_problem(problem: PhoneProblem) -> &'static str {
    match problem {
        PhoneProblem::Empty => "Enter your phone number.",
        PhoneProblem::NotANumber => "A phone number has digits only.",
        PhoneProblem::NoCallingCode => "Enter the number like +1 555 010 0123.",
        PhoneProblem::TooShort => "This number is too short.",
        PhoneProblem::TooLong => "This number is too long.",
    }
}

/// What a form knows of the field for it.
#[derive(Clone, PartialEq)]
pub(super) struct IdentifierState {
    /// For its error and its focus.
    pub field: FieldState,
    identifier: Identifier,
    /// The same field and, if it is a phone number's, its country.
    phone: PhoneState,
}

impl IdentifierState {
    /// Checks what was typed, shows what is wrong with it, and returns whether it is right.
    pub fn check(&self) -> bool {
        match self.identifier {
            Identifier::Phone => self.phone.check(),
            _ => self.field.check(),
        }
    }

    /// Who it is, as the service knows them: a phone number in E.164 form. What is not right is for another field to
    /// start with.
    pub fn username(&self) -> String {
        self.identifier
            .normalised(&self.field.value(), self.phone.country().get())
    }
}

/// The state of the field for it. An address of `domains` is right whatever else is asked for.
#[hook]
pub(super) fn use_identifier(identifier: Identifier, domains: EmailDomains) -> IdentifierState {
    let country = use_phone_country();
    let field = {
        let country = country.clone();
        use_field(move |value| match domains.of_address(value) {
            Some(_) => None,
            None => identifier.problem(value, country.get()).map(AttrValue::Static),
        })
    };
    IdentifierState {
        field: field.clone(),
        identifier,
        phone: PhoneState::new(field, country),
    }
}

#[cfg(test)]
mod tests {
    use super::{Country, Identifier};

    #[test]
    fn an_email_needs_a_name_and_a_host() {
        for right in [
            "a@b.c",
            " ada@example.com ",
            "o'neil+tag@mail.example",
            "root@localhost",
        ] {
            assert_eq!(Identifier::Email.problem(right, Country::US), None, "{right}");
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
            assert!(Identifier::Email.problem(wrong, Country::US).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_phone_number_is_of_the_country_chosen() {
        let france = Country::of("FR").unwrap();
        assert_eq!(Identifier::Phone.problem("06 12 34 56 78", france), None);
        assert_eq!(
            Identifier::Phone.normalised(" 06 12 34 56 78 ", france),
            "+33612345678"
        );
        assert_eq!(
            Identifier::Phone.normalised("+1 555 010 0123", france),
            "+15550100123"
        );
        for (typed, kept) in [
            ("", "+33"),
            (" 06 1 ", "+3306 1"),
            ("+33 6", "+33 6"),
            ("(+33) 6", "(+33) 6"),
            ("0033 6", "+330033 6"),
            ("06 12 34 56 78 90 12 34", "+3306 12 34 56 78 90 12 34"),
            ("06 FLEURS", "06 FLEURS"),
        ] {
            assert_eq!(Identifier::Phone.normalised(typed, france), kept, "{typed}");
        }
        for wrong in ["", "555 0100", "+1 555 0100", "+123", "ada@example.com"] {
            assert!(Identifier::Phone.problem(wrong, Country::US).is_some(), "{wrong}");
        }
    }

    #[test]
    fn either_is_an_email_or_an_international_number() {
        let (problem, normalised) = (
            |value| Identifier::EmailOrPhone.problem(value, Country::US),
            |value| Identifier::EmailOrPhone.normalised(value, Country::US),
        );
        for (typed, username) in [
            (" ada@example.com ", "ada@example.com"),
            ("+44 20 7946-0958", "+442079460958"),
            ("0044 20 7946 0958", "+442079460958"),
        ] {
            assert_eq!(problem(typed), None, "{typed}");
            assert_eq!(normalised(typed), username);
        }
        for wrong in ["", "ada", "020 7946 0958", "+44"] {
            assert!(problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_user_name_is_not_taken_for_a_number() {
        assert_eq!(
            Identifier::Username.normalised(" +44 20 7946 0958 ", Country::US),
            "+44 20 7946 0958"
        );
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
