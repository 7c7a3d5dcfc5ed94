//! `/oauth2/revoke` (RFC 7009).

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::Incoming;
use super::client::{Refused, authenticated, refused};
use crate::app::App;

pub(super) fn post(app: &App, incoming: &Incoming) -> Response {
    match revoke(app, incoming) {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refusal) if refusal.error == "invalid_client" => refusal.response(StatusCode::UNAUTHORIZED),
        Err(refusal) => refusal.response(StatusCode::BAD_REQUEST),
    }
}

fn revoke(app: &App, incoming: &Incoming) -> Result<(), Refused> {
    let form = incoming.form.as_ref().map_err(|_| refused("invalid_request"))?;
    let mut world = app.world();
    let (pool, client) = authenticated(&mut world, &incoming.headers, form)?;
    let token = form.given("token").ok_or_else(|| refused("invalid_request"))?;
    if !client.enable_token_revocation {
        return Err(refused("invalid_request"));
    }
    if pool.kept.keys.verify(token).is_some() {
        return Err(refused("unsupported_token_type"));
    }
    let session = pool.kept.tokens.of_refresh_token(token);
    // A token that is nobody's, or another client's, is as good as revoked to this one.
    let session = session.filter(|session| session.client_id == client.id);
    if let Some(origin_jti) = session.map(|session| session.origin_jti.clone()) {
        pool.kept.tokens.revoke(&origin_jti);
    }
    Ok(())
}
