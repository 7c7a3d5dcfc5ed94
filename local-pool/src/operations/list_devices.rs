//! ListDevices.

use serde_json::{Map, Value, json};

use crate::pool::Pool;
use crate::pool::device::Device;
use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::tokens::Bearer;

/// The most that Limit may ask for (`QueryLimitType`).
const MOST: usize = 60;

/// Lists remembered devices; PaginationToken is the DeviceKey of the last that was listed.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    pool.device_settings()?;
    let region = pool.kept.id.split('_').next().unwrap_or_default();
    let after = request.text("PaginationToken");
    let is_ours = after
        .strip_prefix(region)
        .is_some_and(|rest| rest.starts_with('_'));
    if !after.is_empty() && !is_ours {
        return Err(invalid_parameter("Invalid pagination token given."));
    }
    let limit = request.value("Limit").and_then(Value::as_u64).unwrap_or_default();
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0);
    let limit = limit.unwrap_or(MOST).min(MOST);
    let user = pool.user(&bearer.username)?;
    let remembered = |device: &&Device| device.remembered && device.key.as_str() > after;
    let devices: Vec<&Device> = user.devices.values().filter(remembered).collect();
    let page = devices.get(..limit).unwrap_or(&devices);
    let mut answer = Map::new();
    let described: Value = page.iter().map(|device| device.describe()).collect();
    answer.insert("Devices".to_owned(), described);
    if let Some(last) = page.last().filter(|_| devices.len() > limit) {
        answer.insert("PaginationToken".to_owned(), json!(last.key));
    }
    Ok(Value::Object(answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::devices::{confirmed, remember_devices};
    use crate::operations::testing::{perform, refused, world};

    #[test]
    fn pages_follow_each_other_and_tell_every_device_once() {
        let mut world = world();
        remember_devices(&mut world);
        let mut keys: Vec<String> = (0..5)
            .map(|_| confirmed(&mut world, "user@example.com").1)
            .collect();
        keys.sort();
        confirmed(&mut world, "admin@example.com");
        let (tokens, key) = confirmed(&mut world, "user@example.com");
        let forget = json!({"AccessToken": tokens["AccessToken"], "DeviceKey": key});
        perform(&mut world, "ForgetDevice", forget).unwrap();
        let mut input = json!({"AccessToken": tokens["AccessToken"], "Limit": 2});
        let (mut told, mut sizes) = (Vec::new(), Vec::new());
        loop {
            let page = perform(&mut world, "ListDevices", input.clone()).unwrap();
            let devices = page["Devices"].as_array().unwrap();
            sizes.push(devices.len());
            told.extend(
                devices
                    .iter()
                    .map(|device| device["DeviceKey"].as_str().unwrap().to_owned()),
            );
            let Some(next) = page.get("PaginationToken") else {
                break;
            };
            input["PaginationToken"] = next.clone();
        }
        assert_eq!((sizes, told), (vec![2, 2, 1], keys));
        input.as_object_mut().unwrap().remove("PaginationToken");
        for limit in [0, 5, 60] {
            input["Limit"] = json!(limit);
            let page = perform(&mut world, "ListDevices", input.clone()).unwrap();
            assert_eq!(page["Devices"].as_array().unwrap().len(), 5, "{limit}");
            assert!(page.get("PaginationToken").is_none(), "{limit}");
        }
        for (name, value) in [("Limit", json!(61)), ("PaginationToken", json!("made-up"))] {
            let mut wrong = input.clone();
            wrong[name] = value;
            let refusal = refused(&mut world, "ListDevices", wrong);
            assert_eq!(refusal.kind, "InvalidParameterException", "{name}");
        }
    }
}
