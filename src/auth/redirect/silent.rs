//! Looking for the session at the hosted pages where a reload has lost the one here.

use gloo_events::EventListener;
use gloo_storage::{SessionStorage, Storage};

use super::{Prompt, RedirectSignIn, Via, place, storage};
use crate::{
    auth::{EngineHandle, EventSubscription},
    engine::{AuthError, Event, SessionState, SignedOutWhy},
    ports::UnixMillis,
};

/// Says that this tab had a session that came through the hosted pages, and once the page is gone since when; nothing
/// of it, and not whose.
const KEY: &str = "yew-cognito.hosted";

fn is_on(engine: &EngineHandle) -> bool {
    let oauth = engine.config().oauth.as_ref();
    // Where a popup is needed, the page cannot leave for a look.
    oauth.is_some_and(|oauth| oauth.silent_sign_in) && !engine.uses_popup() && storage::is_open()
}

/// Notes that there is a session to be found again, until it ends by anything but the loss of the page.
pub(super) fn watch(engine: &EngineHandle) -> Option<(EventSubscription, EventListener)> {
    let window = web_sys::window().filter(|_| is_on(engine))?;
    let leaving = EventListener::new(&window, "pagehide", |_| {
        if SessionStorage::get::<Option<u64>>(KEY).is_ok() {
            // As below.
            let _ = SessionStorage::set(KEY, Some(now().0));
        }
    });
    let subscription = engine.subscribe(|event| match event {
        Event::Session(SessionState::SignedIn(session)) if session.hosted => {
            // Without it the next reload asks for a sign-in.
            let _ = SessionStorage::set(KEY, None::<u64>);
        }
        Event::Session(SessionState::SignedOut { why }) if *why != SignedOutWhy::NeverSignedIn => {
            SessionStorage::delete(KEY);
        }
        _ => {}
    });
    Some((subscription, leaving))
}

fn now() -> UnixMillis {
    UnixMillis(js_sys::Date::now() as u64)
}

/// Whether there may be such a session, and the engine has none. It is looked for once.
pub(super) fn is_due(engine: &EngineHandle) -> bool {
    let lost = SessionState::SignedOut {
        why: SignedOutWhy::NeverSignedIn,
    };
    // A page that comes back later than a session would outlast it is no reload.
    let limits = &engine.config().session;
    let grace = limits.idle.map_or(limits.closed, |idle| idle.min(limits.closed));
    let is_reload = || {
        let left = SessionStorage::get::<Option<u64>>(KEY).ok().flatten();
        left.is_some_and(|left| now().since(UnixMillis(left)) < grace)
    };
    is_on(engine) && engine.snapshot().session == lost && is_reload()
}

/// Goes and looks, without showing anything.
pub(super) async fn look(engine: &EngineHandle) -> Result<(), AuthError> {
    SessionStorage::delete(KEY);
    let sign_in = RedirectSignIn {
        via: Via::ManagedLogin,
        prompt: vec![Prompt::None],
        // What is found is a new session here: it must not outlive the limit that the lost one had.
        max_age: engine.config().session.lifetime,
        return_to: place::return_to().or_else(place::path_and_query),
        ..RedirectSignIn::default()
    };
    engine.sign_in_with_redirect(sign_in).await
}
