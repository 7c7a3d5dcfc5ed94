//! The path to come back to after sign-in, carried as `?return_to=` and never trusted.

mod percent;
#[cfg(test)]
mod tests;

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
        // A wildcard's slashes may have come encoded: the route's own path is where one is led.
        let is_ours = !route.to_path().starts_with("//") && Some(&route) != R::not_found_route().as_ref();
        is_ours.then(|| Self {
            path: path.to_owned(),
            query: query.to_owned(),
        })
    }

    /// The path that a page's query string (`?return_to=...`) asks to return to.
    pub fn from_query<R: Routable>(query: &str) -> Option<Self> {
        Self::parse::<R>(&raw_target(query)?)
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
        [KEY, "=", &percent::encode(&target)].concat()
    }
}

/// What a query string asks to return to, as it stands there.
pub(super) fn raw_target(query: &str) -> Option<String> {
    percent::decode(raw_value(query)?)
}

/// The part of a query string that carries the return path, to be taken along to the next page.
pub(super) fn kept_query(query: &str) -> Option<String> {
    raw_value(query).map(|value| [KEY, "=", value].concat())
}

fn raw_value(query: &str) -> Option<&str> {
    let pairs = query.trim_start_matches('?').split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == KEY)
        .map(|(_, value)| value)
}
