//! GetDevice.

use serde_json::json;

use crate::pool::Pool;
use crate::pool::device::does_not_exist;
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

/// Tells of remembered devices only, like ListDevices.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    pool.device_settings()?;
    let device = pool.device_mut(&bearer.username, request.text("DeviceKey"))?;
    if device.remembered {
        Ok(json!({"Device": device.describe()}))
    } else {
        Err(does_not_exist())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::devices::{confirmed, remember_devices};
    use crate::operations::testing::{perform, pool, world};

    #[test]
    fn a_device_has_a_status_a_name_an_address_and_dates() {
        let mut world = world();
        remember_devices(&mut world);
        let (tokens, key) = confirmed(&mut world, "user@example.com");
        let input = json!({"AccessToken": tokens["AccessToken"], "DeviceKey": key});
        let answer = perform(&mut world, "GetDevice", input.clone()).unwrap();
        let now = pool(&mut world).now();
        let created = answer["Device"]["DeviceCreateDate"].as_i64().unwrap();
        assert!((now - 5..=now).contains(&created), "{created}");
        assert_eq!(
            answer,
            json!({"Device": {
                "DeviceKey": key,
                "DeviceAttributes": [
                    {"Name": "device_status", "Value": "valid"},
                    {"Name": "device_name", "Value": "laptop"},
                    {"Name": "last_ip_used", "Value": "127.0.0.1"},
                ],
                "DeviceCreateDate": created,
                "DeviceLastModifiedDate": created,
                "DeviceLastAuthenticatedDate": answer["Device"]["DeviceLastAuthenticatedDate"],
            }})
        );
        let user = pool(&mut world)
            .find("user@example.com")
            .unwrap()
            .username
            .clone();
        pool(&mut world).device_mut(&user, &key).unwrap().name = None;
        let answer = perform(&mut world, "GetDevice", input).unwrap();
        let attributes = answer["Device"]["DeviceAttributes"].as_array().unwrap();
        assert!(
            attributes
                .iter()
                .all(|attribute| attribute["Name"] != "device_name")
        );
    }
}
