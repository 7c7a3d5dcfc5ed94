//! Client authentication at the token and revocation endpoints (RFC 6749, section 2.3).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::parameters::{Parameters, decoded};
use super::refused_because;
use crate::http::json_response;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::world::World;

/// An error of an endpoint for programs (RFC 6749, section 5.2).
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) error: &'static str,
    pub(super) description: Option<&'static str>,
    /// What the log says about it.
    pub(super) reason: Option<&'static str>,
}

/// An error without a description.
pub(super) fn refused(error: &'static str) -> Refused {
    Refused {
        error,
        description: None,
        reason: None,
    }
}

impl Refused {
    /// The same with what the log says about it.
    pub(super) fn because(self, reason: &'static str) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }

    /// The response of that status.
    pub(super) fn response(&self, status: StatusCode) -> Response {
        let body = match self.description {
            Some(description) => json!({"error": self.error, "error_description": description}),
            None => json!({"error": self.error}),
        };
        let response = json_response(status, "application/json;charset=UTF-8", &body);
        let reason = self.reason.or(self.description).unwrap_or(self.error);
        refused_because(response, self.error, reason)
    }
}

/// The client that makes a request, and its pool.
///
/// # Errors
/// `invalid_client`; `invalid_request` for two proofs at once.
pub(super) fn authenticated<'a>(
    world: &'a mut World,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<(&'a mut Pool, Client), Refused> {
    let basic = headers.get(header::AUTHORIZATION).map(|value| {
        let encoded = value.to_str().ok()?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((decoded(id).ok()?, decoded(secret).ok()?))
    });
    let in_form = form.given("client_secret");
    let (id, secret) = match (basic, in_form) {
        (Some(_), Some(_)) => return Err(refused("invalid_request")),
        (Some(basic), None) => {
            let (id, secret) = basic.ok_or_else(|| refused("invalid_client"))?;
            if form.given("client_id").is_some_and(|given| given != id) {
                return Err(refused("invalid_client"));
            }
            (id, Some(secret))
        }
        (None, secret) => (form.text("client_id").to_owned(), secret.map(str::to_owned)),
    };
    let found = world.client_mut(&id).map_err(|_| refused("invalid_client"))?;
    found
        .1
        .check_secret(secret.as_deref())
        .map_err(|_| refused("invalid_client"))?;
    Ok(found)
}
