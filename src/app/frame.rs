//! The frame around every screen, and which screen stands in it.

use yew::prelude::*;
use yew_cognito::{
    auth::{GuestRoute, ProtectedRoute, SessionState, redirect::Arrival, use_auth},
    screens::{
        ConfirmSignUp, Dashboard, ForgotPassword, IdleWarning, NotFound, RequireAuthLevel, ResetPassword,
        Screen, Security, ServiceGate, SignIn, SignInOffers, SignInReturn, SignUp, challenge_screen,
        use_journey,
    },
    ui::{page, skeleton, text_link},
};
use yew_router::prelude::*;

use super::{
    admin::{Admin, ForAdmins},
    notices::notices,
    route::Route,
};

#[derive(Properties, Clone, PartialEq)]
pub struct FrameProps {
    /// What the page was opened with.
    pub arrival: Option<Arrival>,
}

/// The page for the route one is on.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let (auth, journey) = (use_auth(), use_journey());
    let route = use_route::<Route>();
    let wide = matches!(route, Some(Route::Dashboard | Route::Security | Route::Admin));
    let content = html! {
        <>
            { notices(&auth) }
            <SignInReturn<Route> arrival={props.arrival.clone()} home={Route::Dashboard} sign_in={Route::SignIn}>
                <ServiceGate><Switch<Route> render={screen} /></ServiceGate>
            </SignInReturn<Route>>
            <IdleWarning />
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
        Route::NewPassword => guest(challenge_screen(Screen::NewPassword)),
        Route::Password => guest(challenge_screen(Screen::Password)),
        Route::Code => guest(challenge_screen(Screen::Code)),
        Route::AuthenticatorCode => guest(challenge_screen(Screen::AuthenticatorCode)),
        Route::ChooseFactor => guest(challenge_screen(Screen::ChooseFactor)),
        Route::ChooseMfa => guest(challenge_screen(Screen::ChooseMfa)),
        Route::SetUpAuthenticator => guest(challenge_screen(Screen::SetUpAuthenticator)),
        Route::SetUpEmail => guest(challenge_screen(Screen::SetUpEmail)),
        Route::CustomChallenge => guest(challenge_screen(Screen::CustomChallenge)),
        Route::Passkey => guest(challenge_screen(Screen::Passkey)),
        Route::Dashboard => protected(html! {
            <Dashboard footer={dashboard_footer()} />
        }),
        Route::Security => protected(html! { <SecurityArea /> }),
        Route::Admin => protected(html! { <Admin footer={to_dashboard()} /> }),
        Route::NotFound => {
            html! { <NotFound><WayTo route={Route::Home} words="Go to the start" /></NotFound> }
        }
    }
}

fn protected(screen: Html) -> Html {
    html! {
        <ProtectedRoute<Route> sign_in={Route::SignIn} checking={checking()}>
            <SignInOffers>{ screen }</SignInOffers>
        </ProtectedRoute<Route>>
    }
}

pub fn checking() -> Html {
    skeleton("Loading", 4)
}

/// How long a sign-in lets people change what they sign in by.
const RECENT_SECONDS: u32 = 5 * 60;

#[component]
fn SecurityArea() -> Html {
    let navigator = use_navigator();
    let on_cancel = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Dashboard);
        }
    });
    html! {
        <RequireAuthLevel max_age_seconds={RECENT_SECONDS} {on_cancel}>
            <Security footer={to_dashboard()} />
        </RequireAuthLevel>
    }
}

fn dashboard_footer() -> Html {
    html! {
        <>
            <WayTo route={Route::Security} words="Security" />
            <ForAdmins><WayTo route={Route::Admin} words="Administration" /></ForAdmins>
        </>
    }
}

fn to_dashboard() -> Html {
    html! { <WayTo route={Route::Dashboard} words="Back to the dashboard" /> }
}

#[derive(Properties, Clone, PartialEq)]
struct WayToProps {
    route: Route,
    words: AttrValue,
}

#[component]
fn WayTo(props: &WayToProps) -> Html {
    let WayToProps { route, words } = props.clone();
    let navigator = use_navigator();
    let base = navigator
        .as_ref()
        .and_then(Navigator::basename)
        .unwrap_or_default()
        .to_owned();
    let onfollow = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&route);
        }
    });
    let href = AttrValue::from([base, route.to_path()].concat());
    text_link(Some(href), onfollow, words)
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
