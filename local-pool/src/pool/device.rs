//! Devices that sign-in remembers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Pool;
use super::settings::DeviceSettings;
use crate::protocol::ApiError;

/// Where every caller is: the server listens on the loopback interface alone.
pub(crate) const CALLERS_ADDRESS: &str = "127.0.0.1";

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

impl Device {
    /// `DeviceType`, with the attributes that its user is told.
    pub(crate) fn describe(&self) -> Value {
        let attributes = [
            ("device_status", Some("valid")),
            ("device_name", self.name.as_deref()),
            ("last_ip_used", Some(CALLERS_ADDRESS)),
        ];
        let attributes: Vec<Value> = attributes
            .into_iter()
            .filter_map(|(name, value)| Some(json!({"Name": name, "Value": value?})))
            .collect();
        json!({
            "DeviceKey": self.key,
            "DeviceAttributes": attributes,
            "DeviceCreateDate": self.created_at,
            "DeviceLastModifiedDate": self.modified_at,
            "DeviceLastAuthenticatedDate": self.last_authenticated_at,
        })
    }
}

/// The refusal of a DeviceKey that is not the user's.
pub(crate) fn does_not_exist() -> ApiError {
    ApiError::new("ResourceNotFoundException", "Device does not exist.")
}

impl Pool {
    /// How the pool remembers devices.
    ///
    /// # Errors
    /// `InvalidUserPoolConfigurationException` if it does not.
    pub(crate) fn device_settings(&self) -> Result<DeviceSettings, ApiError> {
        self.settings().devices.ok_or_else(|| {
            let message = "The user pool is not configured to remember devices.";
            ApiError::new("InvalidUserPoolConfigurationException", message)
        })
    }

    /// A device of a user's, to be changed.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn device_mut(&mut self, username: &str, key: &str) -> Result<&mut Device, ApiError> {
        let user = self.kept.users.get_mut(username);
        user.and_then(|user| user.devices.get_mut(key))
            .ok_or_else(does_not_exist)
    }
}
