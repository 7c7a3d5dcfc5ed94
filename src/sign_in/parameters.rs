//! ChallengeParameters.

use std::collections::BTreeMap;

use super::SignInError;
use crate::cognito::{CodeDelivery, Medium};

pub(super) struct Parameters(pub BTreeMap<String, String>);

impl Parameters {
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    pub fn require(&self, key: &'static str) -> Result<&str, SignInError> {
        self.get(key).ok_or(SignInError::Missing(key))
    }

    /// The service's own name for the user, which is not what was typed where that is an alias.
    pub fn user(&self) -> Option<&str> {
        self.get("USER_ID_FOR_SRP").or_else(|| self.get("USERNAME"))
    }

    /// A JSON array in text, such as `["SMS_MFA"]`.
    pub fn list(&self, key: &str) -> Option<Vec<String>> {
        self.get(key).and_then(|text| serde_json::from_str(text).ok())
    }

    pub fn require_list(&self, key: &'static str) -> Result<Vec<String>, SignInError> {
        self.list(key).ok_or(SignInError::Missing(key))
    }

    pub fn delivery(&self) -> CodeDelivery {
        CodeDelivery {
            destination: self.get("CODE_DELIVERY_DESTINATION").map(str::to_owned),
            medium: self
                .get("CODE_DELIVERY_DELIVERY_MEDIUM")
                .map(|medium| match medium {
                    "EMAIL" => Medium::Email,
                    "SMS" => Medium::Sms,
                    _ => Medium::Other,
                }),
            attribute: None,
        }
    }
}
