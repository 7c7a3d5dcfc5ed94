//! HTTP: routes, CORS and the frame around each operation.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Map, Value, json};

use crate::activity::{self, Concerned, Entry};
use crate::app::App;
use crate::faults::Fault;
use crate::operations::{self, Operation};
use crate::protocol::{ApiError, Outcome, Request};
use crate::random::Random;
use crate::recording::{self, Faulted};
use crate::{clock, control, guard, oauth, pages};

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
const MAX_BODY: usize = 256 * 1024;

const ALLOWED_HEADERS: &str = "amz-sdk-invocation-id,amz-sdk-request,authorization,cache-control,content-type,\
x-amz-content-sha256,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent,x-amzn-platform-id,\
x-amzn-trace-id";
/// As answers of `cognito-idp.us-east-1.amazonaws.com` to Amplify have it, recorded in public (`InitiateAuth`,
/// `RespondToAuthChallenge`, `GetUser` and `SignUp` in August 2023).
const EXPOSED_HEADERS: &str = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";

/// All routes.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route(
            "/",
            post(operation)
                .route_layer(middleware::from_fn_with_state(app.clone(), recording::record))
                .options(preflight)
                .merge(pages::landing(&app)),
        )
        .route("/{pool}/.well-known/jwks.json", get(jwks).options(preflight))
        .merge(oauth::router())
        .merge(pages::router(&app))
        .nest("/control", control::router(&app))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::map_response_with_state(app.clone(), dated))
        .with_state(app)
}

/// Marks a response that is not to be sent.
#[derive(Clone)]
struct Dropped;

/// The connection is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("dropped by an injected fault")]
pub(crate) struct ConnectionDropped;

/// The response, or an error that closes the connection.
pub(crate) fn unless_dropped(response: Response) -> Result<Response, ConnectionDropped> {
    if response.extensions().get::<Dropped>().is_some() {
        Err(ConnectionDropped)
    } else {
        Ok(response)
    }
}

/// Closes the connection without an answer.
pub(crate) fn dropped() -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response.extensions_mut().insert(Dropped);
    response.extensions_mut().insert(Faulted);
    response
}

pub(crate) fn with_cors(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(EXPOSED_HEADERS),
    );
    response
}

