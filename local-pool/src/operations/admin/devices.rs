//! AdminListDevices, AdminForgetDevice, AdminUpdateDeviceStatus.

use serde_json::json;

use super::page::page;
use super::username;
use crate::pool::Pool;
use crate::pool::device::does_not_exist;
use crate::protocol::{ApiError, Outcome, Request};

/// Lists remembered devices. The model has no `UserNotFoundException` for this operation.
pub(super) fn list(pool: &mut Pool, request: &Request) -> Outcome {
    pool.device_settings()?;
    let unknown = |error: ApiError| ApiError::new("ResourceNotFoundException", error.message);
    let user = pool.user(&username(pool, request).map_err(unknown)?)?;
    let devices = user.devices.values().filter(|device| device.remembered);
    let devices = devices.map(|device| (device.key.as_str(), device.describe()));
    let page = page(request, "Limit", "PaginationToken", devices)?;
    let mut answer = json!({"Devices": page.entries});
    if let Some(next) = page.next {
        answer["PaginationToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn forget(pool: &mut Pool, request: &Request) -> Outcome {
    pool.device_settings()?;
    let username = username(pool, request)?;
    let forgotten = pool
        .user_mut(&username)?
        .devices
        .remove(request.text("DeviceKey"));
    forgotten.map(|_| json!({})).ok_or_else(does_not_exist)
}

pub(super) fn update_status(pool: &mut Pool, request: &Request) -> Outcome {
    pool.device_settings()?;
    let (username, now) = (username(pool, request)?, pool.now());
    let device = pool.device_mut(&username, request.text("DeviceKey"))?;
    if let Some(status) = request.given("DeviceRememberedStatus") {
        device.remembered = status == "remembered";
        device.modified_at = now;
    }
    Ok(json!({}))
}
