//! Token sessions: what one sign-in gave, how it is renewed, and how it ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

mod bearer;
pub(crate) mod claims;
pub(crate) mod user_sessions;

pub(crate) use self::bearer::{Bearer, bearer, issuer};
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome, not_authorized, user_is_disabled};
use crate::random::{self, Random};
use crate::sign_in::level::{self, Method};

/// The scope that lets a user see and change what is their own (API reference, every user operation).
pub(crate) const OWN_SCOPE: &str = "aws.cognito.signin.user.admin";

/// Who signed in, and how.
#[derive(Default)]
pub(crate) struct SignedIn {
    pub(crate) username: String,
    pub(crate) methods: Vec<Method>,
    pub(crate) device_key: Option<String>,
    /// DeviceGroupKey of NewDeviceMetadata, whose DeviceKey is `device_key`.
    pub(crate) offered_group_key: Option<String>,
    pub(crate) scopes: Vec<String>,
    /// Of an authorization request, for the ID token.
    pub(crate) nonce: Option<String>,
    /// Of an authorization request, for the access token.
    pub(crate) resource: Option<String>,
    /// The SSO session of the hosted pages that the sign-in came through.
    pub(crate) sso_session: Option<String>,
    /// When the user authenticated, where that was before now; seconds since the epoch.
    pub(crate) auth_time: Option<i64>,
}

/// What began with one sign-in and ends as one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TokenSession {
    /// `SessionId` as ListUserSessions has it.
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) client_id: String,
    pub(crate) origin_jti: String,
    pub(crate) event_id: String,
    pub(crate) methods: Vec<Method>,
    /// The name of the authentication level reached.
    pub(crate) acr: Option<String>,
    pub(crate) device_key: Option<String>,
    /// DeviceGroupKey that was offered for `device_key`, until ConfirmDevice.
    pub(crate) offered_group_key: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// The audience of its access tokens.
    #[serde(default)]
    pub(crate) resource: Option<String>,
    pub(crate) sso_session: Option<String>,
    /// Seconds since the epoch, as all times here.
    pub(crate) auth_time: i64,
    pub(crate) created_at: i64,
    pub(crate) last_active_at: i64,
    /// When its refresh tokens expire; rotation does not move it.
    pub(crate) ends_at: i64,
    pub(crate) revoked: bool,
}

/// How long a session that has ended is still told from one that never was.
const REMEMBERED_SECONDS: i64 = 30 * 86_400;

#[derive(Clone, Debug, Serialize, Deserialize)]
struct RefreshToken {
    origin_jti: String,
    rotated_at: Option<i64>,
}

/// All token sessions, by `origin_jti`, and the hashes of the refresh tokens that lead to them.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Tokens {
    sessions: BTreeMap<String, TokenSession>,
    refresh_tokens: BTreeMap<String, RefreshToken>,
}

fn hash(refresh_token: &str) -> String {
    random::hex(&Sha256::digest(refresh_token.as_bytes()))
}

impl Tokens {
    fn add_refresh_token(&mut self, origin_jti: &str, random: &Random) -> String {
        let token = random.refresh_token();
        let entry = RefreshToken {
            origin_jti: origin_jti.to_owned(),
            rotated_at: None,
        };
        self.refresh_tokens.insert(hash(&token), entry);
        token
    }