/// `Date` by the pool's clock, as all that it says of time.
async fn dated(State(app): State<App>, mut response: Response) -> Response {
    let date = clock::format_http_date(app.world().shared.clock.now());
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

pub(crate) async fn preflight() -> Response {
    let mut response = with_cors(StatusCode::OK.into_response());
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(ALLOWED_HEADERS),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,POST"),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("172800"));
    response
}

/// `value` as a response of that type.
pub(crate) fn json_response(status: StatusCode, content_type: &'static str, value: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, value.to_string()).into_response()
}

async fn jwks(State(app): State<App>, Path(id): Path<String>) -> Response {
    let keys = app.world().pools.get(&id).map(|pool| pool.kept.keys.clone());
    let Some(keys) = keys else {
        return with_cors(StatusCode::NOT_FOUND.into_response());
    };
    // Making a key takes a moment, which would hold up the runtime's only thread.
    let keys = tokio::task::spawn_blocking(move || keys.jwks()).await;
    let keys = keys.unwrap_or_default();
    with_cors(json_response(StatusCode::OK, "application/json", &keys))
}

/// A header's text; empty where it is absent.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// POST /: one operation.
async fn operation(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let target = text(&headers, "x-amz-target");
    let name = operations::name_in(target).unwrap_or_default();
    let content_type = text(&headers, "content-type")
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let Some(operation) = operations::of_target(target).filter(|_| content_type == CONTENT_TYPE) else {
        let error = ApiError::new("UnknownOperationException", "Unknown operation");
        let reason = "there is no such operation, or the Content-Type is not application/x-amz-json-1.1";
        note_refusal(&app, name, &error.kind, reason);
        return answer(StatusCode::BAD_REQUEST, &Err(error), None);
    };
    if !operation.is_public()
        && let Err(reason) = guard::check(&headers, app.port)
    {
        let error = ApiError::new("AccessDeniedException", reason);
        note_refusal(&app, operation.name, &error.kind, reason);
        return answer(StatusCode::BAD_REQUEST, &Err(error), None);
    }
    let fault = app.world().faults.strike(operation.name);
    if let Some(fault) = &fault {
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
        if fault.drop {
            note_fault(&app, operation.name, "dropped");
            return dropped();
        }
        if let Some((status, error)) = fault.refusal() {
            note_fault(&app, operation.name, &error.kind);
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return answer(status, &Err(error), Some(fault));
        }
    }
    // Off the runtime's only thread: SRP and signatures take their time.
    let performed = tokio::task::spawn_blocking(move || perform(&app, operation, &body)).await;
    let outcome = performed.unwrap_or_else(|_| {
        Err(ApiError::new(
            "InternalErrorException",
            "The operation did not finish",
        ))
    });
    if fault.as_ref().is_some_and(|fault| fault.lose) {
        return dropped();
    }
    let status = if outcome.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    answer(status, &outcome, fault.as_ref())
}

fn answer(status: StatusCode, outcome: &Outcome, fault: Option<&Fault>) -> Response {
    let mut body = match outcome {
        Ok(body) => body.to_string(),
        Err(error) => json!({"__type": error.kind, "message": error.message}).to_string(),
    };
    if let Some(spoil) = fault.and_then(|fault| fault.body) {
        body = spoil.spoiled(&body);
    }
    let mut response = with_cors((status, Body::from(body)).into_response());
    if fault.is_some() {
        response.extensions_mut().insert(Faulted);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    // From another source than what tests want to repeat.
    put("x-amzn-requestid", &Random::default().uuid());
    if let Err(error) = outcome {
        put("x-amzn-errortype", &format!("{}:", error.kind));
        put("x-amzn-errormessage", &error.message);
    }
    response
}

fn perform(app: &App, operation: &Operation, body: &[u8]) -> Outcome {
    let mut world = app.world();
    let began = Instant::now();
    let (request, concerned, outcome) = match parse(body) {
        Ok(members) => {
            let request = Request::new(members);
            // Some are gone afterwards, others are not there before.
            let before = activity::concerned(&world, &request);
            let outcome = operation.perform(&mut world, &request);
            let concerned = before.or(activity::concerned(&world, &request));
            (request, concerned, outcome)
        }
        Err(error) => (Request::new(Map::new()), Concerned::default(), Err(error)),
    };
    let reason = outcome.as_ref().err().map(|error| error.log_text().to_owned());
    let who = match (&concerned.user, activity::username(&request)) {
        (Some(user), _) if user.contains('@') => Some(activity::shortened(user)),
        (None, None) => None,
        _ => Some("someone".to_owned()),
    };
    let why = reason.as_ref().map(|reason| format!("({reason})"));
    let entry = Entry {
        operation: operation.name.to_owned(),
        flow: activity::flow(&request),
        outcome: activity::outcome(&outcome),
        reason,
        concerned,
        milliseconds: u64::try_from(began.elapsed().as_millis()).ok(),
        at: world.shared.clock.now(),
        ..Entry::default()
    };
    let words = [
        Some(clock::format_time(entry.at)),
        Some(entry.operation.clone()),
        entry.flow.clone(),
        who,
        Some(entry.outcome.clone()),
        why,
    ];
    world.activity.note(entry);
    drop(world);
    app.print(&words.into_iter().flatten().collect::<Vec<_>>().join(" "));
    outcome
}

fn parse(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(ApiError::new(
            "SerializationException",
            "The body is not a JSON object",
        )),
    }
}

pub(crate) fn note_fault(app: &App, operation: &str, outcome: &str) {
    let mut world = app.world();
    let at = world.shared.clock.now();
    app.print(&format!(
        "{} {operation} fault: {outcome}",
        clock::format_time(at)
    ));
    world.activity.note(Entry {
        operation: operation.to_owned(),
        outcome: outcome.to_owned(),
        fault: true,
        at,
        ..Entry::default()
    });
}

/// Notes a call that did not get as far as an operation.
fn note_refusal(app: &App, name: &str, kind: &str, reason: &str) {
    app.print(&format!("refused: {kind}"));
    let is_name = (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut world = app.world();
    let at = world.shared.clock.now();
    world.activity.note(Entry {
        operation: if is_name { name } else { "Unknown" }.to_owned(),
        outcome: kind.to_owned(),
        reason: Some(reason.to_owned()),
        at,
        ..Entry::default()
    });
}
