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
        (Some(&route) != R::not_found_route().as_ref()).then(|| Self {
            path: path.to_owned(),
            query: query.to_owned(),
        })
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
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == KEY)
        .map(|(_, value)| value)
}

fn percent_encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn percent_decode(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, PartialEq, Debug, Routable)]
    enum Route {
        #[at("/")]
        Home,
        #[at("/orders/:id")]
        Order { id: u32 },
        #[not_found]
        #[at("/404")]
        NotFound,
    }

    #[test]
    fn paths_of_the_app_are_kept_with_their_query() {
        let path = ReturnPath::parse::<Route>("/orders/7?tab=items#top").unwrap();
        assert_eq!(path.route::<Route>(), Some(Route::Order { id: 7 }));
        assert_eq!(path.query(), "tab=items");
        assert!(ReturnPath::parse::<Route>("/").is_some());
    }

    #[test]
    fn everything_else_is_refused() {
        for target in [
            "",
            "orders/7",
            "//evil.example",
            "//evil.example/orders/7",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "https:/orders/7",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n//evil.example",
            "/orders/7\\..\\..",
            " /orders/7",
            "/orders/not-a-number",
            "/no-such-page",
        ] {
            assert_eq!(ReturnPath::parse::<Route>(target), None, "{target:?}");
        }
    }

    #[test]
    fn the_query_is_taken_along_as_it_stands() {
        assert_eq!(
            kept_query("?a=b&return_to=%2Forders%2F7&c"),
            Some("return_to=%2Forders%2F7".to_owned())
        );
        assert_eq!(kept_query("?a=b"), None);
    }
}
