//! The device's own proof: DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.

use serde::{Deserialize, Serialize};

use super::Attempt;
use crate::token::DevicePassword;

/// A device that the pool knows, and what it proves itself by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedDevice {
    /// The pool's name for it.
    pub key: String,
    /// What takes the pool's place in the proof.
    pub group_key: String,
    /// The device's own password.
    pub password: DevicePassword,
}

impl Attempt {
    pub(super) fn device_key(&self) -> Option<&str> {
        self.device.as_ref().map(|device| device.key.as_str())
    }
}
