//! What access and ID tokens claim (developer guide, "Using the access token", "Using the ID token").

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::TokenSession;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::group::Group;
use crate::pool::user::User;
use crate::protocol::ApiError;
use crate::sign_in::level::amr;

/// The attributes that a scope of OpenID Connect opens (Core 1.0, section 5.4).
fn opened_by(scope: &str, attribute: &str) -> bool {
    let contact = |name: &str| attribute == name || attribute.strip_suffix("_verified") == Some(name);
    match scope {
        "email" => contact("email"),
        "phone" => contact("phone_number"),
        "profile" => !contact("email") && !contact("phone_number"),
        _ => false,
    }
}

/// Whether a session's tokens and userInfo tell an attribute: all that the client may read, unless scopes
/// narrow them down (developer guide, "Scopes, M2M, and resource servers").
pub(crate) fn is_open(session: &TokenSession, client: &Client, attribute: &str) -> bool {
    let narrows = |scope: &String| matches!(scope.as_str(), "email" | "phone" | "profile");
    let narrowed = session.scopes.iter().any(narrows);
    client.can_read(attribute)
        && (!narrowed || session.scopes.iter().any(|scope| opened_by(scope, attribute)))
}

/// An attribute's value with the type that it has in a token.
pub(crate) fn typed(name: &str, value: &str) -> Value {
    match name {
        "email_verified" | "phone_number_verified" => json!(value == "true"),
        _ => json!(value),
    }
}

/// The claims of an access token.
pub(super) fn access(pool: &Pool, client: &Client, session: &TokenSession) -> Result<Value, ApiError> {
    let user = pool.user(&session.username)?;
    let mut claims = shared(
        pool,
        user,
        session,
        "access",
        client.access_token_validity_seconds,
    );
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("client_id", json!(client.id));
    put("scope", json!(session.scopes.join(" ")));
    put("username", json!(user.username));
    if let Some(resource) = &session.resource {
        put("aud", json!(resource));
    }
    if let Some(key) = session
        .device_key
        .as_ref()
        .filter(|key| user.devices.contains_key(*key))
    {
        put("device_key", json!(key));
    }
    Ok(Value::Object(claims))
}

/// The claims of the ID token that goes with `access_token`.
pub(super) fn id(
    pool: &Pool,
    client: &Client,
    session: &TokenSession,
    access_token: &str,
) -> Result<Value, ApiError> {
    let user = pool.user(&session.username)?;
    let mut claims = shared(pool, user, session, "id", client.id_token_validity_seconds);
    claims.extend(
        user.attributes
            .iter()
            .filter(|(name, _)| is_open(session, client, name))
            .map(|(name, value)| (name.clone(), typed(name, value))),
    );
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("aud", json!(client.id));
    put("cognito:username", json!(user.username));
    let groups = groups(pool, user);
    let roles: Vec<&String> = groups
        .iter()
        .filter_map(|group| group.role_arn.as_ref())
        .collect();
    if let Some(preferred) = preferred_role(&groups) {
        put("cognito:preferred_role", json!(preferred));
    }
    if !roles.is_empty() {
        put("cognito:roles", json!(roles));
    }
    if session.scopes.iter().any(|scope| scope == "openid") {
        put("at_hash", json!(at_hash(access_token)));
    }
    if let Some(nonce) = &session.nonce {
        put("nonce", json!(nonce));
    }
    if !user.identities.is_empty() {
        put("identities", identities(user));
    }
    Ok(Value::Object(claims))
}

/// The left half of the token's hash (OpenID Connect Core 1.0, section 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let hash = Sha256::digest(access_token.as_bytes());
    let half: Vec<u8> = hash.iter().copied().take(hash.len() / 2).collect();
    URL_SAFE_NO_PAD.encode(half)
}

fn shared(
    pool: &Pool,
    user: &User,
    session: &TokenSession,
    token_use: &str,
    validity: i64,
) -> Map<String, Value> {
    let now = pool.now();
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("sub", json!(user.sub));
    put("iss", json!(pool.issuer));
    put("token_use", json!(token_use));
    put("origin_jti", json!(session.origin_jti));
    put("jti", json!(pool.shared.random.uuid()));
    put("event_id", json!(session.event_id));
    put("auth_time", json!(session.auth_time));
    put("iat", json!(now));
    put("exp", json!(now.saturating_add(validity)));
    if let Some(acr) = &session.acr {
        put("acr", json!(acr));
    }
    if !session.methods.is_empty() {
        put("amr", json!(amr(&session.methods)));
    }
    if !user.groups.is_empty() {
        put("cognito:groups", json!(user.groups));
    }
    claims
}

fn groups<'a>(pool: &'a Pool, user: &User) -> Vec<&'a Group> {
    user.groups
        .iter()
        .filter_map(|name| pool.kept.groups.get(name))
        .collect()
}

/// The role of the group with the lowest precedence; none where two groups with different roles share it.
fn preferred_role<'a>(groups: &[&'a Group]) -> Option<&'a String> {
    let lowest = groups.iter().filter_map(|group| group.precedence).min()?;
    let mut roles: Vec<&String> = groups
        .iter()
        .filter(|group| group.precedence == Some(lowest))
        .filter_map(|group| group.role_arn.as_ref())
        .collect();
    roles.dedup();
    if let [role] = roles.as_slice() {
        Some(role)
    } else {
        None
    }
}

/// The `identities` claim and attribute.
pub(crate) fn identities(user: &User) -> Value {
    let identities = user.identities.iter().map(|identity| {
        json!({
            "dateCreated": (identity.created_at * 1000).to_string(),
            "issuer": Value::Null,
            "primary": identity.primary.to_string(),
            "providerName": identity.provider_name,
            "providerType": identity.provider_type,
            "userId": identity.user_id,
        })
    });
    identities.collect()
}
