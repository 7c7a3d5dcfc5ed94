//! Users, made and changed past the operations.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{changed, pool_named, read, words};
use crate::app::App;
use crate::pool::contact::{Contact, is_email};
use crate::pool::user::Status;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    pool: Option<String>,
    #[serde(alias = "username")]
    email: String,
    password: Option<String>,
    status: Option<Status>,
    groups: Option<Vec<String>>,
    attributes: Option<BTreeMap<String, String>>,
    disabled: Option<bool>,
}

/// POST /control/users: creates a user or changes what is given of an existing one, who keeps `sub` and sessions.
pub(super) async fn change_user(State(app): State<App>, body: Bytes) -> Response {
    let change = match read::<UserChange>(&body) {
        Ok(change) => change,
        Err(message) => return changed(Err(message)),
    };
    let done = tokio::task::spawn_blocking(move || apply(&app, change)).await;
    changed(done.unwrap_or_else(|error| Err(error.to_string())))
}

fn apply(app: &App, change: UserChange) -> Result<Value, String> {
    let mut world = app.world();
    let pool = pool_named(&mut world, change.pool.as_deref())?;
    let existing = pool.find(&change.email).map(|user| user.username.clone());
    let by_address = !pool.settings().username_attributes.is_empty();
    if existing.is_none() && by_address && !is_email(&change.email) {
        return Err("email has to be an e-mail address".to_owned());
    }
    let is_new = existing.is_none();
    let username = match (existing, &change.password) {
        (Some(username), _) => username,
        (None, Some(_)) => pool.add_user(&change.email, Status::Confirmed).username.clone(),
        (None, None) => return Err("a new user needs a password".to_owned()),
    };
    if let Some(password) = &change.password {
        pool.set_password(&username, password).map_err(words)?;
    }
    if let Some(status) = change.status {
        pool.set_status(&username, status).map_err(words)?;
    }
    let user = pool.user_mut(&username).map_err(words)?;
    let given = change.attributes.unwrap_or_default();
    let says_verified = given.contains_key("email_verified");
    user.attributes.extend(given);
    let has_email = !user.email().is_empty();
    if let Some(status) = change.status {
        user.sign_up_contact = (has_email && status == Status::Unconfirmed).then_some(Contact::Email);
    }
    if has_email && !says_verified && (is_new || change.status.is_some()) {
        user.set_verified(Contact::Email, change.status != Some(Status::Unconfirmed));
    }
    if let Some(groups) = change.groups {
        user.groups = groups;
    }
    user.enabled = change.disabled.map_or(user.enabled, |disabled| !disabled);
    Ok(json!({
        "sub": user.sub,
        "email": user.email(),
        "status": user.status,
        "groups": user.groups,
        "attributes": user.attributes,
        "disabled": !user.enabled,
    }))
}
