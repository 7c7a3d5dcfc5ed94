//! The control API: what tests set and read.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app::App;
use crate::faults::Fault;
use crate::guard;
use crate::http::json_response;
use crate::pool::Pool;
use crate::pool::client::{AUTH_FLOWS, Client, PreventUserExistenceErrors, Rotation};
use crate::pool::user::{self, Contact, Status};
use crate::protocol::ApiError;
use crate::seed;
use crate::world::World;

/// The routes under `/control`.
pub(crate) fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/reset", post(reset))
        .route("/clock", post(clock))
        .route("/client", post(client))
        .route("/users", post(change_user))
        .route("/faults", post(fault))
        .route("/log", get(log))
        .route("/mailbox", get(mailbox))
        .layer(middleware::from_fn_with_state(app.clone(), only_own))
}

/// Refuses what [`guard::check`] does.
pub(crate) async fn only_own(State(app): State<App>, request: Request, next: Next) -> Response {
    match guard::check(request.headers(), app.port) {
        Ok(()) => next.run(request).await,
        Err(reason) => reply(StatusCode::FORBIDDEN, &json!({"message": reason})),
    }
}

fn reply(status: StatusCode, value: &Value) -> Response {
    json_response(status, "application/json", value)
}

/// Answers 200 with what `change` gives, or 400 with its words.
fn changed(change: Result<Value, String>) -> Response {
    match change {
        Ok(value) => reply(StatusCode::OK, &value),
        Err(message) => reply(StatusCode::BAD_REQUEST, &json!({"message": message})),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

async fn reset(State(app): State<App>) -> Response {
    // Seeding computes verifiers, which would hold up the runtime's only thread.
    let done = tokio::task::spawn_blocking(move || app.reset()).await;
    changed(done.map(|()| json!({})).map_err(|error| error.to_string()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    #[serde(default)]
    advance_seconds: i64,
    /// Stops the clock there, in seconds since the epoch.
    freeze_at: Option<i64>,
}

async fn clock(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<ClockChange>(&body).map(|change| {
        let world = app.world();
        let clock = &world.shared.clock;
        if let Some(now) = change.freeze_at {
            clock.freeze(now);
        }
        clock.advance(change.advance_seconds);
        json!({"now": clock.now()})
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientChange {
    access_token_validity_seconds: Option<i64>,
    id_token_validity_seconds: Option<i64>,
    refresh_token_validity_seconds: Option<i64>,
    refresh_token_rotation: Option<Rotation>,
    prevent_user_existence_errors: Option<PreventUserExistenceErrors>,
    explicit_auth_flows: Option<Vec<String>>,
}

impl ClientChange {
    fn check(self) -> Result<Self, String> {
        let validities = [
            self.access_token_validity_seconds,
            self.id_token_validity_seconds,
            self.refresh_token_validity_seconds,
        ];
        if validities.into_iter().flatten().any(|seconds| seconds < 1) {
            return Err("a validity is at least 1 second".to_owned());
        }
        let grace = self
            .refresh_token_rotation
            .map_or(0, |rotation| rotation.retry_grace_period_seconds);
        if !(0..=60).contains(&grace) {
            return Err("retry_grace_period_seconds is 0 to 60".to_owned());
        }
        let flows = self.explicit_auth_flows.as_deref().unwrap_or_default();
        if let Some(flow) = flows.iter().find(|flow| !AUTH_FLOWS.contains(&flow.as_str())) {
            return Err(format!("{flow} is none of {}", AUTH_FLOWS.join(", ")));
        }
        Ok(self)
    }
}

async fn client(State(app): State<App>, body: Bytes) -> Response {
    changed(
        read::<ClientChange>(&body)
            .and_then(ClientChange::check)
            .and_then(|change| {
                let mut world = app.world();
                let client = seeded_client(&mut world)?;
                let set = |to: &mut i64, value: Option<i64>| *to = value.unwrap_or(*to);
                set(
                    &mut client.access_token_validity_seconds,
                    change.access_token_validity_seconds,
                );
                set(
                    &mut client.id_token_validity_seconds,
                    change.id_token_validity_seconds,
                );
                set(
                    &mut client.refresh_token_validity_seconds,
                    change.refresh_token_validity_seconds,
                );
                client.refresh_token_rotation = change
                    .refresh_token_rotation
                    .unwrap_or(client.refresh_token_rotation);
                client.prevent_user_existence_errors = change
                    .prevent_user_existence_errors
                    .unwrap_or(client.prevent_user_existence_errors);
                if let Some(flows) = change.explicit_auth_flows {
                    client.explicit_auth_flows = flows;
                }
                Ok(json!(client))
            }),
    )
}

/// The pool of the seed, which the control API speaks of.
fn seeded_pool(world: &mut World) -> Result<&mut Pool, String> {
    world.pool_mut(seed::POOL_ID).map_err(words)
}

fn seeded_client(world: &mut World) -> Result<&mut Client, String> {
    let clients = &mut seeded_pool(world)?.kept.clients;
    clients
        .get_mut(seed::CLIENT_ID)
        .ok_or_else(|| "the client is gone".to_owned())
}

fn words(error: ApiError) -> String {
    error.message
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    #[serde(alias = "username")]
    email: String,
    password: Option<String>,
    status: Option<Status>,
    groups: Option<Vec<String>>,
    attributes: Option<BTreeMap<String, String>>,
    disabled: Option<bool>,
}

/// Creates a user or changes what is given of an existing one, who keeps `sub` and sessions.
async fn change_user(State(app): State<App>, body: Bytes) -> Response {
    let change = match read::<UserChange>(&body) {
        Ok(change) if user::is_email(&change.email) => change,
        Ok(_) => return changed(Err("email has to be an e-mail address".to_owned())),
        Err(message) => return changed(Err(message)),
    };
    let done = tokio::task::spawn_blocking(move || apply(&app, change)).await;
    changed(done.unwrap_or_else(|error| Err(error.to_string())))
}

fn apply(app: &App, change: UserChange) -> Result<Value, String> {
    let mut world = app.world();
    let pool = seeded_pool(&mut world)?;
    let username = match (pool.find(&change.email), &change.password) {
        (Some(user), _) => user.username.clone(),
        (None, Some(_)) => {
            let user = pool.add_user(&change.email, Status::Confirmed);
            user.set_verified(Contact::Email, true);
            user.username.clone()
        }
        (None, None) => return Err("a new user needs a password".to_owned()),
    };
    if let Some(password) = &change.password {
        pool.set_password(&username, password).map_err(words)?;
    }
    if let Some(status) = change.status {
        pool.set_status(&username, status).map_err(words)?;
    }
    let user = pool.user_mut(&username).map_err(words)?;
    if let Some(status) = change.status {
        user.set_verified(Contact::Email, status != Status::Unconfirmed);
        user.sign_up_contact = (status == Status::Unconfirmed).then_some(Contact::Email);
    }
    if let Some(groups) = change.groups {
        user.groups = groups;
    }
    user.attributes.extend(change.attributes.unwrap_or_default());
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

async fn fault(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<Fault>(&body).and_then(|fault| {
        if fault.status.is_some_and(|status| !(400..=599).contains(&status)) {
            return Err("status is 400 to 599".to_owned());
        }
        let answer = json!(fault);
        app.world().faults.add(fault);
        Ok(answer)
    }))
}

async fn log(State(app): State<App>) -> Response {
    let world = app.world();
    let entries: Vec<_> = world.activity.entries().collect();
    reply(StatusCode::OK, &json!({"entries": entries}))
}

#[derive(Deserialize)]
struct MailboxQuery {
    to: Option<String>,
}

async fn mailbox(State(app): State<App>, Query(query): Query<MailboxQuery>) -> Response {
    let world = app.world();
    let to = query.to.map(|to| to.to_lowercase());
    let wanted = |address: &str| to.as_ref().is_none_or(|to| *to == address.to_lowercase());
    let mailbox = world.shared.mailbox();
    let mails: Vec<_> = mailbox.mails().filter(|mail| wanted(&mail.to)).collect();
    reply(StatusCode::OK, &json!({"mails": mails}))
}