    /// The session that `refresh_token` renews.
    fn renewable(&self, refresh_token: &str, client: &Client, now: i64) -> Result<TokenSession, ApiError> {
        let invalid = || not_authorized("Invalid Refresh Token");
        let token = self
            .refresh_tokens
            .get(&hash(refresh_token))
            .ok_or_else(invalid)?;
        let session = self.sessions.get(&token.origin_jti).ok_or_else(invalid)?;
        if session.client_id != client.id {
            return Err(invalid());
        }
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
    fn rotate(&mut self, refresh_token: &str, origin_jti: &str, now: i64, random: &Random) -> String {
        if let Some(token) = self.refresh_tokens.get_mut(&hash(refresh_token)) {
            token.rotated_at.get_or_insert(now);
        }
        self.add_refresh_token(origin_jti, random)
    }

    /// The session that a refresh token leads to, be it alive or not.
    pub(crate) fn of_refresh_token(&self, refresh_token: &str) -> Option<&TokenSession> {
        self.sessions
            .get(&self.refresh_tokens.get(&hash(refresh_token))?.origin_jti)
    }

    /// The session with that `origin_jti`, be it alive or not.
    pub(crate) fn session(&self, origin_jti: &str) -> Option<&TokenSession> {
        self.sessions.get(origin_jti)
    }

    /// DeviceGroupKey of the offer of `device_key` to a session that has not taken it up yet.
    pub(crate) fn offered_group_key(&self, origin_jti: &str, device_key: &str) -> Option<&str> {
        let session = self.sessions.get(origin_jti)?;
        let is_it = session.device_key.as_deref() == Some(device_key);
        session.offered_group_key.as_deref().filter(|_| is_it)
    }

    /// Notes that a session has taken up its offer: it stands once.
    pub(crate) fn take_up_offer(&mut self, origin_jti: &str) {
        if let Some(session) = self.sessions.get_mut(origin_jti) {
            session.offered_group_key = None;
        }
    }

    /// Ends the session with that `origin_jti`.
    pub(crate) fn revoke(&mut self, origin_jti: &str) {
        if let Some(session) = self.sessions.get_mut(origin_jti) {
            session.revoked = true;
        }
    }

    /// Ends every session of a user.
    pub(crate) fn revoke_all(&mut self, username: &str) {
        self.sessions
            .values_mut()
            .filter(|session| session.username == username)
            .for_each(|session| session.revoked = true);
    }

    /// Ends every session that came through an SSO session.
    pub(crate) fn revoke_sso(&mut self, sso_session: &str) {
        self.sessions
            .values_mut()
            .filter(|session| session.sso_session.as_deref() == Some(sso_session))
            .for_each(|session| session.revoked = true);
    }

    /// Whether the session with that `origin_jti` has that SessionId.
    pub(crate) fn is_id(&self, origin_jti: &str, id: &str) -> bool {
        let session = self.sessions.get(origin_jti);
        session.is_some_and(|session| session.id == id)
    }

    /// The sessions, alive or not, that came through an SSO session.
    fn of_sso(&self, sso_session: &str) -> impl Iterator<Item = &TokenSession> {
        self.sessions
            .values()
            .filter(move |session| session.sso_session.as_deref() == Some(sso_session))
    }

    /// The live sessions of a user.
    pub(crate) fn active(&self, username: &str, now: i64) -> impl Iterator<Item = &TokenSession> {
        self.sessions
            .values()
            .filter(move |session| session.username == username && !session.revoked && now < session.ends_at)
    }

    /// Forgets sessions that ended so long ago that nobody asks for them.
    fn prune(&mut self, now: i64) {
        self.retain(|session| now < session.ends_at.saturating_add(REMEMBERED_SECONDS));
    }

    /// Forgets a user who is gone.
    pub(crate) fn forget(&mut self, username: &str) {
        self.retain(|session| session.username != username);
    }

    fn retain(&mut self, stays: impl Fn(&TokenSession) -> bool) {
        let before = self.sessions.len();
        self.sessions.retain(|_, session| stays(session));
        if self.sessions.len() < before {
            let sessions = &self.sessions;
            self.refresh_tokens
                .retain(|_, token| sessions.contains_key(&token.origin_jti));
        }
    }
}

/// Signs a user in: the whole AuthenticationResult, refresh token included.
///
/// # Errors
/// `UserNotFoundException`.
pub(crate) fn sign_in(pool: &mut Pool, client: &Client, signed_in: SignedIn) -> Outcome {
    let now = pool.now();
    let random = &pool.shared.random;
    let level = level::level(&signed_in.methods);
    let session = TokenSession {
        id: format!("tkn{}", random.word(25)),
        username: signed_in.username,
        client_id: client.id.clone(),
        origin_jti: random.uuid(),
        event_id: random.uuid(),
        acr: pool.settings().acr_name(level).map(str::to_owned),
        methods: signed_in.methods,
        device_key: signed_in.device_key,
        offered_group_key: signed_in.offered_group_key,
        scopes: signed_in.scopes,
        nonce: signed_in.nonce,
        resource: signed_in.resource,
        sso_session: signed_in.sso_session,
        auth_time: signed_in.auth_time.unwrap_or(now),
        created_at: now,
        last_active_at: now,
        ends_at: now.saturating_add(client.refresh_token_validity_seconds),
        revoked: false,
    };
    let mut result = issue(pool, client, &session)?;
    let tokens = &mut pool.kept.tokens;
    tokens.prune(now);
    tokens
        .sessions
        .insert(session.origin_jti.clone(), session.clone());
    let refresh_token = tokens.add_refresh_token(&session.origin_jti, &pool.shared.random);
    result.insert("RefreshToken".to_owned(), json!(refresh_token));
    Ok(Value::Object(result))
}

/// Renews with a refresh token: new access and ID tokens, and with rotation a new refresh token.
///
/// # Errors
/// `NotAuthorizedException` for a token that is unknown, another client's, revoked or expired, a device that is
/// not the session's, or a disabled user; `RefreshTokenReuseException` for one rotated longer ago than the
/// grace period.
pub(crate) fn renew(
    pool: &mut Pool,
    client: &Client,
    refresh_token: &str,
    device_key: Option<&str>,
) -> Outcome {
    let now = pool.now();
    let session = pool.kept.tokens.renewable(refresh_token, client, now)?;
    let user = pool.user(&session.username)?;
    if !user.enabled {
        return Err(user_is_disabled());
    }
    // A device that was never confirmed, or was forgotten, renews nothing.
    let on_its_device = |key: &String| device_key == Some(key) && user.devices.contains_key(key);
    let remembers = pool.settings().devices.is_some();
    if remembers && !session.device_key.as_ref().is_none_or(on_its_device) {
        return Err(not_authorized("Invalid Refresh Token"));
    }
    // A nonce is for the answer to its authorization request alone (OpenID Connect Core 1.0, section 12.2).
    let session = TokenSession {
        nonce: None,
        ..session
    };
    let mut result = issue(pool, client, &session)?;
    let tokens = &mut pool.kept.tokens;
    if let Some(session) = tokens.sessions.get_mut(&session.origin_jti) {
        session.last_active_at = now;
    }
    if client.refresh_token_rotation.enabled {
        let next = tokens.rotate(refresh_token, &session.origin_jti, now, &pool.shared.random);
        result.insert("RefreshToken".to_owned(), json!(next));
    }
    Ok(Value::Object(result))
}

fn issue(pool: &Pool, client: &Client, session: &TokenSession) -> Result<Map<String, Value>, ApiError> {
    let sign = |claims: Value| {
        let token = pool.kept.keys.sign(&claims);
        token.ok_or_else(|| ApiError::new("InternalErrorException", "There is no key to sign tokens with"))
    };
    let mut result = Map::new();
    let mut put = |name: &str, value: Value| result.insert(name.to_owned(), value);
    let access_token = sign(claims::access(pool, client, session)?)?;
    let id_token = sign(claims::id(pool, client, session, &access_token)?)?;
    put("AccessToken", json!(access_token));
    put("IdToken", json!(id_token));
    put("ExpiresIn", json!(client.access_token_validity_seconds));
    put("TokenType", json!("Bearer"));
    Ok(result)
}

#[cfg(test)]
mod tests;
