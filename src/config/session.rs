//! How long a session may last.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The limits of a session: the section `custom.cognito.session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLimits {
    /// `idle_minutes`: a session nobody touches for this long ends.
    pub idle: Option<Duration>,
    /// `idle_warning_seconds`: how long ahead of that, and of the end of its lifetime, people are warned; shorter than
    /// both.
    pub idle_warning: Duration,
    /// `lifetime_minutes`: a session ends this long after its sign-in, whatever happens.
    pub lifetime: Option<Duration>,
    /// `closed_seconds`: how long a session outlasts the last page of the site, as over a reload.
    pub closed: Duration,
    /// `revoke_when_closed`: whether such a session is revoked then, and not merely forgotten.
    pub revoke_when_closed: bool,
}

impl Default for SessionLimits {
    /// No limits, and half a minute for a reload.
    fn default() -> Self {
        Self {
            idle: None,
            idle_warning: Duration::from_secs(60),
            lifetime: None,
            closed: Duration::from_secs(30),
            revoke_when_closed: false,
        }
    }
}
