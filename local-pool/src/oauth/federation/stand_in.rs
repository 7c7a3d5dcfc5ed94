//! `/idp/{pool}/{provider}`: the page that stands in for an identity provider, where one says who one is.

use axum::http::StatusCode;
use axum::response::Response;

use super::people::{PEOPLE, Person};
use super::{Said, Visit};
use crate::app::App;
use crate::oauth::Incoming;
use crate::oauth::authorization::Refusal;
use crate::oauth::authorize::refused;
use crate::oauth::browser::{Browser, CSRF, csrf_token, html, redirect};
use crate::oauth::page::{document, field};
use crate::oauth::parameters::{Parameters, decoded, encoded};
use crate::pages::html::escape;
use crate::pool::Pool;
use crate::pool::identity_provider::ProviderType;
use crate::world::World;

/// GET: the page.
pub(in crate::oauth) fn show(app: &App, incoming: &Incoming) -> Response {
    let Ok(given) = &incoming.query else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let browser = Browser::of(&incoming.headers);
    let mut world = app.world();
    let Some(pool) = pool(&mut world, incoming) else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let state = given.text("state");
    let token = csrf_token(pool, browser.visit.as_deref().unwrap_or_default());
    match visit(pool, incoming, &browser, state) {
        Some(visit) => html(
            StatusCode::OK,
            page(visit, state, given.text("login_hint"), &token),
            Some(visit.given.text("redirect_uri")),
        ),
        None => refused(&Refusal::Page("invalid_request")),
    }
}

/// POST: who one is, or that one does not want to say.
pub(in crate::oauth) fn submit(app: &App, incoming: &Incoming) -> Response {
    let Ok(form) = &incoming.form else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let browser = Browser::of(&incoming.headers);
    let mut world = app.world();
    let pool = pool(&mut world, incoming).filter(|pool| browser.was_given(pool, form));
    let Some(pool) = pool else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let code = pool.shared.random.base64url(32);
    let state = form.text("state");
    let Some(visit) = visit(pool, incoming, &browser, state) else {
        return refused(&Refusal::Page("invalid_request"));
    };
    visit.said = Some((code.clone(), said(form)));
    let provider = visit.provider.clone();
    let kind = pool.kept.identity_providers.get(&provider);
    let (state, code) = (encoded(state), encoded(&code));
    // A real provider of SAML's would have the browser post it; what arrives is the same.
    redirect(&match kind.map(|provider| provider.provider_type) {
        Some(ProviderType::Saml) => {
            format!("/saml2/idpresponse?RelayState={state}&SAMLResponse={code}")
        }
        _ => format!("/oauth2/idpresponse?code={code}&state={state}"),
    })
}

/// The two parts of the path.
fn names(incoming: &Incoming) -> Option<(String, String)> {
    let (pool, provider) = incoming.path.strip_prefix("/idp/")?.split_once('/')?;
    // In a path, a plus is a plus.
    let part = |text: &str| decoded(&text.replace('+', "%2B")).ok();
    Some((part(pool)?, part(provider)?))
}

fn pool<'a>(world: &'a mut World, incoming: &Incoming) -> Option<&'a mut Pool> {
    world.pools.get_mut(&names(incoming)?.0)
}

fn visit<'a>(
    pool: &'a mut Pool,
    incoming: &Incoming,
    browser: &Browser,
    state: &str,
) -> Option<&'a mut Visit> {
    let (_, provider) = names(incoming)?;
    let now = pool.now();
    let found = pool.hosted.visits.find(state, browser, now);
    found.filter(|visit| visit.provider == provider)
}

fn said(form: &Parameters) -> Said {
    match form.text("answer") {
        "deny" => Said::Error("access_denied", "The user denied access"),
        "error" => Said::Error("invalid_request", "500 server_error"),
        "other" => Said::Person(Person {
            given_name: form.text("given_name").trim().to_owned(),
            family_name: form.text("family_name").trim().to_owned(),
            email: form.given("email").map(|email| email.trim().to_owned()),
            email_verified: form.given("email_verified").is_some(),
        }),
        key => {
            let made_up = PEOPLE.iter().find(|made_up| made_up.key == key);
            made_up.map_or(Said::Error("invalid_request", "400 invalid_request"), |made_up| {
                Said::Person(made_up.person())
            })
        }
    }
}

fn page(visit: &Visit, state: &str, hint: &str, token: &str) -> String {
    let hidden = format!(
        "<input type=\"hidden\" name=\"{CSRF}\" value=\"{}\"><input type=\"hidden\" name=\"state\" value=\"{}\">",
        escape(token),
        escape(state)
    );
    let people: String = PEOPLE
        .iter()
        .map(|made_up| {
            let person = made_up.person();
            let about = person.email.clone().map_or_else(
                || made_up.note.to_owned(),
                |email| format!("{email} · {}", made_up.note),
            );
            format!(
                "<button class=\"person\" name=\"answer\" value=\"{}\"><strong>{}</strong>\
                 <span>{}</span></button>",
                escape(made_up.key),
                escape(&person.name()),
                escape(&about)
            )
        })
        .collect();
    let input = |name: &str, kind: &str, value: &str| {
        format!(
            "<input name=\"{name}\" type=\"{kind}\" autocomplete=\"off\" value=\"{}\">",
            escape(value)
        )
    };
    let fields = [
        field("E-mail", &input("email", "email", hint)),
        field("Given name", &input("given_name", "text", "")),
        field("Family name", &input("family_name", "text", "")),
    ]
    .concat();
    let provider = escape(&visit.provider);
    let main = format!(
        "<h1>{provider}</h1><p class=\"soft\">This page stands in for {provider}. Who are you?</p>\
         <form method=\"post\">{hidden}{people}</form>\
         <details><summary>Somebody else</summary><form method=\"post\">{hidden}{fields}\
         <label class=\"choice\"><input type=\"checkbox\" name=\"email_verified\" value=\"true\" checked> \
         E-mail is verified</label>\
         <button name=\"answer\" value=\"other\">Continue</button></form></details>\
         <form method=\"post\" class=\"row\">{hidden}\
         <button class=\"quiet\" name=\"answer\" value=\"deny\">Deny access</button>\
         <button class=\"quiet\" name=\"answer\" value=\"error\">Fail</button></form>"
    );
    document(&visit.provider, &main)
}
