//! Devices: NewDeviceMetadata, DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.

use serde_json::{Value, json};

use super::password::{SKEW_SECONDS, parse_timestamp};
use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, next, required};
use crate::pool::Pool;
use crate::pool::device::{Device, does_not_exist};
use crate::protocol::{ApiError, Outcome, Request, incorrect_credentials, invalid_parameter};
use crate::srp::{Claim, Exchange};
use crate::{clock, srp};

fn device<'a>(pool: &'a Pool, username: &str, key: &str) -> Option<&'a Device> {
    pool.kept.users.get(username)?.devices.get(key)
}

/// Passes a DEVICE_KEY of the user's, and any where the pool does not remember devices.
///
/// # Errors
/// `ResourceNotFoundException`.
pub(super) fn check(pool: &Pool, username: &str, key: &str) -> Result<(), ApiError> {
    if pool.settings().devices.is_none() || device(pool, username, key).is_some() {
        Ok(())
    } else {
        Err(does_not_exist())
    }
}

/// The remembered device that the flow names.
pub(super) fn remembered(pool: &Pool, flow: &Flow) -> Option<Device> {
    pool.settings().devices?;
    let device = device(pool, &flow.username, flow.device_key.as_deref()?)?;
    device.remembered.then(|| device.clone())
}

/// DeviceKey and DeviceGroupKey for a sign-in on a device that is not known yet.
pub(super) fn offer(pool: &Pool, flow: &Flow) -> Option<(String, String)> {
    pool.settings().devices?;
    let known = flow.device_key.as_deref();
    if known.is_some_and(|key| device(pool, &flow.username, key).is_some()) {
        return None;
    }
    let region = pool.kept.id.split('_').next().unwrap_or_default();
    let random = &pool.shared.random;
    Some((
        format!("{region}_{}", random.uuid()),
        format!("-{}", random.word(9)),
    ))
}

/// Notes a sign-in on a known device.
pub(super) fn note_use(pool: &mut Pool, flow: &Flow) {
    let now = pool.now();
    let user = pool.kept.users.get_mut(&flow.username);
    let device = user
        .zip(flow.device_key.as_ref())
        .and_then(|(user, key)| user.devices.get_mut(key));
    if let Some(device) = device {
        device.last_authenticated_at = now;
    }
}

/// Asks for the device's SRP_A.
pub(super) fn challenge(pool: &mut Pool, flow: Flow) -> Value {
    let parameters = json!({
        "DEVICE_KEY": flow.device_key,
        "USERNAME": flow.username,
    });
    super::challenge(pool, flow, Awaiting::Device, "DEVICE_SRP_AUTH", parameters)
}

/// An answer to DEVICE_SRP_AUTH: gives DEVICE_PASSWORD_VERIFIER.
///
/// # Errors
/// `NotAuthorizedException` for another device; `InvalidParameterException` for an invalid `SRP_A`.
pub(crate) fn answer_srp(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    if !matches!(open.awaiting, Awaiting::Device) {
        return Err(invalid());
    }
    let device = named_device(pool, &open.flow, request)?;
    let srp_a = required(request, "SRP_A")?;
    let verifier = srp::from_hex(&device.verifier).ok_or_else(incorrect_credentials)?;
    let exchange = Exchange::start(srp_a, &verifier, &pool.shared.random)
        .ok_or_else(|| invalid_parameter("Invalid SRP_A"))?;
    pool.sessions.spend(&open.ticket);
    let secret_block = srp::encode_block(&pool.shared.random.bytes(640));
    let parameters = json!({
        "DEVICE_KEY": device.key,
        "SALT": device.salt,
        "SECRET_BLOCK": secret_block,
        "SRP_B": exchange.public_hex(),
        "USERNAME": open.flow.username,
    });
    let awaiting = Awaiting::DeviceProof {
        exchange,
        secret_block,
    };
    Ok(super::challenge(
        pool,
        open.flow,
        awaiting,
        "DEVICE_PASSWORD_VERIFIER",
        parameters,
    ))
}

/// An answer to DEVICE_PASSWORD_VERIFIER.
///
/// # Errors
/// `NotAuthorizedException` for a wrong proof or a TIMESTAMP too far off.
pub(crate) fn answer_proof(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let device = named_device(pool, &open.flow, request)?;
    let block = required(request, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let proof = required(request, "PASSWORD_CLAIM_SIGNATURE")?;
    let signed_at = parse_timestamp(required(request, "TIMESTAMP")?)?;
    let Awaiting::DeviceProof {
        exchange,
        secret_block,
    } = &open.awaiting
    else {
        return Err(invalid());
    };
    pool.sessions.spend(&open.ticket);
    let claim = Claim {
        pool_name: &device.group_key,
        user_id: &device.key,
        secret_block: &srp::decode(block).unwrap_or_default(),
        timestamp: &clock::format_timestamp(signed_at),
    };
    let in_time = pool.now().abs_diff(signed_at) <= SKEW_SECONDS;
    let proven =
        block == secret_block && srp::decode(proof).is_some_and(|proof| exchange.proves(&proof, &claim));
    if !(proven && in_time) {
        return Err(incorrect_credentials());
    }
    let mut flow = open.flow;
    flow.device_proven = true;
    next::proceed(pool, flow)
}

fn named_device(pool: &Pool, flow: &Flow, request: &Request) -> Result<Device, ApiError> {
    let key = required(request, "DEVICE_KEY")?;
    let device = remembered(pool, flow).filter(|device| device.key == key);
    device.ok_or_else(does_not_exist)
}
