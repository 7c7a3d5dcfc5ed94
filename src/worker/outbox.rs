use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessagePort;

use super::protocol::{FromEngine, write_all};

/// What is on its way to a page.
///
/// All that the engine says in one go arrives in one go: whoever asked has the answer at the same moment as the events
/// that come with it, as if the engine were in the page.
pub(super) struct Outbox {
    port: MessagePort,
    waiting: RefCell<Vec<FromEngine>>,
    scheduled: Cell<bool>,
}

impl Outbox {
    pub fn new(port: MessagePort) -> Rc<Self> {
        Rc::new(Self {
            port,
            waiting: RefCell::default(),
            scheduled: Cell::new(false),
        })
    }

    pub fn port(&self) -> &MessagePort {
        &self.port
    }

    pub fn push(self: &Rc<Self>, message: FromEngine) {
        self.waiting.borrow_mut().push(message);
        if !self.scheduled.replace(true) {
            let this = self.clone();
            spawn_local(async move { this.flush() });
        }
    }

    fn flush(&self) {
        self.scheduled.set(false);
        let messages = self.waiting.take();
        if let Some(text) = write_all(&messages) {
            // A port whose page is gone swallows it.
            let _ = self.port.post_message(&JsValue::from_str(&text));
        }
    }
}
