//! `/oauth2/authorize`.

use axum::http::StatusCode;
use axum::response::Response;

use super::authorization::{self, NATIVE, Refusal, providers};
use super::browser::{Browser, html, redirect};
use super::parameters::{Malformed, Parameters};
use super::{Incoming, code, federation, page, refused_because, sso};
use crate::app::App;

pub(super) fn get(app: &App, incoming: &Incoming) -> Response {
    let given = match &incoming.query {
        Ok(given) => given,
        Err(Malformed) => return refused(&Refusal::Page("invalid_request")),
    };
    let mut world = app.world();
    let (pool, client, asked) = match authorization::check(&mut world, given) {
        Ok(checked) => checked,
        Err(refusal) => return refused(&refusal),
    };
    let browser = Browser::of(&incoming.headers);
    let session = browser.session.as_deref().filter(|_| !asked.forced);
    let found = session.and_then(|cookie| sso::sufficient(pool, &client, &asked, cookie).cloned());
    if let Some(session) = found {
        return redirect(&code::granted(pool, &client, &asked, &session));
    }
    if asked.silent {
        return redirect(&asked.refused("login_required", "The user has to sign in"));
    }
    let on_offer: Vec<&str> = providers(pool, &client).collect();
    let provider = match (&asked.provider, on_offer.as_slice()) {
        (Some(provider), _) => provider.clone(),
        (None, [only]) => (*only).to_owned(),
        (None, _) => NATIVE.to_owned(),
    };
    if provider == NATIVE {
        redirect(&login_address(given))
    } else {
        federation::begin(pool, &provider, given, &browser)
    }
}

/// The sign-in page for an authorization request.
pub(super) fn login_address(given: &Parameters) -> String {
    format!("/login?{}", given.encode())
}

/// What the log says about an error that a page shows.
fn reason(error: &str) -> &str {
    match error {
        "invalid_client" => "there is no such client",
        "redirect_mismatch" => "the client does not list this address",
        other => other,
    }
}

/// A refused request's page or redirect.
pub(super) fn refused(refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Page(error) => {
            let page = html(StatusCode::BAD_REQUEST, page::error(error), None);
            refused_because(page, error, reason(error))
        }
        Refusal::Redirect(to) => redirect(to),
    }
}
