//! The engine in a SharedWorker, seen from a page: found, lost, found again, or done without.

mod calls;
mod connection;
mod heartbeat;
mod script;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use futures::{FutureExt, future::LocalBoxFuture};
use wasm_bindgen_futures::spawn_local;

use self::{calls::Calls, connection::Connection};
use super::{EngineHandle, EventSubscription, Host, in_page};
use crate::{
    config::Config,
    engine::{
        AuthError, Broadcast, Command, Engine, Environment, Event, Reply, SessionState, SignedOutWhy,
        Snapshot, Subscription,
    },
    ports::{Ports, browser},
    worker::{
        locks,
        protocol::{self, FromEngine, ToEngine, worker_name},
    },
};
pub use script::EngineScript;

/// How many workers are tried, one after another, where one does not start or hangs.
const WORKERS: u32 = 2;
/// How many may be lost in a row.
const LOSSES: u32 = 3;
/// A worker that lasted as long as this was a good one.
const GOOD: Duration = Duration::from_secs(60);

/// Starts the engine in the SharedWorker that all pages of this origin have in common, or finds it there: a sign-in in
/// one tab signs in the others, and a reload keeps the session where the browser has `extendedLifetime` (Chromium 148).
/// Where there is no SharedWorker, or it does not start in some seconds, the engine runs in this page, as with
/// [`start_in_page`](super::start_in_page).
///
/// The worker runs this same program: `main` has to call [`worker::serve`](crate::worker::serve) first.
pub fn start_shared(config: Config, script: EngineScript) -> EngineHandle {
    let shared = Rc::new(Shared {
        config: config.clone(),
        script,
        ports: browser::ports(),
        news: Broadcast::default(),
        calls: Calls::default(),
        way: RefCell::new(Way::None),
        pong: Cell::default(),
    });
    let running = shared.clone();
    spawn_local(async move { running.run().await });
    EngineHandle::new(shared, Rc::new(config))
}

struct Shared {
    config: Config,
    script: EngineScript,
    ports: Ports,
    news: Broadcast,
    calls: Calls,
    way: RefCell<Way>,
    /// The worker has answered since the last look.
    pong: Cell<bool>,
}

/// The way to the engine.
enum Way {
    /// There is none at the moment: calls wait.
    None,
    Worker(Connection),
    InPage(
        Engine,
        #[allow(dead_code, reason = "held for its Drop")] Subscription,
    ),
}

/// How a connection ended, or why there was none.
enum End {
    /// It crashed, or closed itself after an error.
    Gone,
    /// It does not answer, and does not go away either.
    Hung,
    /// There can be none.
    Refused,
}

impl Host for Shared {
    fn execute(&self, command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>> {
        if let Way::InPage(engine, _) = &*self.way.borrow() {
            let engine = engine.clone();
            return async move { engine.execute(command).await }.boxed_local();
        }
        let answer = self.calls.add(command);
        self.send_calls();
        async move { answer.await.unwrap_or(Err(AuthError::EngineGone)) }.boxed_local()
    }

    fn snapshot(&self) -> Snapshot {
        self.news.snapshot()
    }

    fn subscribe(&self, listener: Box<dyn Fn(&Event)>) -> EventSubscription {
        EventSubscription(Box::new(self.news.subscribe(listener)))
    }

    fn away(&self, time: Duration) {
        self.say(&ToEngine::Away(time));
    }

    fn put_away(&self, is_away: bool) {
        self.say(&ToEngine::PutAway(is_away));
    }
}

impl Shared {
    async fn run(self: Rc<Self>) {
        let (mut hangs, mut losses, mut number) = (0, 0, 0);
        // The lock tells every worker that this page lives.
        let page = self.hold_lock().await;
        while let Some(page) = &page
            && hangs < WORKERS
            && losses < LOSSES
        {
            // Where the other pages are, if any has gone on to another worker.
            number = self.number_in_use().await.max(number);
            let began = self.ports.clock.monotonic();
            match self.clone().connect(page, number).await {
                End::Refused => break,
                End::Hung => {
                    hangs += 1;
                    number = number.saturating_add(1);
                }
                End::Gone => {
                    let lasted = self.ports.clock.monotonic().saturating_sub(began);
                    losses = if lasted > GOOD { 1 } else { losses + 1 };
                    number = 0;
                }
            }
            self.lost();
        }
        self.run_in_page();
    }

    /// The number of the latest worker that lives.
    async fn number_in_use(&self) -> u32 {
        let held = locks::held().await;
        let numbers = held
            .iter()
            .filter_map(|name| protocol::number_of(name, &self.config));
        numbers.max().unwrap_or_default()
    }

