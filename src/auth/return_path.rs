//! The path to come back to after sign-in, carried as `?return_to=` and never trusted.

use yew_router::Routable;

const KEY: &str = "return_to";

/// A path of this app, with its query: never another origin, and a route that the app knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath {
    path: String,
    query: String,
}

impl ReturnPath {
    /// Takes `target`, such as `/orders?page=2`, if `R` has a route for it that is not its "not found".
    ///
    /// It has to start with a single slash: `//evil.example` and `/\evil.example` are other origins to a
    /// browser, and so is anything with a scheme. Control characters, which browsers drop before they look
    /// at the rest, are refused.
    pub fn parse<R: Routable>(target: &str) -> Option<Self> {
        let after_slash = target.strip_prefix('/')?;
        if after_slash.starts_with(['/', '\\']) || target.chars().any(|c| c.is_control() || c == '\\') {
            return None;
        }
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let route = R::recognize(path)?;
        (Some(&route) != R::not_found_route().as_ref())
            .then(|| Self { path: path.to_owned(), query: query.to_owned() })
    }

    /// The path that a page's query string (`?return_to=...`) asks to return to.
    pub fn from_query<R: Routable>(query: &str) -> Option<Self> {
        let value = raw_value(query)?;
        Self::parse::<R>(&percent_decode(value)?)
    }

    /// The route.
    pub fn route<R: Routable>(&self) -> Option<R> {
        R::recognize(&self.path)
    }

    /// The query behind the path, without its question mark.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// `?return_to=...` for the sign-in page, from where one is: a path and its query string.
    pub fn to_query(path: &str, query: &str) -> String {
        let target = [path, query].concat();
        [KEY, "=", &percent_encode(&target)].concat()
    }
}

/// The part of a query string that carries the return path, to be taken along to the next page.
pub(super) fn kept_query(query: &str) -> Option<String> {
    raw_value(query).map(|value| [KEY, "=", value].concat())
}

fn raw_value(query: &str) -> Option<&str> {
    let pairs = query.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == KEY).map(|(_, value)| value)
}

fn percent_encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn percent_decode(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(Into::into)
}
