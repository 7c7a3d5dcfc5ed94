//! The attributes that a pool's users have, and what may stand in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::contact::{is_email, is_phone_number};
use crate::protocol::{ApiError, invalid_parameter};

/// OpenID Connect's standard claims (Core 1.0, section 5.1), which every pool has.
pub(crate) const STANDARD: [&str; 17] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
];

/// Attributes that the service itself writes.
const OWN: [&str; 4] = ["sub", "email_verified", "phone_number_verified", "identities"];

/// The most characters of any value (`AttributeValueType`).
const LONGEST: usize = 2048;

/// `AttributeDataType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DataType {
    #[default]
    String,
    Number,
    DateTime,
    Boolean,
}

/// One attribute (`SchemaAttributeType`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Attribute {
    pub(crate) data_type: DataType,
    /// Whether it can be written after the user was created.
    pub(crate) mutable: bool,
    /// Whether nobody may sign up without.
    pub(crate) required: bool,
    /// Of a string's length.
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    /// Of a number.
    pub(crate) min_value: Option<i64>,
    pub(crate) max_value: Option<i64>,
}

impl Default for Attribute {
    fn default() -> Self {
        Self {
            data_type: DataType::String,
            mutable: true,
            required: false,
            min_length: None,
            max_length: None,
            min_value: None,
            max_value: None,
        }
    }
}

/// The attributes that differ from "standard, optional, mutable", by name; custom ones begin with `custom:`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Schema(pub(crate) BTreeMap<String, Attribute>);

impl Schema {
    /// The attribute of that name, if users may have one.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute> {
        let declared = self.0.get(name).cloned();
        declared.or_else(|| STANDARD.contains(&name).then(|| standard(name)))
    }

    /// Names of what nobody may sign up without.
    pub(crate) fn required(&self) -> impl Iterator<Item = &str> {
        let required = self.0.iter().filter(|(_, attribute)| attribute.required);
        required.map(|(name, _)| name.as_str())
    }

    /// Whether nobody may sign up without the attribute.
    pub(crate) fn is_required(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|attribute| attribute.required)
    }

    /// Whether the attribute has a value for good, once it has one.
    pub(crate) fn is_immutable(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|attribute| !attribute.mutable)
    }

    /// Passes a value that the attribute may have. An empty one passes: it clears the attribute.
    ///
    /// # Errors
    /// `InvalidParameterException` in the words in which sign-up is refused.
    pub(crate) fn check(&self, name: &str, value: &str) -> Result<(), ApiError> {
        self.refuse_flaw("Attributes did not conform to the schema: ", name, value)
    }

    /// The same for an attribute of a user who is there already.
    ///
    /// # Errors
    /// `InvalidParameterException` in the words in which UpdateUserAttributes is refused.
    pub(crate) fn check_update(&self, name: &str, value: &str) -> Result<(), ApiError> {
        self.refuse_flaw("user.", name, value)
    }

    fn refuse_flaw(&self, before: &str, name: &str, value: &str) -> Result<(), ApiError> {
        match self.flaw(name, value) {
            None => Ok(()),
            Some(Flaw::Format(message)) => Err(invalid_parameter(message)),
            Some(Flaw::Schema(detail)) => Err(does_not_conform(&format!("{before}{name}: {detail}\n"))),
        }
    }

    fn flaw(&self, name: &str, value: &str) -> Option<Flaw> {
        let Some(attribute) = self.attribute(name) else {
            return Some(Flaw::Schema("Attribute does not exist in the schema.".to_owned()));
        };
        if value.is_empty() {
            return None;
        }
        match name {
            "email" if !is_email(value) => return Some(Flaw::Format("Invalid email address format.")),
            "phone_number" if !is_phone_number(value) => {
                return Some(Flaw::Format("Invalid phone number format."));
            }
            _ => {}
        }
        let length = value.encode_utf16().count();
        let too_short = attribute.min_length.is_some_and(|min| length < min);
        let too_long = length > attribute.max_length.unwrap_or(LONGEST);
        if attribute.data_type == DataType::String && (too_short || too_long) {
            return Some(Flaw::Schema(
                "String must be within the length limits.".to_owned(),
            ));
        }
        let number = || value.parse::<i64>().ok();
        let fits = match attribute.data_type {
            DataType::String | DataType::DateTime => true,
            DataType::Boolean => matches!(value, "true" | "false" | "True" | "False"),
            DataType::Number => number().is_some_and(|number| {
                attribute.min_value.is_none_or(|min| number >= min)
                    && attribute.max_value.is_none_or(|max| number <= max)
            }),
        };
        let kind = attribute.data_type;
        (!fits).then(|| Flaw::Schema(format!("The attribute must be a {kind:?} within its limits.")))
    }
}

