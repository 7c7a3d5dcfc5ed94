//! Checks a request against its shape in AWS's service model and words the outcome as AWS does.

use serde_json::{Map, Value};

use crate::protocol::{ApiError, invalid_parameter};

/// One member of an operation's input shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) kind: Kind,
}

impl Member {
    /// The same member where it must be given.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text(Text),
    Enum(&'static [&'static str]),
    /// A map of texts to texts.
    Map,
    /// A list of `Name` and `Value`.
    Attributes,
    Structure,
    Boolean,
}

/// The constraints of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) pattern: Option<Pattern>,
    /// Sensitive values are not repeated in the message.
    pub(crate) sensitive: bool,
}

/// The patterns of the model, each a run of one class of characters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    Word,
    SecretHash,
    Visible,
    NotSpace,
    Token,
    DeviceKey,
    AttributeName,
}

impl Pattern {
    fn regex(self) -> &'static str {
        match self {
            Self::Word => r"[\w+]+",
            Self::SecretHash => r"[\w+=/]+",
            Self::Visible => r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+",
            Self::NotSpace => r"[\S]+",
            Self::Token => r"[A-Za-z0-9-_=.]+",
            Self::DeviceKey => r"[\w-]+_[0-9a-f-]+",
            Self::AttributeName => r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+",
        }
    }

    fn matches(self, text: &str) -> bool {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let each = |class: &dyn Fn(char) -> bool| !text.is_empty() && text.chars().all(class);
        match self {
            Self::Word => each(&|c| word(c) || c == '+'),
            Self::SecretHash => each(&|c| word(c) || matches!(c, '+' | '=' | '/')),
            Self::Visible => each(&visible),
            // Java's \S knows the ASCII spaces only.
            Self::NotSpace => each(&|c| !matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')),
            Self::Token => each(&|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=' | '.')),
            Self::DeviceKey => text.rsplit_once('_').is_some_and(|(group, id)| {
                !group.is_empty()
                    && group.chars().all(|c| word(c) || c == '-')
                    && !id.is_empty()
                    && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'))
            }),
            Self::AttributeName => each(&|c| visible(c) || matches!(c, '\t' | '\n' | '\r' | ' ')),
        }
    }
}

/// Letters, marks, symbols, numbers and punctuation: what is neither a separator (Z) nor other (C).
fn visible(c: char) -> bool {
    let format = matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{8e2}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    !(c.is_whitespace() || c.is_control() || format || private)
}

const fn text(
    name: &'static str,
    min: usize,
    max: usize,
    pattern: Option<Pattern>,
    sensitive: bool,
) -> Member {
    Member {
        name,
        required: false,
        kind: Kind::Text(Text {
            min,
            max,
            pattern,
            sensitive,
        }),
    }
}

const fn plain(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        required: false,
        kind,
    }
}

