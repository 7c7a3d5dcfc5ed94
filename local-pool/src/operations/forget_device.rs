//! ForgetDevice.

use serde_json::json;

use crate::pool::Pool;
use crate::pool::device::does_not_exist;
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

/// Refresh tokens of the device's sessions work no more; access tokens do until they expire (AWS's article
/// "Tracking and Remembering Devices Using Amazon Cognito Your User Pools").
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    pool.device_settings()?;
    let devices = &mut pool.user_mut(&bearer.username)?.devices;
    let forgotten = devices.remove(request.text("DeviceKey"));
    forgotten.map(|_| json!({})).ok_or_else(does_not_exist)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::devices::{confirmed, remember_devices};
    use crate::operations::testing::{perform, refused, world};

    #[test]
    fn a_forgotten_device_renews_no_tokens() {
        let mut world = world();
        remember_devices(&mut world);
        let (here, key) = confirmed(&mut world, "user@example.com");
        let (there, other_key) = confirmed(&mut world, "user@example.com");
        let forget = json!({"AccessToken": there["AccessToken"], "DeviceKey": key});
        perform(&mut world, "ForgetDevice", forget.clone()).unwrap();
        let renew = |tokens: &serde_json::Value, key: &str| json!({"RefreshToken": tokens["RefreshToken"], "DeviceKey": key});
        let refusal = refused(&mut world, "GetTokensFromRefreshToken", renew(&here, &key));
        assert_eq!(refusal.message, "Invalid Refresh Token");
        let list = json!({"AccessToken": here["AccessToken"]});
        let listed = perform(&mut world, "ListDevices", list).unwrap();
        assert_eq!(listed["Devices"].as_array().unwrap().len(), 1);
        assert_eq!(listed["Devices"][0]["DeviceKey"], other_key);
        assert!(perform(&mut world, "GetTokensFromRefreshToken", renew(&there, &other_key)).is_ok());
        assert_eq!(
            refused(&mut world, "ForgetDevice", forget).message,
            "Device does not exist."
        );
    }
}
