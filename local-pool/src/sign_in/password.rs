//! The password as a factor: by SRP, or sent as it is.

use serde_json::json;

use super::level::Method;
use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, Kind, RESPONSES, custom, device, keep, next, required, subject};
use crate::pool::Pool;
use crate::protocol::{ApiError, Outcome, Request, incorrect_credentials, invalid_parameter};
use crate::srp::{Claim, Exchange};
use crate::{clock, srp};

/// How far TIMESTAMP may be from the pool's clock.
pub(super) const SKEW_SECONDS: u64 = 300;

/// Opens an SRP exchange and gives the PASSWORD_VERIFIER challenge, without a Session for USER_SRP_AUTH.
///
/// # Errors
/// `NotAuthorizedException` during a lockout; `InvalidParameterException` for an `SRP_A` that is not hex or
/// is zero modulo N.
pub(crate) fn challenge_srp(pool: &mut Pool, flow: Flow, srp_a: &str) -> Outcome {
    pool.check_lockout(&flow.username)?;
    let (salt, verifier) = subject::salt_and_verifier(pool, &flow.username);
    let exchange = Exchange::start(srp_a, &verifier, &pool.shared.random)
        .ok_or_else(|| invalid_parameter("Invalid SRP_A"))?;
    let secret_block = srp::encode_block(&pool.shared.random.bytes(640));
    let parameters = json!({
        "SALT": salt,
        "SECRET_BLOCK": secret_block,
        "SRP_B": exchange.public_hex(),
        "USERNAME": flow.username,
        "USER_ID_FOR_SRP": flow.username,
    });
    let awaiting = Awaiting::PasswordProof {
        exchange,
        secret_block: secret_block.clone(),
    };
    if flow.kind == Kind::UserSrp {
        keep(pool, secret_block, flow, awaiting);
        return Ok(json!({"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": parameters}));
    }
    Ok(super::challenge(
        pool,
        flow,
        awaiting,
        "PASSWORD_VERIFIER",
        parameters,
    ))
}

/// An answer to PASSWORD_VERIFIER.
///
/// # Errors
/// `NotAuthorizedException` for a wrong proof, a TIMESTAMP too far off or an exchange that is over;
/// `ResourceNotFoundException` for an unknown DEVICE_KEY, after which the proof may be sent again without.
pub(crate) fn answer_srp(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let block = required(request, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let proof = required(request, "PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = required(request, "TIMESTAMP")?;
    let signed_at = parse_timestamp(timestamp)?;
    let Awaiting::PasswordProof {
        exchange,
        secret_block,
    } = &open.awaiting
    else {
        return Err(invalid());
    };
    let mut flow = open.flow.clone();
    if let Err(refusal) = pool.check_lockout(&flow.username) {
        pool.sessions.spend(&open.ticket);
        return Err(refusal);
    }
    let claim = Claim {
        pool_name: pool.name(),
        user_id: &flow.username,
        secret_block: &srp::decode(block).unwrap_or_default(),
        timestamp: &clock::format_timestamp(signed_at),
    };
    let in_time = pool.now().abs_diff(signed_at) <= SKEW_SECONDS;
    let proven =
        block == secret_block && srp::decode(proof).is_some_and(|proof| exchange.proves(&proof, &claim));
    // Someone without a password has none that could be proven, but is not told from others.
    let has_password = subject::real(pool, &flow.username).is_some_and(|user| user.password.is_some());
    if !(proven && in_time && has_password) {
        pool.sessions.spend(&open.ticket);
        if !proven {
            pool.note_failure(&flow.username);
        }
        let user = subject::real(pool, &flow.username);
        return Err(incorrect_credentials().because(match user {
            None => "no such user",
            Some(user) if user.password.is_none() => "the user has no password",
            Some(_) if proven => "the challenge was answered too late, or its TIMESTAMP is not of now",
            Some(_) => "wrong password",
        }));
    }
    if let Some(key) = request.entry(RESPONSES, "DEVICE_KEY") {
        device::check(pool, &flow.username, key)?;
        flow.device_key = Some(key.to_owned());
    }
    pool.sessions.spend(&open.ticket);
    proven_password(pool, flow)
}

/// A password that was sent as it is.
///
/// # Errors
/// `NotAuthorizedException` for a wrong one or during a lockout.
pub(crate) fn check_plain(pool: &mut Pool, flow: Flow, password: &str) -> Outcome {
    pool.check_lockout(&flow.username)?;
    if let Some(key) = &flow.device_key {
        // Refused alike for those who do not exist.
        device::check(pool, &flow.username, key)?;
    }
    if pool.has_password(&flow.username, password) {
        proven_password(pool, flow)
    } else {
        pool.note_failure(&flow.username);
        let reason = match subject::real(pool, &flow.username) {
            None => "no such user",
            Some(user) if user.password.is_none() => "the user has no password",
            Some(_) => "wrong password",
        };
        Err(incorrect_credentials().because(reason))
    }
}

fn proven_password(pool: &mut Pool, mut flow: Flow) -> Outcome {
    flow.prove(Method::Password);
    next::check_standing(pool, &flow)?;
    if flow.kind == Kind::Custom {
        custom::challenge(pool, flow)
    } else {
        next::proceed(pool, flow)
    }
}

/// SRP's TIMESTAMP in seconds since the epoch.
///
/// # Errors
/// `InvalidParameterException`.
pub(super) fn parse_timestamp(text: &str) -> Result<i64, ApiError> {
    clock::parse_timestamp(text)
        .ok_or_else(|| invalid_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."))
}