/// A member that holds one of `values`.
pub(crate) const fn one_of(name: &'static str, values: &'static [&'static str]) -> Member {
    plain(name, Kind::Enum(values))
}

/// A member of `TokenModelType`.
pub(crate) const fn token(name: &'static str) -> Member {
    text(name, 0, usize::MAX, Some(Pattern::Token), true)
}

/// A map of texts.
pub(crate) const fn map(name: &'static str) -> Member {
    plain(name, Kind::Map)
}

/// A list of attributes.
pub(crate) const fn attributes(name: &'static str) -> Member {
    plain(name, Kind::Attributes)
}

pub(crate) const CLIENT_ID: Member = text("ClientId", 1, 128, Some(Pattern::Word), true).required();
pub(crate) const USERNAME: Member = text("Username", 1, 128, Some(Pattern::Visible), true).required();
pub(crate) const PASSWORD: Member = text("Password", 0, 256, Some(Pattern::NotSpace), true).required();
pub(crate) const CONFIRMATION_CODE: Member =
    text("ConfirmationCode", 1, 2048, Some(Pattern::NotSpace), false).required();
pub(crate) const SESSION: Member = text("Session", 20, 4096, None, true);
pub(crate) const SECRET_HASH: Member = text("SecretHash", 1, 128, Some(Pattern::SecretHash), true);
pub(crate) const CLIENT_SECRET: Member = text("ClientSecret", 24, 64, Some(Pattern::Word), true);
pub(crate) const DEVICE_KEY: Member = text("DeviceKey", 1, 55, Some(Pattern::DeviceKey), false);
pub(crate) const FORCE_ALIAS_CREATION: Member = plain("ForceAliasCreation", Kind::Boolean);
pub(crate) const CLIENT_METADATA: Member = map("ClientMetadata");
pub(crate) const ANALYTICS_METADATA: Member = plain("AnalyticsMetadata", Kind::Structure);
pub(crate) const USER_CONTEXT_DATA: Member = plain("UserContextData", Kind::Structure);

const ATTRIBUTE_NAME: Text = Text {
    min: 1,
    max: 32,
    pattern: Some(Pattern::AttributeName),
    sensitive: false,
};
const ATTRIBUTE_VALUE: Text = Text {
    min: 0,
    max: 2048,
    pattern: None,
    sensitive: true,
};

/// Passes `input` if it has the members' types and satisfies their constraints.
///
/// # Errors
/// `SerializationException` for a wrong JSON type, else `InvalidParameterException` that lists every
/// constraint broken. Members that the shape does not have are ignored, as AWS does.
pub(crate) fn check(members: &[Member], input: &Map<String, Value>) -> Result<(), ApiError> {
    let mut broken = Vec::new();
    for member in members {
        let path = lower_first(member.name);
        match (input.get(member.name), member.kind) {
            (None | Some(Value::Null), kind) => {
                if member.required {
                    let sensitive = matches!(kind, Kind::Text(Text { sensitive: true, .. }));
                    let value = if sensitive { "Value" } else { "Value null" };
                    broken.push(Broken::new(value, &path, "Member must not be null"));
                }
            }
            (Some(value), Kind::Text(rules)) => check_text(&rules, &path, as_text(value)?, &mut broken),
            (Some(value), Kind::Enum(values)) => {
                let value = as_text(value)?;
                if !values.contains(&value) {
                    let constraint = format!("Member must satisfy enum value set: [{}]", values.join(", "));
                    broken.push(Broken::new(&format!("Value '{value}'"), &path, &constraint));
                }
            }
            (Some(Value::Object(map)), Kind::Map) => {
                for value in map.values().filter(|value| !value.is_null()) {
                    as_text(value)?;
                }
            }
            (Some(Value::Array(list)), Kind::Attributes) => check_attributes(list, &path, &mut broken)?,
            (Some(Value::Object(_)), Kind::Structure) | (Some(Value::Bool(_)), Kind::Boolean) => {}
            (Some(_), _) => return Err(serialization("Unexpected field type")),
        }
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(report(&broken))
    }
}

fn check_attributes(list: &[Value], path: &str, broken: &mut Vec<Broken>) -> Result<(), ApiError> {
    for (index, attribute) in list.iter().enumerate() {
        let Some(attribute) = attribute.as_object() else {
            return Err(serialization("Unexpected field type"));
        };
        let path = |field: &str| format!("{path}.{}.member.{field}", index + 1);
        match attribute.get("Name") {
            None | Some(Value::Null) => {
                broken.push(Broken::new(
                    "Value null",
                    &path("name"),
                    "Member must not be null",
                ));
            }
            Some(name) => check_text(&ATTRIBUTE_NAME, &path("name"), as_text(name)?, broken),
        }
        if let Some(value) = attribute.get("Value").filter(|value| !value.is_null()) {
            check_text(&ATTRIBUTE_VALUE, &path("value"), as_text(value)?, broken);
        }
    }
    Ok(())
}

fn check_text(rules: &Text, path: &str, text: &str, broken: &mut Vec<Broken>) {
    let value = if rules.sensitive {
        "Value".to_owned()
    } else {
        format!("Value '{text}'")
    };
    let mut fail = |constraint: String| broken.push(Broken::new(&value, path, &constraint));
    // Java counts UTF-16 units.
    let length = text.encode_utf16().count();
    if let Some(pattern) = rules.pattern
        && !pattern.matches(text)
    {
        fail(format!(
            "Member must satisfy regular expression pattern: {}",
            pattern.regex()
        ));
    }
    if length < rules.min {
        fail(format!(
            "Member must have length greater than or equal to {}",
            rules.min
        ));
    }
    if length > rules.max {
        fail(format!(
            "Member must have length less than or equal to {}",
            rules.max
        ));
    }
}

fn as_text(value: &Value) -> Result<&str, ApiError> {
    match value {
        Value::String(text) => Ok(text),
        Value::Bool(true) => Err(serialization("TRUE_VALUE can not be converted to a String")),
        Value::Bool(false) => Err(serialization("FALSE_VALUE can not be converted to a String")),
        Value::Number(_) => Err(serialization("NUMBER_VALUE can not be converted to a String")),
        Value::Array(_) => Err(serialization("Start of list found where not expected")),
        Value::Object(_) => Err(serialization(
            "Start of structure or map found where not expected.",
        )),
        Value::Null => Ok(""),
    }
}

/// `SerializationException`: the body does not fit the shape at all.
pub(crate) fn serialization(message: &str) -> ApiError {
    ApiError::new("SerializationException", message)
}

struct Broken {
    message: String,
    path: String,
}

impl Broken {
    fn new(value: &str, path: &str, constraint: &str) -> Self {
        let message = format!("{value} at '{path}' failed to satisfy constraint: {constraint}");
        Self {
            message,
            path: path.to_owned(),
        }
    }
}

fn report(broken: &[Broken]) -> ApiError {
    let plural = if broken.len() == 1 { "" } else { "s" };
    let list: Vec<&str> = broken.iter().map(|broken| broken.message.as_str()).collect();
    let paths: Vec<&str> = broken.iter().map(|broken| broken.path.as_str()).collect();
    let message = format!(
        "{} validation error{plural} detected: {}",
        broken.len(),
        list.join("; ")
    );
    ApiError {
        reason: Some(format!("validation failed at {}", paths.join(", "))),
        ..invalid_parameter(message)
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(members: &[Member], input: Value) -> String {
        check(members, input.as_object().unwrap()).unwrap_err().message
    }

    #[test]
    fn a_sound_request_passes() {
        let input = json!({"ClientId": "abc", "Username": "ünï@example.com", "Password": "x", "Unknown": 1});
        assert_eq!(
            check(&[CLIENT_ID, USERNAME, PASSWORD], input.as_object().unwrap()),
            Ok(())
        );
    }

    #[test]
    fn constraints_are_worded_as_aws_words_them() {
        assert_eq!(
            message(&[PASSWORD], json!({"Password": "two words"})),
            "1 validation error detected: Value at 'password' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\S]+"
        );
        assert_eq!(
            message(&[USERNAME], json!({})),
            "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must not be null"
        );
        assert_eq!(
            message(&[USERNAME], json!({"Username": "a b"})),
            "1 validation error detected: Value at 'username' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
        );
        assert_eq!(
            message(&[USERNAME], json!({"Username": "a".repeat(129)})),
            "1 validation error detected: Value at 'username' failed to satisfy constraint: \
             Member must have length less than or equal to 128"
        );
        assert_eq!(
            message(&[one_of("AuthFlow", &["A", "B"])], json!({"AuthFlow": "C"})),
            "1 validation error detected: Value 'C' at 'authFlow' failed to satisfy constraint: \
             Member must satisfy enum value set: [A, B]"
        );
        assert!(
            message(&[CLIENT_ID, USERNAME], json!({}))
                .starts_with("2 validation errors detected: Value at 'clientId'")
        );
        assert!(
            message(
                &[attributes("UserAttributes")],
                json!({"UserAttributes": [{"Name": ""}]})
            )
            .contains("at 'userAttributes.1.member.name'")
        );
    }

    #[test]
    fn what_the_caller_sent_stays_out_of_the_log() {
        let input = json!({"ConfirmationCode": "123 456"});
        let error = check(&[CONFIRMATION_CODE], input.as_object().unwrap()).unwrap_err();
        assert!(error.message.contains("123 456"));
        assert_eq!(error.log_text(), "validation failed at confirmationCode");
    }

    #[test]
    fn wrong_json_types_are_serialization_errors() {
        for input in [
            json!({"Username": 1}),
            json!({"Username": []}),
            json!({"Username": {}}),
            json!({"Username": true}),
        ] {
            assert_eq!(
                check(&[USERNAME], input.as_object().unwrap()).unwrap_err().kind,
                "SerializationException"
            );
        }
        let input = json!({"AuthParameters": {"USERNAME": 1}});
        let error = check(&[map("AuthParameters")], input.as_object().unwrap()).unwrap_err();
        assert_eq!(error.kind, "SerializationException");
    }

    #[test]
    fn device_keys_and_invisible_characters() {
        assert!(Pattern::DeviceKey.matches("us-east-1_0a1b-2c"));
        assert!(!Pattern::DeviceKey.matches("us-east-1"));
        assert!(!Pattern::Visible.matches("a\u{200b}b"));
        assert!(Pattern::Visible.matches("ß✓٣…"));
    }
}
