use yew::prelude::*;
use yew_router::{prelude::*, query::Raw};

use super::{ReturnPath, SessionState, SignedOutWhy, return_path::kept_query, use_auth};

/// Props of [`ProtectedRoute`].
#[derive(Properties, PartialEq)]
pub struct ProtectedRouteProps<R: Routable> {
    /// Where people sign in.
    pub sign_in: R,
    /// What to show until it is known whether anyone is signed in.
    #[prop_or_default]
    pub checking: Html,
    /// What only people who are signed in see.
    pub children: Html,
}

/// Shows its children to people who are signed in, and sends the others to the sign-in route, from where
/// they come back. The redirect replaces the history's entry, so that the back button is no trap.
///
/// This is for display. Data is protected where it is served: by an API that verifies the access token.
#[component]
pub fn ProtectedRoute<R: Routable + 'static>(props: &ProtectedRouteProps<R>) -> Html {
    let auth = use_auth();
    let navigator = use_navigator();
    let location = use_location();
    let signed_out = matches!(auth.state(), SessionState::SignedOut { .. });
    {
        let sign_in = props.sign_in.clone();
        let chosen = matches!(
            auth.state(),
            SessionState::SignedOut {
                why: SignedOutWhy::SignedOut
            }
        );
        use_effect_with(signed_out, move |signed_out| {
            if let (true, Some(navigator), Some(location)) = (*signed_out, navigator, location) {
                // Whoever signed out is done here; the next person need not land on their page.
                if chosen {
                    return navigator.replace(&sign_in);
                }
                let base = navigator.basename().unwrap_or_default();
                let path = location.path().strip_prefix(base).unwrap_or(location.path());
                let query = ReturnPath::to_query(path, location.query_str());
                replace_with(&navigator, &sign_in, &query);
            }
        });
    }
    if auth.is_signed_in() {
        props.children.clone()
    } else {
        props.checking.clone()
    }
}

/// Props of [`GuestRoute`].
#[derive(Properties, PartialEq)]
pub struct GuestRouteProps<R: Routable> {
    /// Where people go who are signed in and were not on their way elsewhere.
    pub home: R,
    /// What to show until it is known whether anyone is signed in.
    #[prop_or_default]
    pub checking: Html,
    /// What only people who are not signed in see.
    pub children: Html,
}

/// Shows its children to people who are not signed in; once they are, it sends them where they wanted to go.
#[component]
pub fn GuestRoute<R: Routable + 'static>(props: &GuestRouteProps<R>) -> Html {
    let auth = use_auth();
    let navigator = use_navigator();
    let location = use_location();
    {
        let home = props.home.clone();
        // The path counts too: the way back may lead to another of the guests' pages.
        let path = location.as_ref().map(|location| location.path().to_owned());
        use_effect_with((auth.is_signed_in(), path), move |(signed_in, _)| {
            if let (true, Some(navigator)) = (*signed_in, navigator) {
                leave(&navigator, location.as_ref(), &home);
            }
        });
    }
    match auth.state() {
        SessionState::SignedOut { .. } => props.children.clone(),
        SessionState::Checking | SessionState::SignedIn(_) => props.checking.clone(),
    }
}

fn leave<R: Routable + 'static>(navigator: &Navigator, location: Option<&Location>, home: &R) {
    let target = location.and_then(|location| ReturnPath::from_query::<R>(location.query_str()));
    lead(navigator, target.as_ref(), home);
}

/// Goes to `target`, or `home` without one, in place of the page one is on.
pub(crate) fn lead<R: Routable + 'static>(navigator: &Navigator, target: Option<&ReturnPath>, home: &R) {
    let target = target.and_then(|target| Some((target.route::<R>()?, target.query())));
    match target {
        Some((route, query)) => replace_with(navigator, &route, query),
        None => navigator.replace(home),
    }
}

/// Goes to `route` in place of the page one is on, with a query if it is not empty and can be written.
pub(crate) fn replace_with<R: Routable + 'static>(navigator: &Navigator, route: &R, query: &str) {
    let is_there = !query.is_empty() && navigator.replace_with_query(route, Raw(query)).is_ok();
    if !is_there {
        navigator.replace(route);
    }
}

/// Goes to another of the pages for guests, and takes the way back along.
pub fn go<R: Routable + 'static>(navigator: &Navigator, route: &R) {
    match way_back() {
        Some(query) if navigator.push_with_query(route, Raw(query.clone())).is_ok() => {}
        _ => navigator.push(route),
    }
}

/// As [`go`], in place of the page one is on.
pub fn replace<R: Routable + 'static>(navigator: &Navigator, route: &R) {
    match way_back() {
        Some(query) if navigator.replace_with_query(route, Raw(query.clone())).is_ok() => {}
        _ => navigator.replace(route),
    }
}

fn way_back() -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    kept_query(&query)
}
