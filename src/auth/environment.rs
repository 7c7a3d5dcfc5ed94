//! What only a page can see: the network coming and going, the page shown again, the device awake,
//! somebody there.

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;

use super::{EngineHandle, activity, curtain};
use crate::engine::Environment;

/// Tells the engine of changes until the listeners are dropped.
pub(super) fn watch(engine: &EngineHandle) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let Some(document) = window.document() else {
        return Vec::new();
    };
    if !window.navigator().on_line() {
        tell(engine, Environment::Offline);
    }
    let on = |target: &web_sys::EventTarget, name: &'static str, change: Environment| {
        let engine = engine.clone();
        EventListener::new(target, name, move |_| tell(&engine, change))
    };
    let visible = {
        let (engine, document) = (engine.clone(), document.clone());
        EventListener::new(&document.clone(), "visibilitychange", move |_| {
            if document.visibility_state() == VisibilityState::Visible {
                tell(&engine, Environment::Woke);
            }
        })
    };
    let [pagehide, pageshow] = curtain::hang(engine, &window);
    let mut listeners = activity::watch(engine, &window);
    listeners.extend([
        on(&window, "online", Environment::Online),
        on(&window, "offline", Environment::Offline),
        visible,
        pagehide,
        pageshow,
    ]);
    listeners
}

pub(super) fn tell(engine: &EngineHandle, change: Environment) {
    let engine = engine.clone();
    spawn_local(async move { engine.environment(change).await });
}
