use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    time::Duration,
};

use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use super::{
    locks,
    outbox::Outbox,
    protocol::{self, FromEngine, Refusal, ToEngine},
    serve::Server,
};
use crate::{
    config::Config,
    engine::{Command, Engine, Subscription},
};

/// One page's place at the engine.
pub(super) struct Seat {
    server: Rc<Server>,
    outbox: Rc<Outbox>,
    /// The engine and the page's lock, once the page has introduced itself.
    engine: OnceCell<Engine>,
    page: OnceCell<String>,
    subscription: RefCell<Option<Subscription>>,
}

impl Seat {
    /// Listens to `port`. The seat lasts as long as the port does.
    pub fn open(server: Rc<Server>, port: MessagePort) {
        let seat = Rc::new(Self {
            server,
            outbox: Outbox::new(port.clone()),
            engine: OnceCell::new(),
            page: OnceCell::new(),
            subscription: RefCell::default(),
        });
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            seat.take(&event.data());
        });
        // Setting it starts the port. It is dropped with the port.
        port.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    }

    fn take(self: &Rc<Self>, data: &JsValue) {
        let text = data.as_string().map(zeroize::Zeroizing::new).unwrap_or_default();
        match protocol::read(&text) {
            Ok(ToEngine::Hello { config, page }) => self.hello(*config, page),
            Ok(ToEngine::Call { id, command }) => self.call(id, command),
            Ok(ToEngine::Ping) => self.outbox.push(FromEngine::Pong),
            Ok(ToEngine::Away(time)) => self.away(time),
            Ok(ToEngine::PutAway(is_away)) => self.put_away(is_away),
            // It has come to itself again. A session that goes on in here would outlive its sign-out over there.
            Ok(ToEngine::GivenUp) => self.server.end(),
            Err(refusal) => self.outbox.push(FromEngine::Refused(refusal)),
        }
    }

    fn hello(self: &Rc<Self>, config: Config, page: String) {
        let seat = self.clone();
        spawn_local(async move {
            let Some(lock) = seat.server.lock().await else {
                return seat.refuse(Refusal::NotStarted);
            };
            let Some(engine) = seat.server.engine(config) else {
                return seat.refuse(Refusal::Config);
            };
            if seat.engine.set(engine.for_page()).is_err() {
                return seat.refuse(Refusal::Protocol);
            }
            seat.server.arrived(&page);
            let page = seat.page.get_or_init(|| page);
            let outbox = seat.outbox.clone();
            let subscription = engine.subscribe(move |event| outbox.push(FromEngine::Event(event.clone())));
            seat.subscription.replace(Some(subscription));
            seat.outbox.push(FromEngine::Welcome {
                engine: lock,
                snapshot: Box::new(engine.snapshot()),
            });
            // Without locks there would have been no welcome.
            let _ = locks::gone(page).await;
            seat.close(page);
        });
    }

    fn refuse(&self, refusal: Refusal) {
        self.outbox.clone().push(FromEngine::Refused(refusal));
    }

    fn call(&self, id: u64, command: Command) {
        let Some(engine) = self.engine.get().cloned() else {
            return self.refuse(Refusal::Protocol);
        };
        let outbox = self.outbox.clone();
        spawn_local(async move {
            let result = engine.execute(command).await;
            outbox.push(FromEngine::Reply { id, result });
        });
    }

    fn away(&self, time: Duration) {
        if self.engine.get().is_some() {
            self.server.away(time);
        }
    }

    fn put_away(&self, is_away: bool) {
        match self.page.get() {
            Some(page) if is_away => self.server.left(page),
            Some(page) => self.server.arrived(page),
            None => {}
        }
    }

    /// The page is gone: what it has begun goes with it.
    fn close(&self, page: &str) {
        self.subscription.take();
        self.outbox.port().set_onmessage(None);
        self.outbox.port().close();
        if let Some(engine) = self.engine.get() {
            engine.leave();
        }
        self.server.left(page);
    }
}
