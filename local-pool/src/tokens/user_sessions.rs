//! A user's sessions as ListUserSessions tells of them and RevokeUserSession ends them (developer guide,
//! "Managing user sessions").

use serde_json::{Map, Value, json};

use super::TokenSession;
use crate::pool::device::CALLERS_ADDRESS;
use crate::pool::{Pool, SsoSession};
use crate::protocol::{ApiError, Outcome, invalid_parameter};

/// The most sessions that one answer holds (`SessionsListType`).
const PAGE: usize = 125;

/// `SessionDescriptionType`, and what it is sorted by.
struct Described {
    id: String,
    created_at: i64,
    session: Value,
}

/// Passes in pools that track sessions.
///
/// # Errors
/// `OperationNotEnabledException` in others.
pub(crate) fn require_tracking(pool: &Pool) -> Result<(), ApiError> {
    if pool.settings().session_tracking {
        return Ok(());
    }
    Err(ApiError::new(
        "OperationNotEnabledException",
        "User session tracking is not enabled for the user pool.",
    ))
}

/// A page of a user's active token and SSO sessions, newest first. NextToken is the SessionId of the last
/// session told of.
///
/// # Errors
/// `InvalidParameterException` for a NextToken that no page ended with.
pub(crate) fn list(
    pool: &Pool,
    username: &str,
    current_origin_jti: Option<&str>,
    next_token: Option<&str>,
) -> Outcome {
    let sessions = all(pool, username, current_origin_jti);
    let rest = match next_token {
        None => sessions.as_slice(),
        Some(last) => sessions
            .iter()
            .position(|session| session.id == last)
            .and_then(|index| sessions.get(index.saturating_add(1)..))
            .ok_or_else(|| invalid_parameter("Invalid NextToken given."))?,
    };
    let page = rest.get(..PAGE).unwrap_or(rest);
    let mut answer = Map::new();
    let sessions: Value = page.iter().map(|described| described.session.clone()).collect();
    answer.insert("Sessions".to_owned(), sessions);
    if let Some(last) = page.last().filter(|_| rest.len() > PAGE) {
        answer.insert("NextToken".to_owned(), json!(last.id));
    }
    Ok(Value::Object(answer))
}

fn all(pool: &Pool, username: &str, current_origin_jti: Option<&str>) -> Vec<Described> {
    let now = pool.now();
    let tokens = pool.kept.tokens.active(username, now);
    let sso = pool
        .sso
        .values()
        .filter(|session| session.username == username && now < session.expires_at);
    let mut sessions: Vec<Described> = tokens
        .map(|session| token_session(session, current_origin_jti))
        .chain(sso.map(|session| sso_session(pool, session)))
        .collect();
    sessions.sort_by(|one, other| {
        let newest_first = other.created_at.cmp(&one.created_at);
        newest_first.then_with(|| one.id.cmp(&other.id))
    });
    sessions
}

fn token_session(session: &TokenSession, current_origin_jti: Option<&str>) -> Described {
    let mut only_here = Map::new();
    only_here.insert("ClientId".to_owned(), json!(session.client_id));
    if let Some(origin) = &session.sso_session {
        only_here.insert("OriginSessionId".to_owned(), json!(origin));
    }
    let is_current = current_origin_jti == Some(&session.origin_jti);
    only_here.insert("IsCurrentSession".to_owned(), json!(is_current));
    let (created_at, last_active_at) = (session.created_at, session.last_active_at);
    described(&session.id, "TOKEN", created_at, last_active_at, only_here)
}

fn sso_session(pool: &Pool, session: &SsoSession) -> Described {
    let of_its_tokens = pool.kept.tokens.of_sso(&session.id);
    let last_active_at = of_its_tokens.map(|session| session.last_active_at).max();
    let last_active_at = last_active_at.unwrap_or_default().max(session.auth_time);
    let only_here = Map::from_iter([("IsCurrentSession".to_owned(), json!(false))]);
    described(&session.id, "SSO", session.auth_time, last_active_at, only_here)
}

fn described(
    id: &str,
    kind: &str,
    created_at: i64,
    last_active_at: i64,
    mut session: Map<String, Value>,
) -> Described {
    let members = [
        ("SessionId", json!(id)),
        ("SessionType", json!(kind)),
        ("CreateDate", json!(created_at)),
        ("LastActiveDate", json!(last_active_at)),
        ("DeviceType", json!("unknown")),
        ("LastIPAddress", json!(CALLERS_ADDRESS)),
        ("LastLocation", json!({"Country": "unknown"})),
    ];
    session.extend(members.map(|(name, value)| (name.to_owned(), value)));
    Described {
        id: id.to_owned(),
        created_at,
        session: Value::Object(session),
    }
}

/// Ends a session of a user's, and with `linked` what it is linked to: of a token session, the SSO session
/// that it came through; of an SSO session, the token sessions that came through it.
///
/// # Errors
/// `ResourceNotFoundException` for a session that is not an active one of the user's.
pub(crate) fn revoke(pool: &mut Pool, username: &str, id: &str, linked: bool) -> Result<(), ApiError> {
    let now = pool.now();
    let is_sso = pool
        .sso
        .values()
        .any(|session| session.id == id && session.username == username && now < session.expires_at);
    if is_sso {
        pool.end_sso(id);
        if linked {
            pool.kept.tokens.revoke_sso(id);
        }
        return Ok(());
    }
    let mut sessions = pool.kept.tokens.active(username, now);
    let session = sessions.find(|session| session.id == id).cloned();
    drop(sessions);
    let session =
        session.ok_or_else(|| ApiError::new("ResourceNotFoundException", "Session does not exist."))?;
    pool.kept.tokens.revoke(&session.origin_jti);
    if let Some(sso) = session.sso_session.filter(|_| linked) {
        pool.end_sso(&sso);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
