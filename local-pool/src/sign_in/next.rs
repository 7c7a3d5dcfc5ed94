//! What follows a proven factor: another challenge, or tokens.

use serde_json::{Value, json};

use super::level::level;
use super::{Flow, Kind, device, hosted, mfa, new_password, subject};
use crate::pool::Pool;
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, incorrect_credentials, not_authorized, user_is_disabled};
use crate::tokens::{self, SignedIn};

/// Passes a user who has proven a factor and may have tokens or a challenge for it.
///
/// # Errors
/// `NotAuthorizedException` for a disabled user or a temporary password past its time,
/// `UserNotConfirmedException`, `PasswordResetRequiredException`.
pub(crate) fn check_standing(pool: &Pool, flow: &Flow) -> Result<(), ApiError> {
    let user = subject::real(pool, &flow.username).ok_or_else(incorrect_credentials)?;
    if !user.enabled {
        return Err(user_is_disabled());
    }
    match user.status {
        Status::Unconfirmed => Err(ApiError::new(
            "UserNotConfirmedException",
            "User is not confirmed.",
        )),
        Status::ResetRequired => Err(ApiError::new(
            "PasswordResetRequiredException",
            "Password reset required for the user",
        )),
        Status::ForceChangePassword if user.temporary_until.is_some_and(|end| pool.now() >= end) => Err(
            not_authorized("Temporary password has expired and must be reset by an administrator."),
        ),
        Status::ExternalProvider => Err(incorrect_credentials()),
        Status::ForceChangePassword | Status::Confirmed => Ok(()),
    }
}

/// The next challenge, or tokens if nothing is left to prove.
///
/// # Errors
/// See [`check_standing`]; whatever the challenge that follows may refuse.
pub(crate) fn proceed(pool: &mut Pool, flow: Flow) -> Outcome {
    check_standing(pool, &flow)?;
    if flow.methods.is_empty() && flow.custom_step == 0 {
        // Nothing was proven: no caller comes here so, and none shall get anywhere by it.
        return Err(incorrect_credentials());
    }
    if pool.user(&flow.username)?.status == Status::ForceChangePassword {
        return Ok(new_password::challenge(pool, flow));
    }
    let device = device::remembered(pool, &flow);
    let factors = mfa::wanted(pool, &flow)?;
    let spares_mfa = pool
        .settings()
        .devices
        .is_some_and(|devices| devices.challenge_required_on_new_device);
    let reached = flow
        .target_level
        .is_none_or(|target| level(&flow.methods) >= target);
    match (device, factors) {
        (Some(_), Some(_)) if flow.device_proven && spares_mfa && reached => finish(pool, flow),
        (Some(_), Some(_)) if spares_mfa && reached && !flow.device_proven => {
            Ok(device::challenge(pool, flow))
        }
        (_, Some(factors)) => mfa::challenge(pool, flow, &factors),
        (Some(_), None) if !flow.device_proven => Ok(device::challenge(pool, flow)),
        (_, None) => finish(pool, flow),
    }
}

/// Tokens for a flow that has proven everything; an SSO session at the hosted pages.
fn finish(pool: &mut Pool, flow: Flow) -> Outcome {
    // Not before: whoever has the password could guess at the second factor for ever.
    pool.lockouts.remove(&flow.username);
    if flow.kind == Kind::Hosted {
        return Ok(hosted::finish(pool, flow));
    }
    let client = pool
        .kept
        .clients
        .get(&flow.client_id)
        .cloned()
        .ok_or_else(incorrect_credentials)?;
    device::note_use(pool, &flow);
    let offered = device::offer(pool, &flow);
    let (offered_key, offered_group_key) = offered.clone().unzip();
    let signed_in = SignedIn {
        username: flow.username,
        methods: flow.methods,
        // A key that came with the request but is not the user's gives way to the one that is offered.
        device_key: offered_key.or(flow.device_key),
        offered_group_key,
        scopes: vec![tokens::OWN_SCOPE.to_owned()],
        ..SignedIn::default()
    };
    let mut result = tokens::sign_in(pool, &client, signed_in)?;
    if let (Some((key, group_key)), Some(result)) = (offered, result.as_object_mut()) {
        let metadata = json!({"DeviceKey": key, "DeviceGroupKey": group_key});
        result.insert("NewDeviceMetadata".to_owned(), metadata);
    }
    Ok(with_tokens(result))
}

/// An AuthenticationResult as InitiateAuth and RespondToAuthChallenge give it.
pub(crate) fn with_tokens(result: Value) -> Value {
    json!({"AuthenticationResult": result, "ChallengeParameters": {}})
}
