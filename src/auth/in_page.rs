use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use wasm_bindgen_futures::spawn_local;

use super::{EngineHandle, EventSubscription, Host};
use crate::{
    config::Config,
    engine::{AuthError, Command, Engine, Event, Reply, Snapshot},
    ports::browser,
};

/// The engine in the page itself: a reload forgets the session.
struct InPage(Engine);

impl Host for InPage {
    fn execute(&self, command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>> {
        let engine = self.0.clone();
        async move { engine.execute(command).await }.boxed_local()
    }

    fn snapshot(&self) -> Snapshot {
        self.0.snapshot()
    }

    fn subscribe(&self, listener: Box<dyn Fn(&Event)>) -> EventSubscription {
        EventSubscription(Box::new(self.0.subscribe(listener)))
    }
}

/// Starts an engine in this page, on the browser's ports.
pub fn start_in_page(config: Config) -> EngineHandle {
    EngineHandle::new(Rc::new(InPage(run(config.clone()))), Rc::new(config))
}

pub(super) fn run(config: Config) -> Engine {
    let engine = Engine::new(config, browser::ports());
    let running = engine.clone();
    spawn_local(async move { running.run().await });
    engine
}
