//! AWS's words for input that does not fit. `SerializationException` is worded as services of the same
//! protocol, AWS JSON 1.1, word it.

use serde_json::Value;

use super::check::Broken;
use super::shape::Kind;
use crate::protocol::{ApiError, invalid_parameter};

/// `InvalidParameterException` for constraints that do not hold. The log has the places only.
pub(super) fn report(broken: &[Broken]) -> ApiError {
    let messages = broken.iter().map(|broken| {
        let space = if broken.value.is_empty() { "" } else { " " };
        format!(
            "Value{space}{} at '{}' failed to satisfy constraint: {}",
            broken.value, broken.place.shown, broken.constraint
        )
    });
    let places: Vec<&str> = broken.iter().map(|broken| broken.place.logged.as_str()).collect();
    let message = format!(
        "{} validation error{} detected: {}",
        broken.len(),
        if broken.len() == 1 { "" } else { "s" },
        messages.collect::<Vec<_>>().join("; ")
    );
    ApiError {
        reason: Some(format!("validation failed at {}", places.join(", "))),
        ..invalid_parameter(message)
    }
}

/// The message of `SerializationException` for a value of a wrong JSON type.
pub(super) fn mismatch_message(expected: &Kind, found: &Value) -> String {
    let found = match found {
        Value::Array(_) => return "Start of list found where not expected".to_owned(),
        Value::Object(_) => return "Start of structure or map found where not expected.".to_owned(),
        Value::String(_) => "STRING_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Null => "NULL_VALUE",
    };
    let expected = match expected {
        Kind::Structure(_) => return "Expected null".to_owned(),
        Kind::List(_) => return "Expected list or null".to_owned(),
        Kind::Map { .. } => return "Expected map or null".to_owned(),
        Kind::Integer => "an Integer",
        Kind::Boolean => "a Boolean",
        Kind::Timestamp => "a Date",
        Kind::Text | Kind::Document => "a String",
    };
    format!("{found} can not be converted to {expected}")
}

/// A value as Java prints it.
pub(super) fn render(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(render).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}={}", render(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
