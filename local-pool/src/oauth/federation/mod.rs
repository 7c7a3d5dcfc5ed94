//! Sign-in through an identity provider: the way there and back (developer guide, "User pool sign-in with third
//! party identity providers"). Whoever the pool has as a provider, a [`stand_in`] on this server answers for it.

use std::collections::HashMap;

use axum::response::Response;

use super::authorization::{self, Refusal};
use super::authorize::refused;
use super::browser::{Browser, redirect, with_cookie};
use super::parameters::{Parameters, encoded, query};
use super::{Incoming, login, sso};
use crate::app::App;
use crate::pool::Pool;
use crate::pool::identity_provider::ProviderType;
use crate::sign_in::level::Method;

mod people;
pub(super) mod stand_in;
mod user;

use self::people::Person;

/// How long somebody may take at the identity provider (developer guide, "OIDC user pool IdP authentication flow").
const SECONDS: i64 = 300;

/// Somebody on the way to an identity provider and back.
struct Visit {
    provider: String,
    /// The authorization request.
    given: Parameters,
    /// The browser, by its cookie: nobody else can come back in its place.
    browser: String,
    expires_at: i64,
    /// What the identity provider says, and the code by which it is asked.
    said: Option<(String, Said)>,
}

/// What an identity provider says of who came.
enum Said {
    Person(Person),
    /// OAuth's error and what it is about.
    Error(&'static str, &'static str),
}

/// Everybody on the way, by the `state` that the identity provider hands back.
#[derive(Default)]
pub(super) struct Visits(HashMap<String, Visit>);

impl Visits {
    /// The visit of that state, as long as it lasts and only in the browser where it began.
    fn find(&mut self, state: &str, browser: &Browser, now: i64) -> Option<&mut Visit> {
        let visit = self.0.get_mut(state)?;
        let same = browser.visit.as_ref() == Some(&visit.browser);
        (same && now < visit.expires_at).then_some(visit)
    }
}

fn kind(pool: &Pool, provider: &str) -> Option<ProviderType> {
    let found = pool.kept.identity_providers.get(provider);
    found.map(|provider| provider.provider_type)
}

/// Sends the browser to an identity provider.
pub(super) fn begin(pool: &mut Pool, provider: &str, given: &Parameters, browser: &Browser) -> Response {
    let (now, kind) = (pool.now(), kind(pool, provider));
    let state = pool.shared.random.base64url(32);
    let (cookie_value, cookie) = browser.visit(pool);
    let visits = &mut pool.hosted.visits.0;
    visits.retain(|_, visit| now < visit.expires_at);
    let visit = Visit {
        provider: provider.to_owned(),
        given: given.clone(),
        browser: cookie_value,
        expires_at: now.saturating_add(SECONDS),
        said: None,
    };
    visits.insert(state.clone(), visit);
    let to = format!(
        "/idp/{}/{}?{}",
        encoded(&pool.kept.id),
        encoded(provider),
        query(forwarded(kind, given).chain([("state", state.as_str())]))
    );
    with_cookie(redirect(&to), cookie)
}

/// What an identity provider is told of the authorization request (developer guide, "Authorize endpoint"): every
/// prompt but `none`, and the hint only where the provider speaks OpenID Connect under a name of its own.
fn forwarded(kind: Option<ProviderType>, given: &Parameters) -> impl Iterator<Item = (&str, &str)> {
    let prompt = given.given("prompt").filter(|prompt| *prompt != "none");
    let hint = given
        .given("login_hint")
        .filter(|_| kind == Some(ProviderType::Oidc));
    let told = [("prompt", prompt), ("login_hint", hint)];
    told.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

/// The error and its description that the client gets where `description` keeps somebody out (developer guide,
/// "Managed login and federation error responses"): what a SAML response led to is the server's error.
fn told(kind: Option<ProviderType>, error: &'static str, description: &str) -> (&'static str, String) {
    match kind {
        Some(ProviderType::Saml) => (
            "server_error",
            format!("Invalid SAML response received: {description}"),
        ),
        _ => (error, description.to_owned()),
    }
}

/// `/oauth2/idpresponse` and `/saml2/idpresponse`: somebody comes back.
pub(super) fn respond(app: &App, incoming: &Incoming) -> Response {
    let Ok(given) = &incoming.query else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let (state, code) = if incoming.path.starts_with("/saml2/") {
        (given.text("RelayState"), given.text("SAMLResponse"))
    } else {
        (given.text("state"), given.text("code"))
    };
    let browser = Browser::of(&incoming.headers);
    let mut world = app.world();
    let found = world.pools.values_mut().find_map(|pool| {
        let now = pool.now();
        let visits = &mut pool.hosted.visits;
        let visit = visits.find(state, &browser, now)?;
        let (expected, _) = visit.said.as_ref()?;
        (expected == code).then_some(())?;
        visits.0.remove(state)
    });
    let Some((visit, said)) = found.and_then(|mut visit| {
        let (_, said) = visit.said.take()?;
        Some((visit, said))
    }) else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let (pool, client, asked) = match authorization::check(&mut world, &visit.given) {
        Ok(checked) => checked,
        Err(refusal) => return refused(&refusal),
    };
    let kind = kind(pool, &visit.provider);
    let signed_in = match said {
        Said::Person(person) => user::signed_in(pool, &visit.provider, &person),
        Said::Error(error, description) => {
            let from = match kind {
                Some(ProviderType::Saml) => String::new(),
                _ => format!("{} Error - ", visit.provider),
            };
            let (error, description) = told(kind, error, &format!("{from}{description}"));
            return redirect(&asked.refused(error, &description));
        }
    };
    match signed_in {
        Ok(username) => {
            let cookie = sso::open(pool, &username, vec![Method::Federated]);
            login::enter(pool, &client, &asked, &browser, &cookie)
        }
        Err(description) => {
            let (error, description) = told(kind, "invalid_request", &description);
            redirect(&asked.refused(error, &description))
        }
    }
}
