//! NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, RESPONSES, next, required};
use crate::pool::Pool;
use crate::pool::schema;
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter, not_authorized};

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
    let attributes = given_attributes(pool, &flow, request)?;
    let given = |name: &String| {
        attributes
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
    pool.user_mut(&flow.username)?.attributes.extend(attributes);
    next::proceed(pool, flow)
}

fn given_attributes(pool: &Pool, flow: &Flow, request: &Request) -> Result<Vec<(String, String)>, ApiError> {
    let client = pool.kept.clients.get(&flow.client_id);
    let user = pool.user(&flow.username)?;
    let unauthorized = || not_authorized("A client attempted to write unauthorized attribute");
    let attributes = request
        .entries(RESPONSES)
        .filter_map(|(key, value)| Some((key.strip_prefix("userAttributes.")?, value)));
    attributes
        .map(|(name, value)| {
            if schema::is_own(name) || !client.is_some_and(|client| client.can_write(name)) {
                return Err(unauthorized());
            }
            let is_required = pool.settings().schema.required().any(|required| required == name);
            let stands_for_name = pool
                .settings()
                .username_attributes
                .iter()
                .any(|contact| contact.attribute() == name);
            if (is_required || stands_for_name) && !user.attribute(name).is_empty() {
                let message = format!("Cannot modify an already provided {name}");
                return Err(not_authorized(&message));
            }
            pool.settings().schema.check(name, value)?;
            Ok((name.to_owned(), value.to_owned()))
        })
        .collect()
}
