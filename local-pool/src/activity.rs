//! What the pool was asked and what came of it, without secrets: for people on standard output, for tests
//! as JSON.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

use crate::protocol::{Outcome, Request};

const KEPT: usize = 2000;

/// One operation handled.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) operation: String,
    /// AuthFlow or ChallengeName, where the request has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) flow: Option<String>,
    /// `ok`, the name of the challenge that follows, an exception's name, or what a fault did.
    pub(crate) outcome: String,
    /// Whether a fault was injected.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) fault: bool,
    /// The pool's time, in seconds since the epoch.
    pub(crate) at: i64,
}

/// The operations handled, oldest first.
#[derive(Default)]
pub(crate) struct Activity {
    entries: VecDeque<Entry>,
}

impl Activity {
    /// Notes an operation.
    pub(crate) fn note(&mut self, entry: Entry) {
        self.entries.push_back(entry);
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    /// The operations handled, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// AuthFlow or ChallengeName of a request, if it is one of the names that the service knows.
pub(crate) fn flow(request: &Request) -> Option<String> {
    let name = [request.text("AuthFlow"), request.text("ChallengeName")].concat();
    let known = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    known.then_some(name)
}

/// The user name that a request speaks of.
pub(crate) fn username(request: &Request) -> Option<&str> {
    [
        Some(request.text("Username")),
        request.entry("AuthParameters", "USERNAME"),
    ]
    .into_iter()
    .chain([request.entry("ChallengeResponses", "USERNAME")])
    .flatten()
    .find(|name| !name.is_empty())
}

/// `user@…`: an address as the log shows it.
pub(crate) fn shortened(email: &str) -> String {
    let (local, _) = email.split_once('@').unwrap_or((email, ""));
    let local: String = local.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("{local}@…")
}

/// One word for an outcome.
pub(crate) fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Ok(body) => body
            .get("ChallengeName")
            .and_then(Value::as_str)
            .unwrap_or("ok")
            .to_owned(),
        Err(error) => error.kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(value: &Value) -> Request {
        Request::new(value.as_object().unwrap().clone())
    }

    #[test]
    fn a_request_is_told_by_flow_and_user() {
        let request = request(&json!({"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "a@b.c"}}));
        assert_eq!(flow(&request).as_deref(), Some("USER_SRP_AUTH"));
        assert_eq!(username(&request), Some("a@b.c"));
        assert_eq!(shortened("user@example.com"), "user@…");
        assert_eq!(shortened("a\nb@example.com"), "ab@…");
    }

    #[test]
    fn what_is_no_flow_is_not_logged_as_one() {
        assert_eq!(flow(&request(&json!({"AuthFlow": "my password"}))), None);
    }
}
