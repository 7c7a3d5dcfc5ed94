//! NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, RESPONSES, next, required};
use crate::pool::Pool;
use crate::pool::attributes::{self, Occasion};
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};

/// Asks for a password in place of the temporary one, and for the required attributes that are missing.
pub(super) fn challenge(pool: &mut Pool, flow: Flow) -> Value {
    let missing: Vec<String> = missing_attributes(pool, &flow.username)
        .into_iter()
        .map(|name| format!("userAttributes.{name}"))
        .collect();
    let attributes = pool
        .kept
        .users
        .get(&flow.username)
        .map(|user| json!(user.attributes));
    let parameters = json!({
        "USER_ID_FOR_SRP": flow.username,
        "requiredAttributes": json!(missing).to_string(),
        "userAttributes": attributes.unwrap_or_else(|| json!({})).to_string(),
    });
    super::challenge(
        pool,
        flow,
        Awaiting::NewPassword,
        "NEW_PASSWORD_REQUIRED",
        parameters,
    )
}

/// Names of the required attributes that a user does not have.
pub(crate) fn missing_attributes(pool: &Pool, username: &str) -> Vec<String> {
    let user = pool.kept.users.get(username);
    let has = |name: &str| user.is_some_and(|user| !user.attribute(name).is_empty());
    let required = pool.settings().schema.required();
    required.filter(|name| !has(name)).map(str::to_owned).collect()
}

/// An answer: NEW_PASSWORD, and `userAttributes.NAME` for each attribute.
///
/// # Errors
/// `InvalidPasswordException`, `PasswordHistoryPolicyViolationException` and `InvalidParameterException`
/// leave the Session for another try.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let password = required(request, "NEW_PASSWORD")?;
    let flow = open.flow;
    next::check_standing(pool, &flow)?;
    if pool.user(&flow.username)?.status != Status::ForceChangePassword {
        return Err(invalid());
    }
    pool.check_new_password(&flow.username, password)?;
    let written = given_attributes(pool, &flow, request)?;
    let given = |name: &String| {
        written
            .iter()
            .any(|(given, value)| given == name && !value.is_empty())
    };
    if let Some(name) = missing_attributes(pool, &flow.username)
        .iter()
        .find(|name| !given(name))
    {
        return Err(invalid_parameter(format!(
            "Invalid attributes given, {name} is missing"
        )));
    }
    pool.sessions.spend(&open.ticket);
    pool.set_password(&flow.username, password)?;
    pool.set_status(&flow.username, Status::Confirmed)?;
    let user = pool.user_mut(&flow.username)?;
    for (name, value) in &written {
        attributes::write(user, name, value);
    }
    next::proceed(pool, flow)
}

fn given_attributes(pool: &Pool, flow: &Flow, request: &Request) -> Result<Vec<(String, String)>, ApiError> {
    let client = pool.kept.clients.get(&flow.client_id).ok_or_else(invalid)?;
    let user = pool.user(&flow.username)?;
    let given = request
        .entries(RESPONSES)
        .filter_map(|(key, value)| Some((key.strip_prefix("userAttributes.")?, value)));
    given
        .map(|(name, value)| {
            attributes::check(pool, client, Occasion::NewPassword(user), name, value)?;
            if attributes::is_name_at_once(pool.settings(), name) {
                attributes::check_free(pool, &user.username, name, value)?;
            }
            Ok((name.to_owned(), value.to_owned()))
        })
        .collect()
}
