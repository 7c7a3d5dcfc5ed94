//! `/logout`: ends the browser's session, not its tokens.

use axum::response::Response;

use super::authorization::{self, Refusal};
use super::authorize::{login_address, refused};
use super::browser::{Browser, redirect, session_cookie, with_cookie};
use super::{Incoming, Malformed};
use crate::app::App;

pub(super) fn get(app: &App, incoming: &Incoming) -> Response {
    let given = match &incoming.query {
        Ok(given) => given,
        Err(Malformed) => return refused(&Refusal::Page("invalid_request")),
    };
    let mut world = app.world();
    let to = match given.given("logout_uri") {
        Some(logout_uri) => match world.client_mut(given.text("client_id")) {
            Err(_) => return refused(&Refusal::Page("invalid_client")),
            Ok((_, client)) if !client.oauth.logout_urls.iter().any(|url| url == logout_uri) => {
                return refused(&Refusal::Page("redirect_mismatch"));
            }
            Ok(_) => logout_uri.to_owned(),
        },
        None => match authorization::check(&mut world, given) {
            Ok(_) => login_address(given),
            Err(refusal) => return refused(&refusal),
        },
    };
    if let Some(cookie) = Browser::of(&incoming.headers).session {
        for pool in world.pools.values_mut() {
            pool.sso.remove(&cookie);
        }
    }
    with_cookie(redirect(&to), Some(session_cookie(None)))
}