enum Flaw {
    /// Said as it is.
    Format(&'static str),
    /// Said of the attribute.
    Schema(String),
}

/// A standard attribute as every pool begins with it (developer guide, "Working with user attributes").
fn standard(name: &str) -> Attribute {
    match name {
        // YYYY-MM-DD
        "birthdate" => Attribute {
            min_length: Some(10),
            max_length: Some(10),
            ..Attribute::default()
        },
        "updated_at" => Attribute {
            data_type: DataType::Number,
            min_value: Some(0),
            ..Attribute::default()
        },
        _ => Attribute::default(),
    }
}

/// Whether only the service itself, or an administrator, writes the attribute.
pub(crate) fn is_own(name: &str) -> bool {
    OWN.contains(&name)
}

/// `InvalidParameterException` with a message that names an attribute of the caller's.
pub(crate) fn does_not_conform(message: &str) -> ApiError {
    ApiError {
        reason: Some("an attribute does not conform to the schema".to_owned()),
        ..invalid_parameter(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        serde_json::from_str(
            r#"{
                "custom:age": {"data_type": "Number", "min_value": 18, "max_value": 150},
                "custom:plan": {"mutable": false, "min_length": 2, "max_length": 4},
                "custom:news": {"data_type": "Boolean"},
                "name": {"required": true}
            }"#,
        )
        .unwrap()
    }

    #[test]
    fn values_have_to_fit() {
        let schema = schema();
        for (name, value) in [
            ("name", "Ada"),
            ("custom:age", "18"),
            ("custom:plan", "free"),
            ("custom:plan", ""),
            ("custom:news", "true"),
            ("email", "ada@example.com"),
            ("phone_number", "+12025550199"),
            ("birthdate", "1815-12-10"),
            ("updated_at", "1700000000"),
        ] {
            assert_eq!(schema.check(name, value), Ok(()), "{name}={value}");
        }
        for (name, value) in [
            ("shoe_size", "42"),
            ("custom:shoe_size", "42"),
            ("custom:age", "17"),
            ("custom:age", "old"),
            ("custom:plan", "x"),
            ("custom:plan", "never"),
            ("custom:news", "yes"),
            ("email", "ada"),
            ("phone_number", "0123"),
            ("birthdate", "10 December 1815"),
            ("updated_at", "today"),
        ] {
            let error = schema.check(name, value).unwrap_err();
            assert_eq!(error.kind, "InvalidParameterException", "{name}={value}");
        }
    }

    #[test]
    fn refusals_have_the_words_of_their_operation() {
        let message = |refusal: Result<(), ApiError>| refusal.unwrap_err().message;
        assert_eq!(
            message(schema().check("shoe_size", "42")),
            "Attributes did not conform to the schema: shoe_size: Attribute does not exist in the schema.\n"
        );
        assert_eq!(
            message(schema().check_update("shoe_size", "42")),
            "user.shoe_size: Attribute does not exist in the schema.\n"
        );
        assert_eq!(
            message(schema().check_update("email", "ada")),
            "Invalid email address format."
        );
    }

    #[test]
    fn required_and_immutable_attributes_are_named() {
        let schema = schema();
        assert_eq!(schema.required().collect::<Vec<_>>(), ["name"]);
        assert!(schema.is_required("name") && !schema.is_required("email"));
        assert!(schema.is_immutable("custom:plan") && !schema.is_immutable("name"));
    }
}
