//! The control API: what tests set and read.

mod identity_pool;
mod patch;
mod settings;
mod users;

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
use crate::oauth;
use crate::operations;
use crate::pool::Pool;
use crate::protocol::ApiError;
use crate::seed;
use crate::world::World;

/// The routes under `/control`.
pub(crate) fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/reset", post(reset))
        .route("/clock", post(clock))
        .route("/pool", post(settings::pool))
        .route("/client", post(settings::client))
        .route("/identity_pool", post(identity_pool::change))
        .route("/keys/rotate", post(settings::rotate_keys))
        .route("/users", post(users::change_user))
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
    advance_seconds: Option<i64>,
    /// Stops the clock there, in seconds since the epoch.
    freeze_at: Option<i64>,
}

async fn clock(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<ClockChange>(&body).and_then(|change| {
        if change.advance_seconds.is_none() && change.freeze_at.is_none() {
            return Err("advance_seconds or freeze_at is missing".to_owned());
        }
        let world = app.world();
        let clock = &world.shared.clock;
        if let Some(now) = change.freeze_at {
            clock.freeze(now);
        }
        clock.advance(change.advance_seconds.unwrap_or_default());
        Ok(json!({"now": clock.now()}))
    }))
}

/// The pool of that id; without one the built-in pool, or the only one.
fn pool_named<'a>(world: &'a mut World, id: Option<&str>) -> Result<&'a mut Pool, String> {
    let id = match id {
        Some(id) => id.to_owned(),
        None => implied(world.pools.keys(), seed::POOL_ID)
            .ok_or("pool is missing: there is not just one")?
            .to_owned(),
    };
    world.pool_mut(&id).map_err(words)
}

/// The id that a request means which names none: the built-in one where it exists, or the only one.
fn implied<'a>(mut ids: impl Iterator<Item = &'a String> + Clone, built_in: &'a str) -> Option<&'a str> {
    if ids.clone().any(|id| id == built_in) {
        return Some(built_in);
    }
    let only = ids.next()?;
    ids.next().is_none().then_some(only)
}

fn words(error: ApiError) -> String {
    error.message
}

async fn fault(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<Fault>(&body).and_then(|fault| {
        if fault.status.is_some_and(|status| !(400..=599).contains(&status)) {
            return Err("status is 400 to 599".to_owned());
        }
        let name = fault.operation.as_str();
        let is_known = name == "*" || oauth::ENDPOINTS.contains(&name) || operations::named(name).is_some();
        if !is_known {
            return Err(format!("there is no operation {}", fault.operation));
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
