//! Token sessions: what one sign-in gave, how it is renewed, and how it ends.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::client::Client;
use crate::protocol::{ApiError, Outcome, not_authorized, user_does_not_exist, user_is_disabled};
use crate::store::Pool;
use crate::users::User;
use crate::{random, seed, signing};

/// What began with one sign-in and ends as one.
#[derive(Clone, Debug)]
pub(crate) struct TokenSession {
    pub(crate) sub: String,
    origin_jti: String,
    event_id: String,
    auth_time: i64,
    /// When its refresh tokens expire; rotation does not move it.
    ends_at: i64,
    revoked: bool,
}

#[derive(Clone, Debug)]
struct RefreshToken {
    origin_jti: String,
    rotated_at: Option<i64>,
}

/// All token sessions, by `origin_jti`, and the refresh tokens that lead to them.
#[derive(Default)]
pub(crate) struct Tokens {
    sessions: HashMap<String, TokenSession>,
    refresh_tokens: HashMap<String, RefreshToken>,
}

impl Tokens {
    /// Opens a session and gives it with its refresh token.
    fn open(&mut self, sub: &str, client: &Client, now: i64) -> (TokenSession, String) {
        let session = TokenSession {
            sub: sub.to_owned(),
            origin_jti: random::uuid(),
            event_id: random::uuid(),
            auth_time: now,
            ends_at: now.saturating_add(client.refresh_token_validity_seconds),
            revoked: false,
        };
        self.sessions.insert(session.origin_jti.clone(), session.clone());
        let token = self.add_refresh_token(&session.origin_jti);
        (session, token)
    }

    fn add_refresh_token(&mut self, origin_jti: &str) -> String {
        let token = random::refresh_token();
        let origin_jti = origin_jti.to_owned();
        self.refresh_tokens.insert(
            token.clone(),
            RefreshToken {
                origin_jti,
                rotated_at: None,
            },
        );
        token
    }

    /// The session that `refresh_token` renews.
    fn renewable(&self, refresh_token: &str, client: &Client, now: i64) -> Result<TokenSession, ApiError> {
        let invalid = || not_authorized("Invalid Refresh Token");
        let token = self.refresh_tokens.get(refresh_token).ok_or_else(invalid)?;
        let session = self.sessions.get(&token.origin_jti).ok_or_else(invalid)?;
        if session.revoked {
            return Err(not_authorized("Refresh Token has been revoked"));
        }
        if now >= session.ends_at {
            return Err(not_authorized("Refresh Token has expired"));
        }
        let grace = client.refresh_token_rotation.retry_grace_period_seconds;
        if token
            .rotated_at
            .is_some_and(|rotated| now >= rotated.saturating_add(grace))
        {
            let message = "Refresh token has been invalidated by rotation";
            return Err(ApiError::new("RefreshTokenReuseException", message));
        }
        Ok(session.clone())
    }

    /// Replaces `refresh_token` by a new one of the same session.
    fn rotate(&mut self, refresh_token: &str, session: &TokenSession, now: i64) -> String {
        if let Some(token) = self.refresh_tokens.get_mut(refresh_token) {
            token.rotated_at.get_or_insert(now);
        }
        self.add_refresh_token(&session.origin_jti)
    }

    /// Ends the session of a refresh token; whether there was one.
    pub(crate) fn revoke(&mut self, refresh_token: &str) -> bool {
        let session = self
            .refresh_tokens
            .get(refresh_token)
            .and_then(|token| self.sessions.get_mut(&token.origin_jti));
        session.is_some_and(|session| {
            session.revoked = true;
            true
        })
    }

    /// Ends every session of a user.
    pub(crate) fn revoke_all(&mut self, sub: &str) {
        self.sessions
            .values_mut()
            .filter(|session| session.sub == sub)
            .for_each(|session| session.revoked = true);
    }

    fn is_revoked(&self, origin_jti: &str) -> bool {
        self.sessions
            .get(origin_jti)
            .is_none_or(|session| session.revoked)
    }
}

/// Signs `sub` in: the whole AuthenticationResult, refresh token included.
pub(crate) fn sign_in(pool: &mut Pool, sub: &str) -> Outcome {
    let now = pool.clock.now();
    let user = pool.users.get(sub).ok_or_else(user_does_not_exist)?;
    let (session, refresh_token) = pool.tokens.open(sub, &pool.client, now);
    let mut result = issue(&pool.issuer, &pool.client, user, &session, now)?;
    result.insert("RefreshToken".to_owned(), json!(refresh_token));
    Ok(Value::Object(result))
}

