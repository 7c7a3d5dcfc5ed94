//! Where the page is, and leaving it.

use std::time::Duration;

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::PageTransitionEvent;

use crate::{auth::return_path, oauth};

/// The address of the app: its origin and the folder that it lives in.
pub(super) fn base() -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    // Without a `<base>` it is the page's own address.
    base.split(['?', '#']).next().map(str::to_owned)
}

/// The page's own address, without query and fragment.
pub(super) fn here() -> Option<String> {
    let location = web_sys::window()?.location();
    Some([location.origin().ok()?, location.pathname().ok()?].concat())
}

pub(super) fn query() -> Option<String> {
    web_sys::window()?.location().search().ok()
}

/// Where one is in the app, with its query.
pub(super) fn path_and_query() -> Option<String> {
    let (base, here) = (base()?, here()?);
    let path = here.strip_prefix(base.trim_end_matches('/'))?;
    Some([path, &query()?].concat())
}

/// Whether the page is framed by another.
pub(super) fn is_framed() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // The browser may not even tell; then it is.
    let top = window.top().ok().flatten();
    top.is_none_or(|top| !js_sys::Object::is(&top, &window))
}

/// The path that the page's address asks to return to, which nobody has checked yet.
pub(super) fn return_to() -> Option<String> {
    return_path::raw_target(&query()?)
}

/// The language of the page, as its markup states it.
pub(super) fn language() -> Option<String> {
    let root = web_sys::window()?.document()?.document_element()?;
    root.get_attribute("lang").filter(|lang| !lang.is_empty())
}

/// Takes the answer out of the address bar, and out of the history with it.
pub(super) fn clear_address() -> Option<()> {
    let window = web_sys::window()?;
    let location = window.location();
    let query = oauth::without_response(&location.search().ok()?);
    let query = if query.is_empty() {
        query
    } else {
        ["?", &query].concat()
    };
    // Facebook leaves a fragment behind.
    let hash = location.hash().ok().filter(|hash| hash != "#_=_");
    let address = [location.pathname().ok()?, query, hash.unwrap_or_default()].concat();
    let history = window.history().ok()?;
    history
        .replace_state_with_url(&JsValue::NULL, "", Some(&address))
        .ok()
}

/// Whoever is still here then is not on their way any more: the load was stopped, or led nowhere.
const PATIENCE: Duration = Duration::from_secs(20);

/// How somebody who was to leave is still here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    /// They left, and the page is shown again from the back/forward cache.
    Back,
    /// They may still be about to leave.
    Still,
}

/// Goes to `url`; `replacing` this page in the history, if nobody has asked for it. Resolves only if the page is shown
/// again, or still, after some time; to nothing if it cannot leave.
pub(super) async fn leave_for(url: &str, replacing: bool) -> Option<Here> {
    let window = web_sys::window()?;
    let (back, is_back) = oneshot::channel();
    let back = std::cell::Cell::new(Some(back));
    let listener = EventListener::new(&window, "pageshow", move |event| {
        let event = event.dyn_ref::<PageTransitionEvent>();
        // The page's first one may still be to come.
        if event.is_some_and(PageTransitionEvent::persisted)
            && let Some(back) = back.take()
        {
            // Nobody may wait any more.
            let _ = back.send(());
        }
    });
    let location = window.location();
    match replacing {
        true => location.replace(url),
        false => location.assign(url),
    }
    .ok()?;
    let still_here = TimeoutFuture::new(PATIENCE.as_millis() as u32);
    let here = match select(is_back, still_here).await {
        Either::Left(_) => Here::Back,
        Either::Right(_) => Here::Still,
    };
    drop(listener);
    Some(here)
}
