//! Groups of users.

use serde::{Deserialize, Serialize};

/// A group, whose name tokens carry in `cognito:groups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// The IAM role of `cognito:roles`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role_arn: Option<String>,
    /// The lowest number wins `cognito:preferred_role`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) precedence: Option<i64>,
    /// Seconds since the epoch.
    #[serde(default)]
    pub(crate) created_at: i64,
    #[serde(default)]
    pub(crate) modified_at: i64,
}
