//! Checks a request against its shape in AWS's service model and words the outcome as AWS does.

use serde_json::{Map, Value};

use self::shape::{ATTRIBUTE_NAME, ATTRIBUTE_VALUE, Kind, Member, Text};
use crate::protocol::{ApiError, invalid_parameter};

pub(crate) mod shape;
#[cfg(test)]
mod tests;

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
