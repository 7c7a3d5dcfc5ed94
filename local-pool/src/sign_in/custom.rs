//! CUSTOM_CHALLENGE, from the pool's list of challenges.

use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq as _;

use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, next, required, subject};
use crate::mailbox::{Message, Reason};
use crate::pool::Pool;
use crate::pool::custom_auth::Expected;
use crate::protocol::{ApiError, Outcome, Request, incorrect_credentials};

/// CUSTOM_AUTH without a password before it.
///
/// # Errors
/// See [`challenge`]; `NotAuthorizedException` during a lockout.
pub(crate) fn begin(pool: &mut Pool, flow: Flow) -> Outcome {
    pool.check_lockout(&flow.username)?;
    if subject::real(pool, &flow.username).is_some() {
        next::check_standing(pool, &flow)?;
    }
    challenge(pool, flow)
}

/// Gives the challenge that is next, or goes on if none is left.
///
/// # Errors
/// `InvalidUserPoolConfigurationException` if the pool has no custom challenges.
pub(super) fn challenge(pool: &mut Pool, flow: Flow) -> Outcome {
    let script = pool.settings().custom_auth.clone().ok_or_else(|| {
        ApiError::new(
            "InvalidUserPoolConfigurationException",
            "Custom auth lambda trigger is not configured for the user pool.",
        )
    })?;
    let Some(step) = script.challenges.get(flow.custom_step) else {
        return next::proceed(pool, flow);
    };
    let answer = match &step.expects {
        Expected::Answer(answer) => answer.clone(),
        Expected::CodeTo(contact) => {
            let code = pool.shared.random.code();
            let user = subject::real(pool, &flow.username);
            if let Some(to) = user.and_then(|user| user.contact(*contact)) {
                pool.deliver(&Message {
                    contact: *contact,
                    to,
                    username: &flow.username,
                    reason: Reason::Custom,
                    code: &code,
                });
            }
            code
        }
    };
    let mut parameters: Map<String, Value> = step
        .parameters
        .iter()
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    parameters.insert("USERNAME".to_owned(), json!(flow.username));
    let awaiting = Awaiting::Custom { answer };
    Ok(super::challenge(
        pool,
        flow,
        awaiting,
        "CUSTOM_CHALLENGE",
        Value::Object(parameters),
    ))
}

/// An answer. A wrong one is asked for again until the attempts are used up.
///
/// # Errors
/// `NotAuthorizedException` after the last attempt.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::Custom { answer } = &open.awaiting else {
        return Err(invalid());
    };
    let given = required(request, "ANSWER")?;
    let exists = subject::real(pool, &open.flow.username).is_some();
    let right = exists && bool::from(answer.as_bytes().ct_eq(given.as_bytes()));
    pool.sessions.spend(&open.ticket);
    let mut flow = open.flow;
    if right {
        flow.custom_step += 1;
        return challenge(pool, flow);
    }
    flow.custom_failures += 1;
    let attempts = pool
        .settings()
        .custom_auth
        .as_ref()
        .map_or(0, |script| script.attempts);
    pool.note_failure(&flow.username);
    if flow.custom_failures >= attempts {
        return Err(incorrect_credentials());
    }
    challenge(pool, flow)
}
