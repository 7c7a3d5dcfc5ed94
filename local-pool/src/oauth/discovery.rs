//! `/.well-known/openid-configuration` (OpenID Connect Discovery, section 3).

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::Incoming;
use crate::app::App;
use crate::http::json_response;

pub(super) fn get(app: &App, incoming: &Incoming) -> Response {
    let world = app.world();
    let id = incoming.path.trim_start_matches('/').split('/').next();
    let Some(pool) = id.and_then(|id| world.pools.get(id)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (origin, issuer) = (&world.origin, &pool.issuer);
    let document = json!({
        "authorization_endpoint": format!("{origin}/oauth2/authorize"),
        "end_session_endpoint": format!("{origin}/logout"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code"],
        "revocation_endpoint": format!("{origin}/oauth2/revoke"),
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": format!("{origin}/oauth2/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": format!("{origin}/oauth2/userInfo"),
    });
    json_response(StatusCode::OK, "application/json", &document)
}
