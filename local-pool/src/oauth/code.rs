//! Authorization codes (RFC 6749, section 4.1.2): for five minutes, once.

use std::collections::HashMap;

use super::authorization::{Authorization, told_to};
use crate::pool::client::Client;
use crate::pool::{Pool, SsoSession};
use crate::sign_in::level::Method;

const SECONDS: i64 = 300;

/// What a code stands for.
pub(super) struct Grant {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) code_challenge: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) resource: Option<String>,
    pub(super) username: String,
    pub(super) methods: Vec<Method>,
    /// Seconds since the epoch.
    pub(super) auth_time: i64,
    pub(super) sso_session: String,
    expires_at: i64,
}

/// The codes of a pool that wait to be redeemed.
#[derive(Default)]
pub(super) struct Codes(HashMap<String, Grant>);

impl Codes {
    /// What a code stands for; it does so no more.
    pub(super) fn redeem(&mut self, code: &str, now: i64) -> Option<Grant> {
        self.0.remove(code).filter(|grant| now < grant.expires_at)
    }
}

/// The client's address with a code for the session.
pub(super) fn granted(
    pool: &mut Pool,
    client: &Client,
    asked: &Authorization,
    session: &SsoSession,
) -> String {
    let now = pool.now();
    let code = pool.shared.random.uuid();
    let grant = Grant {
        client_id: client.id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        code_challenge: asked.code_challenge.clone(),
        nonce: asked.nonce.clone(),
        scopes: asked.scopes.clone(),
        resource: asked.resource.clone(),
        username: session.username.clone(),
        methods: session.methods.clone(),
        auth_time: session.auth_time,
        sso_session: session.id.clone(),
        expires_at: now.saturating_add(SECONDS),
    };
    let codes = &mut pool.hosted.codes.0;
    codes.retain(|_, grant| now < grant.expires_at);
    codes.insert(code.clone(), grant);
    let told = [("code", Some(code.as_str())), ("state", asked.state.as_deref())];
    told_to(&asked.redirect_uri, &told)
}
