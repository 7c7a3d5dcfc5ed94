//! The hosted pages and their endpoints, as a user pool's domain has them (developer guide, "User pool endpoints
//! and managed login reference"): OAuth 2.0's authorization code grant with PKCE, OpenID Connect on top, and
//! sign-in through identity providers, which are stand-ins on this very server.
//!
//! Nothing of a request outlives it but an authorization [`code`], a browser's [`sso`] session, and the way to
//! an identity provider and back ([`federation`]): the pages carry the authorization request in their address,
//! and it is checked anew at each step.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on, options};

use crate::activity::Entry;
use crate::app::App;
use crate::http::{preflight, with_cors};
use crate::{clock, guard};

mod authorization;
mod authorize;
mod browser;
mod client;
mod code;
mod discovery;
mod fault;
mod federation;
mod login;
mod logout;
mod page;
mod parameters;
mod revoke;
pub(crate) mod sso;
mod steps;
mod token;
mod user_info;

use self::parameters::{Malformed, Parameters};

/// What the hosted pages of a pool remember for minutes.
#[derive(Default)]
pub(crate) struct Hosted {
    codes: code::Codes,
    visits: federation::Visits,
}

/// A request to one of the endpoints.
struct Incoming {
    headers: HeaderMap,
    path: String,
    query: Result<Parameters, Malformed>,
    form: Result<Parameters, Malformed>,
}

/// How much of a path the log keeps.
const LONGEST_PATH: usize = 80;

/// What the log tells of a refusal; a response carries it there.
#[derive(Clone)]
struct Why {
    outcome: String,
    reason: String,
}

fn refused_because(mut response: Response, outcome: &str, reason: &str) -> Response {
    response.extensions_mut().insert(Why {
        outcome: outcome.to_owned(),
        reason: reason.to_owned(),
    });
    response
}

/// Notes what was answered, and why it was refused if it was.
fn note(app: &App, incoming: &Incoming, response: &Response) {
    let mut world = app.world();
    let at = world.shared.clock.now();
    let why = response.extensions().get::<Why>();
    let words = why.map(|why| format!(" {} ({})", why.outcome, why.reason));
    if let Some(why) = why {
        world.activity.note(Entry {
            operation: incoming.path.chars().take(LONGEST_PATH).collect(),
            outcome: why.outcome.clone(),
            reason: Some(why.reason.clone()),
            at,
            ..Entry::default()
        });
    }
    drop(world);
    let (at, status) = (clock::format_time(at), response.status().as_u16());
    app.print(&format!(
        "{at} {} {status}{}",
        incoming.path,
        words.unwrap_or_default()
    ));
}

/// Who calls an endpoint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// A person's browser, which goes there: only at this server's own address, and no other site's form.
    Browser,
    /// A program, be it a page of whatever origin.
    Program,
}

/// The endpoints for programs that can be made to fail.
pub(crate) const ENDPOINTS: [&str; 3] = ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo"];

type Handle = fn(&App, &Incoming) -> Response;

/// All routes.
pub(crate) fn router() -> Router<App> {
    let page = |handle| endpoint(MethodFilter::GET, Caller::Browser, handle);
    let form = |handle| endpoint(MethodFilter::POST, Caller::Browser, handle);
    let api = |filter, handle| endpoint(filter, Caller::Program, handle).merge(options(preflight));
    Router::new()
        .route("/oauth2/authorize", page(authorize::get))
        .route("/login", page(login::show).merge(form(login::submit)))
        .route("/logout", page(logout::get))
        .route("/oauth2/idpresponse", page(federation::respond))
        .route("/saml2/idpresponse", page(federation::respond))
        .route(
            "/idp/{pool}/{provider}",
            page(federation::stand_in::show).merge(form(federation::stand_in::submit)),
        )
        .route("/hosted.css", get(browser::css))
        .route("/oauth2/token", api(MethodFilter::POST, token::post))
        .route("/oauth2/revoke", api(MethodFilter::POST, revoke::post))
        .route(
            "/oauth2/userInfo",
            api(MethodFilter::GET.or(MethodFilter::POST), user_info::answer),
        )
        .route(
            "/{pool}/.well-known/openid-configuration",
            api(MethodFilter::GET, discovery::get),
        )
}

fn endpoint(filter: MethodFilter, caller: Caller, handle: Handle) -> MethodRouter<App> {
    on(
        filter,
        move |State(app): State<App>, uri: Uri, headers: HeaderMap, body: Bytes| async move {
            if caller == Caller::Browser
                && let Err(reason) = guard::check(&headers, app.port)
            {
                return (StatusCode::FORBIDDEN, reason).into_response();
            }
            let form = std::str::from_utf8(&body).map_err(|_| Malformed);
            let incoming = Incoming {
                headers,
                path: uri.path().to_owned(),
                query: Parameters::parse(uri.query().unwrap_or_default()),
                form: form.and_then(Parameters::parse),
            };
            let fault = fault::strike(&app, caller, &incoming.path);
            if let Some(fault) = &fault
                && let Some(response) = fault::before(&app, fault, &incoming.path).await
            {
                return with_cors(response);
            }
            // Off the runtime's only thread: passwords and signatures take their time.
            let handled = tokio::task::spawn_blocking(move || {
                let response = handle(&app, &incoming);
                note(&app, &incoming, &response);
                response
            });
            let handled = handled.await;
            let response = handled.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response());
            let response = match fault {
                Some(fault) => fault::after(&fault, response).await,
                None => response,
            };
            match caller {
                Caller::Browser => response,
                Caller::Program => with_cors(response),
            }
        },
    )
}
