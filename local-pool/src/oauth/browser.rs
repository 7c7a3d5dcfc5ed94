//! What passes between a browser and the hosted pages: cookies, redirects, and pages with their policy.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;

use super::parameters::Parameters;
use super::sso;
use crate::pool::Pool;
use crate::{random, srp};

/// The cookie that leads to an SSO session.
const SESSION: &str = "cognito";

/// The cookie that forms and ways to identity providers are bound to.
const VISIT: &str = "XSRF-TOKEN";

/// The field of every form that shows that the form was ours.
pub(super) const CSRF: &str = "_csrf";

/// What a browser's cookies say.
pub(super) struct Browser {
    pub(super) session: Option<String>,
    pub(super) visit: Option<String>,
}

impl Browser {
    /// Reads the cookies.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(header::COOKIE).into_iter();
        let cookies: Vec<&str> = cookies.filter_map(|value| value.to_str().ok()).collect();
        let named = |name: &str| {
            let pairs = cookies.iter().flat_map(|cookies| cookies.split(';'));
            let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
            let found = pairs.find(|(known, value)| *known == name && !value.is_empty());
            found.map(|(_, value)| value.to_owned())
        };
        Self {
            session: named(SESSION),
            visit: named(VISIT),
        }
    }

    /// What this visit's forms are bound to, and the cookie that says so where there is none yet.
    pub(super) fn visit(&self, pool: &Pool) -> (String, Option<String>) {
        if let Some(visit) = &self.visit {
            return (visit.clone(), None);
        }
        let visit = pool.shared.random.base64url(32);
        let cookie = format!("{VISIT}={visit}; Path=/; HttpOnly; SameSite=Lax");
        (visit, Some(cookie))
    }

    /// Whether a form is one that this browser was given.
    pub(super) fn was_given(&self, pool: &Pool, form: &Parameters) -> bool {
        let expected = self.visit.as_ref().map(|visit| csrf_token(pool, visit));
        expected.is_some_and(|expected| expected.as_bytes().ct_eq(form.text(CSRF).as_bytes()).into())
    }
}

/// The token in the forms of a visit.
pub(super) fn csrf_token(pool: &Pool, visit: &str) -> String {
    random::hex(&srp::derive(&pool.kept.simulation_key, "csrf", visit))
}

/// The cookie that leads to an SSO session; without a value, the one that ends it.
pub(super) fn session_cookie(value: Option<&str>) -> String {
    let (value, seconds) = value.map_or(("", 0), |value| (value, sso::SECONDS));
    format!("{SESSION}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax")
}

/// Adds a cookie.
pub(super) fn with_cookie(mut response: Response, cookie: Option<String>) -> Response {
    let value = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok());
    if let Some(value) = value {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Sends the browser on. The address is this server's own, or one that a client has registered.
pub(super) fn redirect(to: &str) -> Response {
    let headers = [
        (header::LOCATION, to),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (StatusCode::FOUND, headers).into_response()
}

/// A page. Its forms may lead here and, since browsers hold redirects against the policy too, to `redirect_uri`.
pub(super) fn html(status: StatusCode, body: String, redirect_uri: Option<&str>) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self' {}",
        redirect_uri.and_then(source).unwrap_or_default()
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy.trim_end()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`, with which browsers send forms as of no origin.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body).into_response()
}

/// An address as a source of a Content-Security-Policy: the origin, or the scheme where it is an app's own.
fn source(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |text: &str, more: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    match scheme {
        "http" | "https" => plain(authority, ".-:[]").then(|| format!("{scheme}://{authority}")),
        _ => plain(scheme, "+-.").then(|| format!("{scheme}:")),
    }
}

/// GET /hosted.css
pub(super) async fn css() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (headers, include_str!("../../assets/hosted.css")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_no_more_than_the_clients_origin() {
        for (address, expected) in [
            (
                "http://localhost:8080/callback?x=1",
                Some("http://localhost:8080"),
            ),
            ("https://app.example", Some("https://app.example")),
            ("myapp://callback/", Some("myapp:")),
            ("http://a.example;script-src *", None),
            ("http://user@a.example/", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(source(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; cognito=x; XSRF-TOKEN=".parse().unwrap());
        headers.append(header::COOKIE, "XSRF-TOKEN=y".parse().unwrap());
        let browser = Browser::of(&headers);
        assert_eq!(
            (browser.session.as_deref(), browser.visit.as_deref()),
            (Some("x"), Some("y"))
        );
    }
}
