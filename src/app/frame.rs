//! The frame around every screen, and which screen stands in it.

use yew::prelude::*;
use yew_cognito::{
    auth::{GuestRoute, ProtectedRoute, SessionState, use_auth},
    screens::{
        ConfirmSignUp, Dashboard, ForgotPassword, NewPassword, NotFound, ResetPassword, ServiceGate, SignIn,
        SignUp, use_journey,
    },
    ui::{page, skeleton, text_link},
};
use yew_router::prelude::*;

use super::{notices::notices, route::Route};

/// The page for the route one is on.
#[component]
pub fn Frame() -> Html {
    let (auth, journey) = (use_auth(), use_journey());
    let wide = use_route::<Route>() == Some(Route::Dashboard);
    let content = html! {
        <>
            { notices(&auth) }
            <ServiceGate><Switch<Route> render={screen} /></ServiceGate>
        </>
    };
    page(journey.brand(), wide, content)
}

fn screen(route: Route) -> Html {
    let guest = |screen: Html| {
        html! { <GuestRoute<Route> home={Route::Dashboard} checking={checking()}>{ screen }</GuestRoute<Route>> }
    };
    match route {
        Route::Home => html! { <Home /> },
        Route::SignIn => guest(html! { <SignIn /> }),
        Route::SignUp => guest(html! { <SignUp /> }),
        Route::ConfirmSignUp => guest(html! { <ConfirmSignUp /> }),
        Route::ForgotPassword => guest(html! { <ForgotPassword /> }),
        Route::ResetPassword => guest(html! { <ResetPassword /> }),
        Route::NewPassword => guest(html! { <NewPassword /> }),
        Route::Dashboard => html! {
            <ProtectedRoute<Route> sign_in={Route::SignIn} checking={checking()}><Dashboard /></ProtectedRoute<Route>>
        },
        Route::NotFound => html! { <NotFound><WayHome /></NotFound> },
    }
}

pub fn checking() -> Html {
    skeleton("Loading", 4)
}

#[component]
fn WayHome() -> Html {
    let navigator = use_navigator();
    let base = navigator
        .as_ref()
        .and_then(Navigator::basename)
        .unwrap_or_default()
        .to_owned();
    let onfollow = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Home);
        }
    });
    let href = AttrValue::from([&base, "/"].concat());
    text_link(Some(href), onfollow, "Go to the start".into())
}

/// The address without a path leads on at once, in place of itself: the back button is no trap.
#[component]
fn Home() -> Html {
    let auth = use_auth();
    let navigator = use_navigator();
    let target = match auth.state() {
        SessionState::Checking => None,
        SessionState::SignedOut { .. } => Some(Route::SignIn),
        SessionState::SignedIn(_) => Some(Route::Dashboard),
    };
    use_effect_with(target, move |target| {
        if let (Some(target), Some(navigator)) = (target, navigator) {
            navigator.replace(target);
        }
    });
    checking()
}
