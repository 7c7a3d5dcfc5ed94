//! UpdateDeviceStatus.

use serde_json::json;

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

/// Without DeviceRememberedStatus, which the model does not require, nothing changes.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    pool.device_settings()?;
    let now = pool.now();
    let device = pool.device_mut(&bearer.username, request.text("DeviceKey"))?;
    if let Some(status) = request.given("DeviceRememberedStatus") {
        device.remembered = status == "remembered";
        device.modified_at = now;
    }
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::devices::{confirmed, remember_devices, signed_in};
    use crate::operations::testing::{perform, refused, world};

    #[test]
    fn a_device_that_is_not_remembered_is_not_told_of() {
        let mut world = world();
        remember_devices(&mut world).only_remembered_on_user_prompt = true;
        let (tokens, key) = confirmed(&mut world, "user@example.com");
        let device = json!({"AccessToken": tokens["AccessToken"], "DeviceKey": key});
        let update = |status: &str| {
            let mut input = device.clone();
            input["DeviceRememberedStatus"] = json!(status);
            input
        };
        let told = |world: &mut crate::world::World| {
            let list = json!({"AccessToken": tokens["AccessToken"]});
            let listed = perform(world, "ListDevices", list).unwrap()["Devices"] != json!([]);
            let got = perform(world, "GetDevice", device.clone());
            if let Err(refusal) = &got {
                assert_eq!(refusal.message, "Device does not exist.");
            }
            assert_eq!(got.is_ok(), listed);
            listed
        };
        assert!(!told(&mut world));
        for (status, is_told) in [
            ("remembered", true),
            ("not_remembered", false),
            ("remembered", true),
        ] {
            assert_eq!(
                perform(&mut world, "UpdateDeviceStatus", update(status)).unwrap(),
                json!({})
            );
            assert_eq!(told(&mut world), is_told, "{status}");
        }
        perform(&mut world, "UpdateDeviceStatus", device.clone()).unwrap();
        assert!(told(&mut world));
        let wrong = refused(&mut world, "UpdateDeviceStatus", update("lost"));
        assert_eq!(wrong.kind, "InvalidParameterException");
    }

    #[test]
    fn nobody_elses_device_and_none_unconfirmed_can_be_remembered() {
        let mut world = world();
        remember_devices(&mut world);
        let (_, key) = confirmed(&mut world, "user@example.com");
        let admin = signed_in(&mut world, "admin@example.com");
        for key in [json!(key), admin["NewDeviceMetadata"]["DeviceKey"].clone()] {
            let input = json!({
                "AccessToken": admin["AccessToken"],
                "DeviceKey": key,
                "DeviceRememberedStatus": "remembered",
            });
            for operation in ["UpdateDeviceStatus", "GetDevice", "ForgetDevice"] {
                let refusal = refused(&mut world, operation, input.clone());
                assert_eq!(refusal.kind, "ResourceNotFoundException", "{operation}");
            }
        }
    }
}
