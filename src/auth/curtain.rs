//! Nobody sees in the back/forward cache what only people who are signed in may see.

use std::{cell::Cell, rc::Rc};

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, PageTransitionEvent, Window};

use super::EngineHandle;
use crate::engine::{Environment, SessionState};

/// Hides a page that is put away while somebody is signed in, and shows it again when the engine has told how things
/// stand by then. The engine does not count such a page among those that keep the session. Until the listeners are
/// dropped.
pub(super) fn hang(engine: &EngineHandle, window: &Window) -> [EventListener; 2] {
    let hidden = Rc::new(Cell::new(false));
    let hide = {
        let (engine, hidden) = (engine.clone(), hidden.clone());
        move || {
            engine.put_away(true);
            if matches!(engine.snapshot().session, SessionState::SignedIn(_)) {
                hidden.set(true);
                set_visibility("hidden");
            }
        }
    };
    let show = {
        let engine = engine.clone();
        move |is_back: bool| {
            if is_back {
                engine.put_away(false);
            }
            let (engine, hidden) = (engine.clone(), hidden.clone());
            spawn_local(async move {
                // Its answer comes after all the events that the page has missed.
                engine.environment(Environment::Woke).await;
                if hidden.replace(false) {
                    gloo_timers::future::TimeoutFuture::new(0).await;
                    set_visibility("");
                }
            });
        }
    };
    [
        EventListener::new(window, "pagehide", move |event| {
            if is_persisted(event) {
                hide();
            }
        }),
        EventListener::new(window, "pageshow", move |event| show(is_persisted(event))),
    ]
}

fn is_persisted(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<PageTransitionEvent>()
        .is_some_and(PageTransitionEvent::persisted)
}

fn set_visibility(value: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
        .and_then(|root| root.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        let _ = root.style().set_property("visibility", value);
    }
}
