//! Failures on demand, for tests of what a client does about them.

use serde::{Deserialize, Serialize};

use crate::protocol::ApiError;

/// What to spoil of a response's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Body {
    /// The first half of what would have been sent.
    Truncated,
    /// Not JSON at all.
    Malformed,
}

fn once() -> u32 {
    1
}

/// A failure of the next `times` calls of an operation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// An operation's name, `*` for any, or the path of an OAuth endpoint.
    pub(crate) operation: String,
    #[serde(default = "once")]
    pub(crate) times: u32,
    /// With a status (or type) the operation is not carried out.
    pub(crate) status: Option<u16>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) message: Option<String>,
    /// How long to wait first.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Closes the connection without an answer.
    #[serde(default)]
    pub(crate) drop: bool,
    /// Carries the call out, and closes the connection instead of answering.
    #[serde(default)]
    pub(crate) lose: bool,
    pub(crate) body: Option<Body>,
}

impl Body {
    /// What becomes of a response's body.
    pub(crate) fn spoiled(self, body: &str) -> String {
        match self {
            Self::Truncated => body.chars().take(body.chars().count() / 2).collect(),
            Self::Malformed => "<html><body>Service Unavailable</body></html>".to_owned(),
        }
    }
}

impl Fault {
    /// Status and error to answer with instead of carrying the operation out, if the fault has any.
    pub(crate) fn refusal(&self) -> Option<(u16, ApiError)> {
        if self.status.is_none() && self.kind.is_none() {
            return None;
        }
        let status = self.status.unwrap_or(400);
        let kind = self.kind.as_deref().unwrap_or("InternalErrorException");
        Some((
            status,
            ApiError::new(kind, self.message.as_deref().unwrap_or("Injected fault")),
        ))
    }
}

/// The faults to come.
#[derive(Default)]
pub(crate) struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    /// Adds a fault behind those that wait already.
    pub(crate) fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    /// The fault that strikes this call of `operation`, or of the endpoint at that path.
    pub(crate) fn strike(&mut self, operation: &str) -> Option<Fault> {
        self.waiting.retain(|fault| fault.times > 0);
        let is_operation = !operation.starts_with('/');
        let fault = self
            .waiting
            .iter_mut()
            .find(|fault| fault.operation == operation || (fault.operation == "*" && is_operation))?;
        fault.times -= 1;
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_fault_strikes_its_operation_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(fault(r#"{"operation": "GetUser", "times": 2, "status": 500}"#));
        assert!(faults.strike("SignUp").is_none());
        assert!(faults.strike("GetUser").is_some() && faults.strike("GetUser").is_some());
        assert!(faults.strike("GetUser").is_none());
        faults.add(fault(r#"{"operation": "*"}"#));
        assert!(faults.strike("/oauth2/token").is_none());
        assert!(faults.strike("SignUp").is_some());
        assert!(faults.strike("SignUp").is_none());
    }

    #[test]
    fn a_delay_alone_lets_the_operation_be_carried_out() {
        assert_eq!(
            fault(r#"{"operation": "GetUser", "delay_ms": 5}"#).refusal(),
            None
        );
        let (status, error) = fault(r#"{"operation": "GetUser", "type": "TooManyRequestsException"}"#)
            .refusal()
            .unwrap();
        assert_eq!((status, error.kind.as_str()), (400, "TooManyRequestsException"));
        assert_eq!(
            fault(r#"{"operation": "GetUser", "status": 503}"#)
                .refusal()
                .unwrap()
                .0,
            503
        );
    }
}
