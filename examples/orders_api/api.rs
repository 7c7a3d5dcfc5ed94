//! The service itself: its addresses, who may ask what, and how refusals look.

use std::{error::Error, sync::Arc};

use axum::{
    Json, Router,
    extract::{FromRequestParts, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use yew_cognito::token::{AccessClaims, AccessToken};

use super::access::{Access, Refusal};

pub type AnyError = Box<dyn Error + Send + Sync>;

/// Serves until the program ends. Pages of `origin` may call.
pub async fn serve(listener: TcpListener, access: Arc<Access>, origin: &str) -> Result<(), AnyError> {
    let origin = HeaderValue::from_str(origin)?;
    let app = Router::new()
        .route("/orders", get(own_orders))
        .route("/orders/all", get(all_orders))
        .with_state(access)
        .layer(from_fn(move |request, next| cors(origin.clone(), request, next)));
    Ok(axum::serve(listener, app).await?)
}

async fn own_orders(Caller(claims): Caller) -> Json<Value> {
    Json(json!({ "orders": [{ "of": claims.sub, "item": "a sunflower" }] }))
}

async fn all_orders(caller: Caller) -> Result<Json<Value>, Denied> {
    caller.in_group("admins")?;
    Ok(Json(
        json!({ "orders": [{ "item": "a sunflower" }, { "item": "a tulip" }] }),
    ))
}

/// Who calls, by a valid access token.
struct Caller(AccessClaims);

impl Caller {
    fn in_group(&self, name: &str) -> Result<(), Denied> {
        let is_in = self.0.groups.iter().any(|group| group == name);
        is_in.then_some(()).ok_or(Denied::Group)
    }
}

impl FromRequestParts<Arc<Access>> for Caller {
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, access: &Arc<Access>) -> Result<Self, Denied> {
        let token = bearer(parts).ok_or(Denied::NoToken)?;
        access.check(&token).await.map(Self).map_err(Denied::Refused)
    }
}

/// The token of the header `Authorization: Bearer …` (RFC 6750 section 2.1).
fn bearer(parts: &Parts) -> Option<AccessToken> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_start_matches(' ');
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| AccessToken::from(token.to_owned()))
}

/// Why there is no answer.
enum Denied {
    NoToken,
    Refused(Refusal),
    Group,
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        // RFC 6750 section 3. The words are of the verifier's own; nothing of the token is in them.
        let (status, challenge) = match self {
            Self::NoToken => (StatusCode::UNAUTHORIZED, Some("Bearer".to_owned())),
            Self::Refused(Refusal::Token(error)) => {
                let words = error.to_string();
                let challenge = [
                    "Bearer error=\"invalid_token\", error_description=\"",
                    &words,
                    "\"",
                ]
                .concat();
                (StatusCode::UNAUTHORIZED, Some(challenge))
            }
            Self::Refused(Refusal::NoKeys) => (StatusCode::SERVICE_UNAVAILABLE, None),
            Self::Group => (StatusCode::FORBIDDEN, None),
        };
        let mut response = status.into_response();
        if let Some(challenge) = challenge.and_then(|text| HeaderValue::try_from(text).ok()) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// Lets pages of one origin call, and read refusals as well: else browsers hide a 401 from the page, and no token is
/// renewed.
async fn cors(origin: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    let allowed: [(HeaderName, HeaderValue); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization"),
        ),
        (header::VARY, HeaderValue::from_static("origin, authorization")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    response.headers_mut().extend(allowed);
    response
}
