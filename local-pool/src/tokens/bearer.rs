//! Access tokens that are shown.

use serde_json::Value;

use crate::pool::Pool;
use crate::protocol::{ApiError, not_authorized, user_does_not_exist, user_is_disabled};
use crate::sign_in::level::Method;
use crate::signing;

/// Who shows an access token.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) username: String,
    pub(crate) client_id: String,
    pub(crate) origin_jti: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) methods: Vec<Method>,
    /// Seconds since the epoch.
    pub(crate) auth_time: i64,
}

/// The bearer of an access token of this pool's.
///
/// # Errors
/// `NotAuthorizedException` for anything but a live access token of this pool's, or a disabled user;
/// `UserNotFoundException` if the user is gone.
pub(crate) fn bearer(pool: &Pool, access_token: &str) -> Result<Bearer, ApiError> {
    let invalid = || not_authorized("Invalid Access Token");
    let claims = pool.kept.keys.verify(access_token).ok_or_else(invalid)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("token_use") != "access" || text("iss") != pool.issuer {
        return Err(invalid());
    }
    if pool.now() >= claims.get("exp").and_then(Value::as_i64).unwrap_or_default() {
        return Err(not_authorized("Access Token has expired"));
    }
    if !pool.kept.clients.contains_key(text("client_id")) {
        return Err(invalid());
    }
    let session = pool.kept.tokens.sessions.get(text("origin_jti"));
    let Some(session) = session.filter(|session| !session.revoked) else {
        // The sessions of a deleted user are gone with the user.
        pool.user(text("username"))?;
        return Err(not_authorized("Access Token has been revoked"));
    };
    let user = pool
        .kept
        .users
        .get(&session.username)
        .ok_or_else(user_does_not_exist)?;
    if !user.enabled {
        return Err(user_is_disabled());
    }
    Ok(Bearer {
        username: session.username.clone(),
        client_id: session.client_id.clone(),
        origin_jti: session.origin_jti.clone(),
        scopes: session.scopes.clone(),
        methods: session.methods.clone(),
        auth_time: session.auth_time,
    })
}

/// The issuer that a token names, whoever signed it.
pub(crate) fn issuer(token: &str) -> Option<String> {
    Some(signing::claims(token)?.get("iss")?.as_str()?.to_owned())
}
