//! Requests and errors as Cognito's JSON 1.1 protocol has them.

use serde_json::{Map, Value};

/// An operation's refusal: status 400, `__type`, `message` and the `x-amzn-errortype` header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    /// The exception's name, such as `NotAuthorizedException`.
    pub(crate) kind: String,
    /// What the service says about it.
    pub(crate) message: String,
    /// What the log says instead, where the message repeats input.
    pub(crate) reason: Option<String>,
}

impl ApiError {
    /// An error whose message may be logged.
    pub(crate) fn new(kind: &str, message: impl Into<String>) -> Self {
        Self {
            kind: kind.to_owned(),
            message: message.into(),
            reason: None,
        }
    }

    /// The same with what the log and the pages say in place of the message.
    pub(crate) fn because(self, reason: &str) -> Self {
        Self {
            reason: Some(reason.to_owned()),
            ..self
        }
    }

    /// The message without anything that came from the caller.
    pub(crate) fn log_text(&self) -> &str {
        self.reason.as_deref().unwrap_or(&self.message)
    }
}

/// What an operation answers.
pub(crate) type Outcome = Result<Value, ApiError>;

/// `NotAuthorizedException`.
pub(crate) fn not_authorized(message: &str) -> ApiError {
    ApiError::new("NotAuthorizedException", message)
}

/// `InvalidParameterException`.
pub(crate) fn invalid_parameter(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterException", message)
}

/// The one answer to a wrong password, a wrong proof and (where the client hides it) an unknown user.
pub(crate) fn incorrect_credentials() -> ApiError {
    not_authorized("Incorrect username or password.")
}

/// `CodeMismatchException`.
pub(crate) fn code_mismatch() -> ApiError {
    ApiError::new(
        "CodeMismatchException",
        "Invalid verification code provided, please try again.",
    )
}

/// `ExpiredCodeException`, also said where no code was ever sent.
pub(crate) fn expired_code() -> ApiError {
    ApiError::new(
        "ExpiredCodeException",
        "Invalid code provided, please request a code again.",
    )
}

/// `LimitExceededException`.
pub(crate) fn limit_exceeded() -> ApiError {
    ApiError::new(
        "LimitExceededException",
        "Attempt limit exceeded, please try after some time.",
    )
}

/// `UserNotFoundException` as sign-in says it.
pub(crate) fn user_does_not_exist() -> ApiError {
    ApiError::new("UserNotFoundException", "User does not exist.")
}

/// `UserNotFoundException` as the code operations say it.
pub(crate) fn username_not_found() -> ApiError {
    ApiError::new(
        "UserNotFoundException",
        "Username/client id combination not found.",
    )
}

/// `NotAuthorizedException` for a disabled user.
pub(crate) fn user_is_disabled() -> ApiError {
    not_authorized("User is disabled.")
}

/// A request's members, already checked against the operation's shape.
pub(crate) struct Request {
    members: Map<String, Value>,
}

impl Request {
    /// Wraps members that [`crate::model::Operation::check_input`] has passed.
    pub(crate) fn new(members: Map<String, Value>) -> Self {
        Self { members }
    }

    /// All members.
    pub(crate) fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    /// A text member; empty where it is absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.members.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A text member that is there.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// A member of any type.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// A boolean member.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.members.get(name)?.as_bool()
    }

    /// The texts of a list.
    pub(crate) fn texts(&self, list: &str) -> impl Iterator<Item = &str> {
        let list = self.members.get(list).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// An entry of a map of texts, such as `AuthParameters`.
    pub(crate) fn entry(&self, map: &str, key: &str) -> Option<&str> {
        self.members.get(map)?.get(key)?.as_str()
    }

    /// An entry that the operation cannot do without.
    pub(crate) fn required_entry(&self, map: &str, key: &str) -> Result<&str, ApiError> {
        self.entry(map, key)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| invalid_parameter(format!("Missing required parameter {key}")))
    }

    /// The entries of a map of texts.
    pub(crate) fn entries(&self, map: &str) -> impl Iterator<Item = (&str, &str)> {
        let map = self.members.get(map).and_then(Value::as_object);
        map.into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
    }

    /// Name and value of each of a list of attributes; a missing value is empty.
    pub(crate) fn attributes(&self, list: &str) -> impl Iterator<Item = (&str, &str)> {
        let list = self.members.get(list).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(|attribute| {
            let value = attribute.get("Value").and_then(Value::as_str).unwrap_or_default();
            Some((attribute.get("Name")?.as_str()?, value))
        })
    }
}
