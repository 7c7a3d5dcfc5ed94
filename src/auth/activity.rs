//! Whether somebody is at the page, for the limit to how long a session may lie idle.

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Window};

use super::{EngineHandle, environment::tell};
use crate::engine::{Environment, SessionState};

/// What a page cannot bring about by itself, as it can a scroll.
const EVENTS: [&str; 4] = ["pointerdown", "keydown", "wheel", "touchstart"];
/// The engine is told no more often: it counts in minutes.
const EVERY_MILLIS: f64 = 5_000.0;

/// Tells the engine of activity until the listeners are dropped, where it matters.
pub(super) fn watch(engine: &EngineHandle, window: &Window) -> Vec<EventListener> {
    if engine.config().session.idle.is_none() {
        return Vec::new();
    }
    let told = Rc::new(Cell::new(f64::NEG_INFINITY));
    let on = |name| {
        let (engine, told) = (engine.clone(), told.clone());
        // In the capture phase nobody can have stopped it.
        let options = EventListenerOptions {
            phase: EventListenerPhase::Capture,
            passive: true,
        };
        EventListener::new_with_options(window, name, options, move |event| {
            let now = js_sys::Date::now();
            // The clock may have been set back.
            let is_due = (now - told.get()).abs() >= EVERY_MILLIS;
            if event.is_trusted() && is_due && is_signed_in(&engine) && !is_answer(event) {
                told.set(now);
                tell(&engine, Environment::Active);
            }
        })
    };
    EVENTS.into_iter().map(on).collect()
}

/// The id of the dialog's heading that asks whether somebody is still there.
pub(crate) const QUESTION: &str = "session-ends";

/// What is done in that dialog, or beside it while it is open, is left to its buttons: a press on "Sign out" is not to
/// close it first.
fn is_answer(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let dialog = target.and_then(|target| target.closest("dialog").ok().flatten());
    dialog.is_some_and(|dialog| dialog.get_attribute("aria-labelledby").as_deref() == Some(QUESTION))
}

fn is_signed_in(engine: &EngineHandle) -> bool {
    matches!(engine.snapshot().session, SessionState::SignedIn(_))
}
