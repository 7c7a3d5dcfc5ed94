use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    time::Duration,
};

use futures::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort, SharedWorkerGlobalScope};

use super::{attendance::Attendance, locks, protocol, seat::Seat};
use crate::{
    config::Config,
    engine::Engine,
    ports::{Ports, SteadyClock, browser},
    session::Reading,
};

/// Runs the engine, if this is a SharedWorker, for all pages that connect. False anywhere else: call it at the top of
/// `main` and go on with the page only then.
///
/// Nothing starts before the first page introduces itself.
pub fn serve() -> bool {
    let Ok(scope) = js_sys::global().dyn_into::<SharedWorkerGlobalScope>() else {
        return false;
    };
    let server = Server::new(scope.clone(), browser::ports());
    let on_connect = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(port) = event.ports().get(0).dyn_into::<MessagePort>() {
            Seat::open(server.clone(), port);
        }
    });
    // It can only fail for a listener that is none.
    let _ = scope.add_event_listener_with_callback("connect", on_connect.as_ref().unchecked_ref());
    on_connect.forget();
    true
}

/// What all seats have in common.
pub(super) struct Server {
    scope: SharedWorkerGlobalScope,
    ports: Ports,
    /// The Web Lock that is held for as long as the worker lives, once it is held.
    lock: Shared<LocalBoxFuture<'static, Option<String>>>,
    engine: OnceCell<Engine>,
    attendance: RefCell<Attendance>,
}

impl Server {
    fn new(scope: SharedWorkerGlobalScope, mut ports: Ports) -> Rc<Self> {
        // The grace time is to be counted as the session's own.
        ports.clock = Rc::new(SteadyClock::new(ports.clock));
        let name = ports.unique_name(&scope.name());
        let worker = scope.clone();
        let lock = async move {
            let name = name?;
            let taken_away = locks::hold(&name).await.ok()?;
            // Every page takes it for the end of this worker: then it had better be.
            spawn_local(taken_away.map(move |()| worker.close()));
            Some(name)
        };
        Rc::new(Self {
            scope,
            ports,
            lock: lock.boxed_local().shared(),
            engine: OnceCell::new(),
            attendance: RefCell::default(),
        })
    }

    /// The name of the lock that this worker holds; none if it cannot hold one.
    pub fn lock(&self) -> impl Future<Output = Option<String>> + use<> {
        self.lock.clone()
    }

    /// The engine for `config`: there is one, for the pool that the worker is named after. A page that could bring its
    /// own address could have the refresh token sent there, or as the first of all keep the others out.
    pub fn engine(self: &Rc<Self>, config: Config) -> Option<Engine> {
        if !protocol::is_named_for(&self.scope.name(), &config) {
            return None;
        }
        let engine = self.engine.get_or_init(|| {
            let engine = Engine::new(config.clone(), self.ports.clone());
            let running = engine.clone();
            spawn_local(async move { running.run().await });
            engine
        });
        (*engine.config() == config).then(|| engine.clone())
    }

    pub fn arrived(self: &Rc<Self>, page: &str) {
        // Timers may have stood still while nobody was there.
        self.forget_if_due();
        self.attendance.borrow_mut().arrived(page);
    }

    /// Ends the worker, as after a trap.
    pub fn end(&self) {
        self.scope.close();
    }

    pub fn away(&self, time: Duration) {
        self.attendance.borrow_mut().away(self.now(), time);
    }

    pub fn left(self: &Rc<Self>, page: &str) {
        self.attendance.borrow_mut().left(page, self.now());
        let this = self.clone();
        spawn_local(async move {
            while let Some(wait) = this.forget_if_due() {
                this.ports.timer.sleep(wait).await;
            }
        });
    }

    /// Forgets the session if nobody has been there for too long; else tells how long that is off, if it is.
    fn forget_if_due(self: &Rc<Self>) -> Option<Duration> {
        let engine = self.engine.get()?;
        let mut attendance = self.attendance.borrow_mut();
        let wait = attendance.wait(&self.now(), engine.config().session.closed)?;
        if !wait.is_zero() {
            return Some(wait);
        }
        attendance.settle();
        drop(attendance);
        engine.close();
        None
    }

    fn now(&self) -> Reading {
        Reading::of(self.ports.clock.as_ref())
    }
}
