//! The Filter of ListUsers: `name = "value"` or `name ^= "value"` (API reference, ListUsers).

use serde_json::json;

use crate::pool::user::User;
use crate::protocol::{ApiError, invalid_parameter};

/// What can be searched for.
const SEARCHABLE: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

/// A filter as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    attribute: &'static str,
    by_prefix: bool,
    value: String,
}

impl Filter {
    /// Reads a filter; an empty one is none.
    ///
    /// # Errors
    /// `InvalidParameterException` for what is no filter, or one for something that cannot be searched for.
    pub(super) fn read(text: &str) -> Result<Option<Self>, ApiError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || invalid_parameter("Error while parsing filter.");
        let (head, value) = text.split_once('=').ok_or_else(wrong)?;
        let (name, by_prefix) = match head.strip_suffix('^') {
            Some(name) => (name, true),
            None => (head, false),
        };
        let name = name.trim().trim_matches('"');
        let attribute = SEARCHABLE.into_iter().find(|searchable| *searchable == name);
        Ok(Some(Self {
            attribute: attribute.ok_or_else(wrong)?,
            by_prefix,
            value: quoted(value.trim()).ok_or_else(wrong)?,
        }))
    }

    /// Whether the user is one of those looked for.
    pub(super) fn passes(&self, user: &User) -> bool {
        let (status, enabled) = (
            json!(user.status),
            if user.enabled { "Enabled" } else { "Disabled" },
        );
        let value = match self.attribute {
            "username" => &user.username,
            "sub" => &user.sub,
            "status" => enabled,
            "cognito:user_status" => status.as_str().unwrap_or_default(),
            attribute => user.attribute(attribute),
        };
        let fold = |text: &str| match self.attribute {
            "username" | "status" => text.to_owned(),
            _ => text.to_lowercase(),
        };
        let (value, wanted) = (fold(value), fold(&self.value));
        if self.by_prefix {
            value.starts_with(&wanted)
        } else {
            value == wanted
        }
    }
}

/// The text between quotation marks, in which a backslash makes the character after it an ordinary one.
fn quoted(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match rest.next()? {
            '"' => return rest.as_str().is_empty().then_some(value),
            '\\' => value.push(rest.next()?),
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::user::Status;

    fn ada() -> User {
        let mut user = User::new("Ada".to_owned(), "1f".to_owned(), Status::ForceChangePassword, 0);
        for (name, value) in [("email", "Ada@example.com"), ("family_name", "O\"Neill")] {
            user.attributes.insert(name.to_owned(), value.to_owned());
        }
        user
    }

    #[test]
    fn filters_find_by_value_and_by_prefix() {
        for (filter, finds) in [
            (r#"username = "Ada""#, true),
            (r#"username = "ada""#, false),
            (r#"email = "ada@example.com""#, true),
            (r#"email="ada@example.com""#, true),
            (r#""email" ^= "ada@""#, true),
            (r#"email = "ada@""#, false),
            (r#"family_name = "o\"neill""#, true),
            (r#"sub ^= "1""#, true),
            (r#"cognito:user_status = "force_change_password""#, true),
            (r#"status = "Enabled""#, true),
            (r#"status = "enabled""#, false),
            (r#"status = "Disabled""#, false),
            (r#"given_name ^= """#, true),
            (r#"given_name = "Ada""#, false),
        ] {
            let read = Filter::read(filter).unwrap().unwrap();
            assert_eq!(read.passes(&ada()), finds, "{filter}");
        }
        assert_eq!(Filter::read(" "), Ok(None));
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for filter in [
            "email",
            "email = ada",
            r#"email = "ada"#,
            r#"email = "ada" and name = "x""#,
            r#"email ~= "ada""#,
            r#"custom:plan = "free""#,
            r#"= "ada""#,
            r#"email = "ada\"#,
        ] {
            let refusal = Filter::read(filter).unwrap_err();
            assert_eq!(refusal.kind, "InvalidParameterException", "{filter}");
        }
    }
}
