//! Devices that sign-in remembers.

use serde::{Deserialize, Serialize};

/// A device that has been confirmed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Device {
    pub(crate) key: String,
    pub(crate) group_key: String,
    pub(crate) name: Option<String>,
    /// The device's own SRP password: salt and verifier, in hex.
    pub(crate) salt: String,
    pub(crate) verifier: String,
    /// Whether it may stand in for a second factor.
    pub(crate) remembered: bool,
    /// Seconds since the epoch.
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
    pub(crate) last_authenticated_at: i64,
}