/// Renews with a refresh token: new access and ID tokens, and with rotation a new refresh token.
///
/// # Errors
/// `NotAuthorizedException` for a token that is unknown, revoked or expired, or a disabled user;
/// `RefreshTokenReuseException` for one rotated longer ago than the grace period.
pub(crate) fn renew(pool: &mut Pool, refresh_token: &str) -> Outcome {
    let now = pool.clock.now();
    let session = pool.tokens.renewable(refresh_token, &pool.client, now)?;
    let user = pool.users.get(&session.sub).ok_or_else(user_does_not_exist)?;
    if !user.enabled {
        return Err(user_is_disabled());
    }
    let mut result = issue(&pool.issuer, &pool.client, user, &session, now)?;
    if pool.client.refresh_token_rotation.enabled {
        let next = pool.tokens.rotate(refresh_token, &session, now);
        result.insert("RefreshToken".to_owned(), json!(next));
    }
    Ok(Value::Object(result))
}

fn issue(
    issuer: &str,
    client: &Client,
    user: &User,
    session: &TokenSession,
    now: i64,
) -> Result<Map<String, Value>, ApiError> {
    let mut shared = Map::new();
    let mut put = |name: &str, value: Value| shared.insert(name.to_owned(), value);
    put("sub", json!(user.sub));
    put("iss", json!(issuer));
    put("origin_jti", json!(session.origin_jti));
    put("event_id", json!(session.event_id));
    put("auth_time", json!(session.auth_time));
    put("iat", json!(now));
    if !user.groups.is_empty() {
        put("cognito:groups", json!(user.groups));
    }
    let id_claims = {
        let mut claims = shared.clone();
        claims.extend(
            user.attributes
                .iter()
                .map(|(name, value)| (name.clone(), json!(value))),
        );
        claims.insert("email_verified".to_owned(), json!(user.email_verified()));
        claims.insert("cognito:username".to_owned(), json!(user.sub));
        claims.insert("aud".to_owned(), json!(seed::CLIENT_ID));
        dated(claims, "id", now.saturating_add(client.id_token_validity_seconds))
    };
    let access_claims = {
        let mut claims = shared;
        claims.insert("client_id".to_owned(), json!(seed::CLIENT_ID));
        claims.insert("scope".to_owned(), json!("aws.cognito.signin.user.admin"));
        claims.insert("username".to_owned(), json!(user.sub));
        dated(
            claims,
            "access",
            now.saturating_add(client.access_token_validity_seconds),
        )
    };
    let sign = |claims: Value| {
        signing::sign(&claims)
            .ok_or_else(|| ApiError::new("InternalErrorException", "There is no key to sign tokens with"))
    };
    let mut result = Map::new();
    result.insert("AccessToken".to_owned(), json!(sign(access_claims)?));
    result.insert("IdToken".to_owned(), json!(sign(id_claims)?));
    result.insert(
        "ExpiresIn".to_owned(),
        json!(client.access_token_validity_seconds),
    );
    result.insert("TokenType".to_owned(), json!("Bearer"));
    Ok(result)
}

fn dated(mut claims: Map<String, Value>, token_use: &str, expires_at: i64) -> Value {
    claims.insert("token_use".to_owned(), json!(token_use));
    claims.insert("exp".to_owned(), json!(expires_at));
    claims.insert("jti".to_owned(), json!(random::uuid()));
    Value::Object(claims)
}

/// The user whose access token this is.
///
/// # Errors
/// `NotAuthorizedException` for anything but a live access token of this pool's; `UserNotFoundException` if
/// the user is gone.
pub(crate) fn bearer<'a>(pool: &'a Pool, access_token: &str) -> Result<&'a User, ApiError> {
    let invalid = || not_authorized("Invalid Access Token");
    let claims = signing::verify(access_token).ok_or_else(invalid)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("token_use") != "access" || text("iss") != pool.issuer {
        return Err(invalid());
    }
    if pool.clock.now() >= claims.get("exp").and_then(Value::as_i64).unwrap_or_default() {
        return Err(not_authorized("Access Token has expired"));
    }
    if pool.tokens.is_revoked(text("origin_jti")) {
        return Err(not_authorized("Access Token has been revoked"));
    }
    let user = pool.users.get(text("sub")).ok_or_else(user_does_not_exist)?;
    if user.enabled {
        Ok(user)
    } else {
        Err(user_is_disabled())
    }
}

#[cfg(test)]
mod tests;
