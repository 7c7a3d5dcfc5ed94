//! The pages for people: home, mailbox, users and activity, of this machine's own browser alone.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use futures_util::stream;

use crate::app::App;
use crate::control;

mod actions;
mod activity;
mod home;
pub(crate) mod html;
mod mailbox;
mod outputs;
mod shell;
mod user;
mod users;

use self::shell::Place;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// All pages but the first, and what they are made of.
pub(crate) fn router(app: &App) -> Router<App> {
    let router = Router::new()
        .route("/mailbox", get(mailbox::page))
        .route("/users", get(users::page))
        .route("/users/{sub}", get(user::page))
        .route("/users/{sub}/delete", get(user::deletion).post(actions::delete))
        .route("/users/{sub}/{action}", post(actions::act))
        .route("/activity", get(activity::page))
        .route("/events", get(events))
        .route("/pages.css", get(css))
        .route("/pages.js", get(js));
    protected(router, app)
}

/// The first page, to stand where the operations are posted to.
pub(crate) fn landing(app: &App) -> axum::routing::MethodRouter<App> {
    get(home::page)
        .layer(middleware::from_fn(hardened))
        .layer(middleware::from_fn_with_state(app.clone(), control::only_own))
}

fn protected(router: Router<App>, app: &App) -> Router<App> {
    router
        .layer(middleware::from_fn(hardened))
        .layer(middleware::from_fn_with_state(app.clone(), control::only_own))
}

async fn hardened(request: Request, next: Next) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Without any referrer, browsers would send the forms with "Origin: null".
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, next.run(request).await).into_response()
}

async fn css() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (headers, include_str!("../../assets/pages.css")).into_response()
}

async fn js() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (headers, include_str!("../../assets/pages.js")).into_response()
}

/// GET /events: a server-sent event whenever something may have changed, for the page to fetch itself anew.
async fn events(State(app): State<App>) -> Response {
    let first = "retry: 1000\n\n";
    let events = stream::unfold((app.changes(), Some(first)), |(mut changes, first)| async move {
        let text = match first {
            Some(first) => first,
            None => {
                changes.changed().await.ok()?;
                "data: changed\n\n"
            }
        };
        Some((Ok::<_, Infallible>(text), (changes, None)))
    });
    let headers = [(header::CONTENT_TYPE, "text/event-stream")];
    (headers, Body::from_stream(events)).into_response()
}

/// The answer for a user who is not, or no longer, there.
fn no_such_user() -> Response {
    let main = "<h1>There is no such user</h1><p>It may have been deleted, or the pools were reset.</p>\
                <p><a href=\"/users\">All users</a></p>";
    let page = shell::page(Place::Users, "No such user", main);
    (StatusCode::NOT_FOUND, page).into_response()
}
