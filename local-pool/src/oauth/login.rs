//! `/login`: the page that people sign in at, step by step.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::authorization::{self, Authorization, NATIVE, Refusal, providers};
use super::authorize::refused;
use super::browser::{Browser, csrf_token, html, redirect, session_cookie, with_cookie};
use super::parameters::Parameters;
use super::steps::{Step, step};
use super::{Incoming, code, page, refused_because, sso};
use crate::app::App;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{ApiError, Outcome};
use crate::sign_in::hosted;

/// GET: the form.
pub(super) fn show(app: &App, incoming: &Incoming) -> Response {
    let Ok(given) = &incoming.query else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let mut world = app.world();
    match authorization::check(&mut world, given) {
        Ok((pool, client, asked)) => {
            let shown = Shown {
                given,
                asked: &asked,
                browser: &Browser::of(&incoming.headers),
                name: given.text("login_hint"),
            };
            shown.page(pool, &client, StatusCode::OK, None, None)
        }
        Err(refusal) => refused(&refusal),
    }
}

/// POST: an answer to the form, be it the password or what came after it.
pub(super) fn submit(app: &App, incoming: &Incoming) -> Response {
    let (Ok(given), Ok(form)) = (&incoming.query, &incoming.form) else {
        return refused(&Refusal::Page("invalid_request"));
    };
    let mut world = app.world();
    let (pool, client, asked) = match authorization::check(&mut world, given) {
        Ok(checked) => checked,
        Err(refusal) => return refused(&refusal),
    };
    let browser = Browser::of(&incoming.headers);
    let shown = Shown {
        given,
        asked: &asked,
        browser: &browser,
        name: form.text("username"),
    };
    if !browser.was_given(pool, form) {
        let stale = "This page was open for too long. Please try again.";
        return shown.page(pool, &client, StatusCode::FORBIDDEN, None, Some(stale));
    }
    let outcome = if providers(pool, &client).any(|provider| provider == NATIVE) {
        perform(pool, &client, &asked, form)
    } else {
        Err(crate::protocol::not_authorized(
            "Sign in with an identity provider.",
        ))
    };
    let text = |outcome: &Value, name: &str| outcome.get(name).and_then(Value::as_str).map(str::to_owned);
    match outcome {
        Ok(outcome) => match text(&outcome, hosted::SSO_SESSION) {
            Some(cookie) => enter(pool, &client, &asked, &browser, &cookie),
            None => {
                let session = text(&outcome, "Session");
                shown.page(pool, &client, StatusCode::OK, session.as_deref(), None)
            }
        },
        Err(error) => {
            let words = words(&error);
            let session = form.given("session");
            let page = shown.page(pool, &client, StatusCode::BAD_REQUEST, session, Some(words));
            refused_because(page, &error.kind, error.log_text())
        }
    }
}

fn perform(pool: &mut Pool, client: &Client, asked: &Authorization, form: &Parameters) -> Outcome {
    match form.given("session") {
        None => {
            let (name, password) = (form.text("username").trim(), form.text("password"));
            hosted::begin(pool, client, name, password, &asked.levels)
        }
        Some(session) => {
            let responses: Map<String, Value> = form
                .iter()
                .map(|(name, value)| {
                    let code = name.ends_with("_CODE");
                    (name.to_owned(), json!(if code { value.trim() } else { value }))
                })
                .collect();
            hosted::answer(pool, client, session, responses)
        }
    }
}

/// What a refusal says to people.
fn words(error: &ApiError) -> &str {
    match error.kind.as_str() {
        "InternalErrorException" => "Something went wrong. Please try again.",
        _ => &error.message,
    }
}

/// Back to the client, with a code and a cookie of one's own: not the one that came, which somebody else may know.
pub(super) fn enter(
    pool: &mut Pool,
    client: &Client,
    asked: &Authorization,
    browser: &Browser,
    cookie: &str,
) -> Response {
    if let Some(before) = &browser.session {
        pool.sso.remove(before);
    }
    let Some(session) = sso::live(pool, cookie).cloned() else {
        return redirect(&asked.refused("server_error", "The sign-in did not last"));
    };
    let to = code::granted(pool, client, asked, &session);
    with_cookie(redirect(&to), Some(session_cookie(Some(cookie))))
}

/// Where the page stands.
struct Shown<'a> {
    given: &'a Parameters,
    asked: &'a Authorization,
    browser: &'a Browser,
    name: &'a str,
}

impl Shown<'_> {
    /// The page of the step that `session` leads to, or the first one.
    fn page(
        &self,
        pool: &Pool,
        client: &Client,
        status: StatusCode,
        session: Option<&str>,
        error: Option<&str>,
    ) -> Response {
        let (visit, cookie) = self.browser.visit(pool);
        let found: Option<(Step, &str)> =
            session.and_then(|session| Some((step(pool, client, session)?, session)));
        let frame = page::Frame {
            client_name: &client.name,
            given: self.given,
            csrf_token: &csrf_token(pool, &visit),
            name: self.name,
            error,
        };
        let body = match &found {
            Some((step, session)) => page::next(&frame, step, session),
            None => page::sign_in(&frame, &page::choices(pool, client), pool.settings()),
        };
        with_cookie(html(status, body, Some(&self.asked.redirect_uri)), cookie)
    }
}
