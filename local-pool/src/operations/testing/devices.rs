//! Devices, as the tests of several operations need them.

use serde_json::{Value, json};

use super::{allow, perform, pool};
use crate::pool::settings::DeviceSettings;
use crate::seed::USERS;
use crate::world::World;

/// Makes the pool remember devices.
pub(crate) fn remember_devices(world: &mut World) -> &mut DeviceSettings {
    let devices = &mut pool(world).kept.settings.devices;
    devices.insert(DeviceSettings::default())
}

/// AuthenticationResult, with NewDeviceMetadata, of a sign-in of `email` on a new device.
pub(crate) fn signed_in(world: &mut World, email: &str) -> Value {
    allow(world, "ALLOW_USER_PASSWORD_AUTH");
    let user = USERS.iter().find(|user| user.email == email).unwrap();
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": email, "PASSWORD": user.password},
    });
    perform(world, "InitiateAuth", input).unwrap()["AuthenticationResult"].clone()
}

/// ConfirmDevice for the device that a sign-in was offered.
pub(crate) fn confirmation(tokens: &Value) -> Value {
    json!({
        "AccessToken": tokens["AccessToken"],
        "DeviceKey": tokens["NewDeviceMetadata"]["DeviceKey"],
        "DeviceName": "laptop",
        "DeviceSecretVerifierConfig": {"Salt": "AP8=", "PasswordVerifier": "AQI="},
    })
}

/// A sign-in of `email` on a new device that was confirmed, and its DeviceKey.
pub(crate) fn confirmed(world: &mut World, email: &str) -> (Value, String) {
    let tokens = signed_in(world, email);
    perform(world, "ConfirmDevice", confirmation(&tokens)).unwrap();
    let key = tokens["NewDeviceMetadata"]["DeviceKey"]
        .as_str()
        .unwrap()
        .to_owned();
    (tokens, key)
}
