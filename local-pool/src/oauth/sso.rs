//! SSO sessions: who has signed in at the hosted pages with a browser, for an hour (developer guide, "Things to know
//! about managed login": the `cognito` cookie).

use super::authorization::{Authorization, NATIVE, providers};
use crate::pool::client::Client;
use crate::pool::{Pool, SsoSession};
use crate::sign_in::hosted;
use crate::sign_in::level::{Method, level};

/// How long a session lasts.
pub(super) const SECONDS: i64 = 3600;

/// Opens a session of someone who has proven who they are, and gives the value of the cookie that leads to it.
pub(crate) fn open(pool: &mut Pool, username: &str, methods: Vec<Method>) -> String {
    let now = pool.now();
    pool.sso.retain(|_, session| now < session.expires_at);
    let cookie = pool.shared.random.base64url(32);
    let session = SsoSession {
        // Not the cookie: whoever has an access token is told of it.
        id: format!("sso{}", pool.shared.random.word(25)),
        username: username.to_owned(),
        methods,
        auth_time: now,
        expires_at: now.saturating_add(SECONDS),
    };
    pool.sso.insert(cookie.clone(), session);
    cookie
}

/// The session that a cookie leads to, as long as it lasts and its user may sign in.
pub(super) fn live<'a>(pool: &'a Pool, cookie: &str) -> Option<&'a SsoSession> {
    let session = pool
        .sso
        .get(cookie)
        .filter(|session| pool.now() < session.expires_at)?;
    let user = pool.kept.users.get(&session.username)?;
    user.may_stay_signed_in().then_some(session)
}

/// The session that a cookie leads to, if it is what the request asks for.
pub(super) fn sufficient<'a>(
    pool: &'a Pool,
    client: &Client,
    asked: &Authorization,
    cookie: &str,
) -> Option<&'a SsoSession> {
    let session = live(pool, cookie)?;
    let age = pool.now().saturating_sub(session.auth_time);
    let fresh = asked.max_age.is_none_or(|most| age <= most);
    let reached = level(&session.methods);
    let target = hosted::target(pool, &session.username, &asked.levels);
    let high = asked.levels.is_empty() || target.is_some_and(|target| reached >= target);
    let came_by = |provider: &str| {
        let identities = pool
            .kept
            .users
            .get(&session.username)
            .map(|user| &user.identities);
        let federated = session.methods.contains(&Method::Federated);
        match provider {
            NATIVE => !federated,
            name => {
                federated && identities.is_some_and(|known| known.iter().any(|one| one.provider_name == name))
            }
        }
    };
    let by_right_door = match &asked.provider {
        Some(provider) => came_by(provider),
        None => providers(pool, client).any(came_by),
    };
    (fresh && high && by_right_door).then_some(session)
}