    async fn hold_lock(&self) -> Option<String> {
        let name = self.ports.unique_name("page")?;
        let held = locks::hold(&name).map(|held| held.is_ok());
        let is_held = futures::select_biased! {
            held = Box::pin(held).fuse() => held,
            () = self.ports.timer.sleep(connection::START).fuse() => false,
        };
        is_held.then_some(name)
    }

    /// From a connection's beginning to its end.
    async fn connect(self: Rc<Self>, page: &str, worker: u32) -> End {
        let name = worker_name(&self.config, worker);
        let hello = ToEngine::Hello {
            config: Box::new(self.config.clone()),
            page: page.to_owned(),
        };
        let open = || {
            let this = Rc::downgrade(&self);
            let hear = move |messages| {
                if let Some(this) = this.upgrade() {
                    this.hear(messages);
                }
            };
            connection::open(&self.script, &name, &hello, &*self.ports.timer, hear)
        };
        let opened = match open().await {
            // It may have been ending: what is said to such a one is lost, and there is another by now.
            Err(End::Hung) => open().await,
            opened => opened,
        };
        let (connection, welcome) = match opened {
            Ok(opened) => opened,
            Err(end) => return end,
        };
        let gone = connection.gone();
        self.way.replace(Way::Worker(connection));
        self.correct_network(welcome.online);
        self.welcomed(welcome);
        self.send_calls();
        futures::select_biased! {
            () = gone.fuse() => End::Gone,
            () = self.hung().fuse() => {
                self.say(&ToEngine::GivenUp);
                End::Hung
            }
        }
    }

    /// Takes what the engine said in one go. Whoever waits for a reply is woken before the page renders what the events
    /// changed, as with an engine in the page: a screen learns that its sign-in succeeded before it goes.
    fn hear(&self, mut messages: Vec<FromEngine>) {
        messages.sort_by_key(|message| !matches!(message, FromEngine::Reply { .. }));
        for message in messages {
            match message {
                FromEngine::Event(event) => self.news.tell(&event),
                FromEngine::Reply { id, result } => self.calls.answer(id, result),
                FromEngine::Pong => self.pong.set(true),
                FromEngine::Welcome { .. } | FromEngine::Refused(_) => {}
            }
        }
    }

    /// A new engine knows nothing of the network, an old one what pages told that are closed by now.
    fn correct_network(&self, known: bool) {
        let is_online = web_sys::window().is_none_or(|window| window.navigator().on_line());
        if known != is_online {
            let change = match is_online {
                true => Environment::Online,
                false => Environment::Offline,
            };
            drop(self.calls.add(Command::Environment(change)));
        }
    }

    fn welcomed(&self, mut snapshot: Snapshot) {
        let known = self.news.snapshot().session;
        let never = SessionState::SignedOut {
            why: SignedOutWhy::NeverSignedIn,
        };
        // What a new engine knows less than the page: why nobody is signed in any more.
        if snapshot.session == never && known != SessionState::Checking {
            snapshot.session = known;
        }
        self.news.tell(&Event::Online(snapshot.online));
        self.news.tell(&Event::Service(snapshot.service));
        self.news.tell(&Event::Session(snapshot.session));
    }

    /// The engine is gone, with all that it knew.
    fn lost(&self) {
        self.way.replace(Way::None);
        self.calls.fail();
        if matches!(self.news.snapshot().session, SessionState::SignedIn(_)) {
            self.news.tell(&Event::Session(SessionState::SignedOut {
                why: SignedOutWhy::EngineLost,
            }));
        }
    }

    fn run_in_page(self: &Rc<Self>) {
        let engine = in_page::run(self.config.clone());
        let this = Rc::downgrade(self);
        let subscription = engine.subscribe(move |event| {
            if let Some(this) = this.upgrade() {
                this.news.tell(event);
            }
        });
        let known = engine.snapshot();
        self.correct_network(known.online);
        self.welcomed(known);
        for (id, command) in self.calls.take_unsent() {
            let (this, engine) = (self.clone(), engine.clone());
            spawn_local(async move {
                let result = engine.execute(command).await;
                this.calls.answer(id, result);
            });
        }
        self.way.replace(Way::InPage(engine, subscription));
    }

    fn send_calls(&self) {
        if let Way::Worker(connection) = &*self.way.borrow() {
            for (id, command) in self.calls.take_unsent() {
                connection.say(&ToEngine::Call { id, command });
            }
        }
    }

    fn say(&self, message: &ToEngine) {
        if let Way::Worker(connection) = &*self.way.borrow() {
            connection.say(message);
        }
    }
}
