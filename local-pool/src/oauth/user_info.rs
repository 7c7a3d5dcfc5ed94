//! `/oauth2/userInfo` (OpenID Connect Core, section 5.3).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::Incoming;
use super::client::Refused;
use crate::app::App;
use crate::http::json_response;
use crate::tokens::{self, claims};

const CONTENT_TYPE: &str = "application/json;charset=UTF-8";

const EXPIRED: &str = "Access token is expired, disabled, or deleted, or the user has globally signed out.";

pub(super) fn answer(app: &App, incoming: &Incoming) -> Response {
    match user(app, incoming) {
        Ok(user) => json_response(StatusCode::OK, CONTENT_TYPE, &user),
        Err(refusal) => {
            let status = match refusal.error {
                "invalid_request" => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNAUTHORIZED,
            };
            let description = refusal.description.unwrap_or_default();
            let challenge = format!(
                "Bearer error=\"{}\", error_description=\"{description}\"",
                refusal.error
            );
            let mut response = refusal.response(status);
            if let Ok(challenge) = HeaderValue::from_str(&challenge) {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            response
        }
    }
}

fn user(app: &App, incoming: &Incoming) -> Result<Value, Refused> {
    let invalid = |description| Refused {
        error: "invalid_token",
        description: Some(description),
        reason: None,
    };
    let token = incoming
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let token = token.map(str::trim).ok_or(Refused {
        error: "invalid_request",
        description: Some("Bad OAuth2 request at UserInfo Endpoint"),
        reason: None,
    })?;
    let world = app.world();
    let issuer = tokens::issuer(token).unwrap_or_default();
    let pool = world.pools.values().find(|pool| pool.issuer == issuer);
    let pool = pool.ok_or_else(|| invalid(EXPIRED))?;
    let bearer = tokens::bearer(pool, token).map_err(|_| invalid(EXPIRED))?;
    if !bearer.scopes.iter().any(|scope| scope == "openid") {
        return Err(invalid("Access token does not contain openid scope"));
    }
    let found = pool
        .kept
        .users
        .get(&bearer.username)
        .zip(pool.kept.clients.get(&bearer.client_id))
        .zip(pool.kept.tokens.session(&bearer.origin_jti));
    let ((user, client), session) = found.ok_or_else(|| invalid(EXPIRED))?;
    // Every value is a text here, be it `true`.
    let mut members: Map<String, Value> = user
        .attributes
        .iter()
        .filter(|(name, _)| claims::is_open(session, client, name))
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    members.insert("sub".to_owned(), json!(user.sub));
    members.insert("username".to_owned(), json!(user.username));
    if !user.identities.is_empty() {
        members.insert(
            "identities".to_owned(),
            json!(claims::identities(user).to_string()),
        );
    }
    Ok(Value::Object(members))
}
