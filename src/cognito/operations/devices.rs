//! Devices that the pool remembers.

use serde::{Deserialize, Serialize};

use super::{Attribute, Empty, Operation, epoch_seconds, operation};
use crate::{ports::UnixMillis, token::AccessToken};

/// Registers a device with what it will prove itself by.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmDevice {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The device, from `NewDeviceMetadata`.
    pub device_key: String,
    /// What the service is to hold the device's proof against.
    pub device_secret_verifier_config: DeviceSecretVerifierConfig,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
}
operation!(ConfirmDevice, idempotent: false, ConfirmDeviceResponse);

/// `DeviceSecretVerifierConfigType`; see [`DeviceVerifier`](crate::srp::DeviceVerifier).
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeviceSecretVerifierConfig {
    /// base64.
    pub salt: String,
    /// base64.
    pub password_verifier: String,
}

/// The answer to [`ConfirmDevice`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConfirmDeviceResponse {
    /// The pool wants the person to be asked whether the device is to be remembered.
    #[serde(default)]
    pub user_confirmation_necessary: bool,
}

/// Remembers a device, or does so no longer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateDeviceStatus {
    /// The user's access token.
    pub access_token: AccessToken,
    /// The device.
    pub device_key: String,
    /// `remembered` or `not_remembered`.
    pub device_remembered_status: &'static str,
}
operation!(UpdateDeviceStatus, idempotent: true, Empty);

/// Lists the devices that the pool remembers for the user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListDevices {
    /// The user's access token.
    pub access_token: AccessToken,
    /// How many at most; 60 can be asked for.
    pub limit: u8,
    /// Where the page begins that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination_token: Option<String>,
}
operation!(ListDevices, idempotent: true, ListDevicesResponse);

/// The answer to [`ListDevices`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListDevicesResponse {
    /// This page's.
    #[serde(default)]
    pub devices: Vec<Device>,
    /// Where the next page begins, if there is one.
    pub pagination_token: Option<String>,
}

/// A device that the pool remembers (`DeviceType`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Device {
    /// Its name for programs.
    #[serde(default)]
    pub device_key: String,
    /// What the service tells of it, such as `device_name` and `last_ip_used`.
    #[serde(default, rename = "DeviceAttributes")]
    pub attributes: Vec<Attribute>,
    /// When it was first signed in on.
    #[serde(default, rename = "DeviceCreateDate", with = "epoch_seconds")]
    pub created_at: Option<UnixMillis>,
    /// When it last changed.
    #[serde(default, rename = "DeviceLastModifiedDate", with = "epoch_seconds")]
    pub modified_at: Option<UnixMillis>,
    /// When it was last signed in on.
    #[serde(default, rename = "DeviceLastAuthenticatedDate", with = "epoch_seconds")]
    pub last_authenticated_at: Option<UnixMillis>,
    /// Whether it is the one that the session is on. The engine knows; the service does not tell.
    #[serde(default)]
    pub is_current: bool,
}

impl Device {
    /// The value of an attribute, such as `device_name`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value.as_str())
    }
}

/// What the pool has of one device.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetDevice {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Which one.
    pub device_key: String,
}
operation!(GetDevice, idempotent: true, GetDeviceResponse);

/// The answer to [`GetDevice`].
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetDeviceResponse {
    /// The device.
    pub device: Device,
}

/// Has the pool forget a device. Its refresh tokens work no more.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ForgetDevice {
    /// The user's access token.
    pub access_token: AccessToken,
    /// Which one.
    pub device_key: String,
}
operation!(ForgetDevice, idempotent: true, Empty);
