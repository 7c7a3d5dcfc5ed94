//! Failures of the endpoints for programs, on demand.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::{Caller, ENDPOINTS};
use crate::app::App;
use crate::faults::Fault;
use crate::http::{dropped, json_response, note_fault};

/// The fault that strikes a call.
pub(super) fn strike(app: &App, caller: Caller, path: &str) -> Option<Fault> {
    let can_fail = caller == Caller::Program && ENDPOINTS.contains(&path);
    can_fail.then(|| app.world().faults.strike(path)).flatten()
}

/// Waits as the fault says, and gives what it answers in the endpoint's place, if it does.
pub(super) async fn before(app: &App, fault: &Fault, path: &str) -> Option<Response> {
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.drop {
        note_fault(app, path, "dropped");
        return Some(dropped());
    }
    let (status, _) = fault.refusal()?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let error = fault.kind.as_deref().unwrap_or("server_error");
    note_fault(app, path, error);
    let body = match &fault.message {
        Some(message) => json!({"error": error, "error_description": message}),
        None => json!({"error": error}),
    };
    let response = json_response(status, "application/json;charset=UTF-8", &body);
    Some(spoiled(fault, response).await)
}

/// What becomes of the endpoint's own answer.
pub(super) async fn after(fault: &Fault, response: Response) -> Response {
    if fault.lose {
        return dropped();
    }
    spoiled(fault, response).await
}

async fn spoiled(fault: &Fault, response: Response) -> Response {
    let Some(spoil) = fault.body else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = spoil.spoiled(&String::from_utf8_lossy(&body));
    Response::from_parts(parts, Body::from(body))
}
