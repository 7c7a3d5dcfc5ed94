//! A world for the engine under test: a real local pool over real HTTP, and a clock that only tests move.

// Every integration test compiles this module for itself, and none uses all of it.
#![allow(dead_code)]
// Clippy's leave for tests does not reach their helpers.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used
)]

pub mod hosted;
pub mod simulation;
mod totp;
mod wire;

use std::{cell::RefCell, rc::Rc, time::Duration};

use futures::executor::LocalPool;
use local_pool::{Options, Server};
use serde_json::{Value, json};
use yew_cognito::{
    config::Config,
    engine::{AuthError, Command, Engine, Event, Reply, SessionState, SignInRequest, Step},
    ports::{MemoryVault, Ports, Request, Response, UnixMillis, Unreachable},
    token::{Code, Password},
};

pub use simulation::Simulation;
#[allow(unused_imports, reason = "as above")]
pub use totp::totp;
#[allow(unused_imports, reason = "as above")]
pub use wire::{Wire, post};

/// The password that the pool's seeded users have.
pub const PASSWORD: &str = "Sunflower-42!";

/// What a command came to, once it has.
pub type Outcome = Rc<RefCell<Option<Result<Reply, AuthError>>>>;

/// One engine, its pool, and everything that happens between them.
pub struct World {
    pub pool: Server,
    pub engine: Engine,
    pub events: Rc<RefCell<Vec<Event>>>,
    pub wire: Rc<Wire>,
    pub time: Rc<Simulation>,
    pub vault: Rc<MemoryVault>,
    ports: Ports,
    executor: LocalPool,
    _subscription: yew_cognito::engine::Subscription,
}

impl World {
    /// A fresh pool and an engine whose loop runs.
    pub fn new() -> Self {
        let pool = Server::start(Options::default()).unwrap();
        let endpoint = pool.url();
        Self::with_endpoint(pool, &endpoint)
    }

    /// The same, but the engine is told another endpoint.
    pub fn with_endpoint(pool: Server, endpoint: &str) -> Self {
        Self::with_config(pool, &config_text(endpoint, local_pool::POOL_ID))
    }

    pub fn with_config(pool: Server, config: &str) -> Self {
        Self::with_wire(pool, config, Wire::new())
    }

    /// A pool that cannot be reached until the cable is mended.
    pub fn cut_off() -> Self {
        let pool = Server::start(Options::default()).unwrap();
        let config = config_text(&pool.url(), local_pool::POOL_ID);
        let wire = Wire::new();
        wire.cut(true);
        Self::with_wire(pool, &config, wire)
    }

    fn with_wire(pool: Server, config: &str, wire: Wire) -> Self {
        let time = Rc::new(Simulation::starting_now());
        let wire = Rc::new(wire);
        let vault = Rc::new(MemoryVault::default());
        let ports = Ports {
            transport: wire.clone(),
            clock: time.clone(),
            random: Rc::new(simulation::Seeded::default()),
            timer: time.clone(),
            vault: vault.clone(),
        };
        let config = Config::parse(config).unwrap();
        let events = Rc::default();
        let executor = LocalPool::new();
        let (engine, subscription) = start(config, ports.clone(), &events, &executor);
        let mut world = Self {
            pool,
            engine,
            events,
            wire,
            time,
            vault,
            ports,
            executor,
            _subscription: subscription,
        };
        world.settle();
        world
    }

    /// A reload of the page: a new engine on the same device, which has forgotten all but its vault.
    pub fn reload(&mut self) {
        let config = self.engine.config().clone();
        self.events = Rc::default();
        self.executor = LocalPool::new();
        (self.engine, self._subscription) = start(config, self.ports.clone(), &self.events, &self.executor);
        self.settle();
    }

    /// Lets everything happen that needs no time.
    pub fn settle(&mut self) {
        self.executor.run_until_stalled();
    }

    /// Lets `by` pass, waking every sleeper in its turn.
    pub fn pass(&mut self, by: Duration) {
        self.time.pass(&mut self.executor, by);
    }

    /// Carries out `command`, letting time pass as it asks for.
    pub fn execute(&mut self, command: Command) -> Result<Reply, AuthError> {
        self.execute_at(&self.engine.clone(), command)
    }

    /// The same at another page.
    pub fn execute_at(&mut self, page: &Engine, command: Command) -> Result<Reply, AuthError> {
        let result = self.begin_at(page, command);
        for _ in 0..10_000 {
            self.settle();
            if let Some(result) = result.borrow_mut().take() {
                self.settle();
                return result;
            }
            let next = self.time.next_sleeper().expect("the command waits for nothing");
            self.time.advance_to(next);
        }
        panic!("the command never ends");
    }

    /// Starts `command`; the cell holds its result once there is one.
    pub fn begin(&mut self, command: Command) -> Outcome {
        self.begin_at(&self.engine.clone(), command)
    }

    /// The same at another page.
    pub fn begin_at(&mut self, page: &Engine, command: Command) -> Outcome {
        let result = Rc::new(RefCell::new(None));
        simulation::spawn(&self.executor, {
            let (engine, result) = (page.clone(), result.clone());
            async move {
                let outcome = engine.execute(command).await;
                *result.borrow_mut() = Some(outcome);
            }
        });
        result
    }

    /// Carries out a command that is answered by a step.
    pub fn step(&mut self, command: Command) -> Result<Step, AuthError> {
        match self.execute(command)? {
            Reply::Step(step) => Ok(step),
            other => panic!("not a step: {other:?}"),
        }
    }

    pub fn sign_in(&mut self, username: &str, password: &str) -> Result<Step, AuthError> {
        self.step(with_password(username, password))
    }

    /// Signs the seeded user in.
    pub fn sign_in_user(&mut self) {
        assert_eq!(self.sign_in("user@example.com", PASSWORD), Ok(Step::SignedIn));
    }

    pub fn confirm(&mut self, username: &str, code: &str) -> Result<Step, AuthError> {
        self.step(Command::ConfirmSignUp {
            username: username.to_owned(),
            code: Code::from(code.to_owned()),
        })
    }

    pub fn session(&self) -> SessionState {
        self.engine.snapshot().session
    }

    pub fn is_signed_in(&self) -> bool {
        matches!(self.session(), SessionState::SignedIn(_))
    }

    /// The newest code in the mailbox of `to`.
    pub fn code(&self, to: &str) -> String {
        let mails = self.control_get("mailbox");
        let mails = mails["mails"]
            .as_array()
            .or(mails.as_array())
            .expect("a list of mails")
            .clone();
        let mail = mails.iter().find(|mail| mail["to"] == to).expect("a mail");
        mail["code"].as_str().expect("a code").to_owned()
    }

    /// Changes the pool through its control API.
    pub fn control(&self, path: &str, body: Value) -> Value {
        let response = wire::post(
            &format!("{}/control/{path}", self.pool.url()),
            &[],
            &body.to_string(),
        )
        .unwrap();
        assert_eq!(response.status, 200, "{}", response.body.as_str());
        serde_json::from_str(&response.body).unwrap()
    }

    /// An operation of somebody else's.
    pub fn call(&self, operation: &str, body: &Value) -> Response {
        let headers = [
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            (
                "x-amz-target",
                format!("AWSCognitoIdentityProviderService.{operation}"),
            ),
        ];
        wire::post(&self.pool.url(), &headers, &body.to_string()).unwrap()
    }

    pub fn control_get(&self, path: &str) -> Value {
        let response = wire::get(&format!("{}/control/{path}", self.pool.url())).unwrap();
        serde_json::from_str(&response.body).unwrap()
    }

    /// Moves the pool's clock and the device's together.
    pub fn pass_everywhere(&mut self, by: Duration) {
        self.control("clock", json!({"advance_seconds": by.as_secs()}));
        self.pass(by);
    }

    /// Answers the next requests of `operation` with `answer` in place of the pool.
    pub fn answer(&self, operation: &'static str, times: usize, answer: Result<Response, Unreachable>) {
        self.wire.answer(operation, times, answer);
    }

    /// How many requests of `operation` the engine has sent.
    pub fn sent(&self, operation: &str) -> usize {
        self.wire.count(operation)
    }
}

/// An engine whose loop runs, and whose events are written down.
fn start(
    config: Config,
    ports: Ports,
    events: &Rc<RefCell<Vec<Event>>>,
    executor: &LocalPool,
) -> (Engine, yew_cognito::engine::Subscription) {
    let engine = Engine::new(config, ports);
    let subscription = {
        let events = events.clone();
        engine.subscribe(move |event| events.borrow_mut().push(event.clone()))
    };
    simulation::spawn(executor, {
        let engine = engine.clone();
        async move { engine.run().await }
    });
    (engine, subscription)
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let violations = self.wire.violations();
            assert!(
                violations.is_empty(),
                "against the service model: {violations:#?}"
            );
        }
    }
}

/// A sign-in as the configuration says.
pub fn with_password(username: &str, password: &str) -> Command {
    Command::SignIn(SignInRequest {
        username: username.to_owned(),
        password: Some(secret(password)),
        ..SignInRequest::default()
    })
}

pub fn secret(text: &str) -> Password {
    Password::from(text.to_owned())
}

/// An error as the service sends it.
pub fn service_error(kind: &str, message: &str) -> Result<Response, Unreachable> {
    Ok(Response {
        status: 400,
        error_type: Some(format!("{kind}:")),
        date: None,
        body: json!({"__type": kind, "message": message}).to_string().into(),
    })
}

pub fn status(status: u16) -> Result<Response, Unreachable> {
    Ok(Response {
        status,
        error_type: None,
        date: None,
        body: "<html>no</html>".to_owned().into(),
    })
}

pub fn config_text(endpoint: &str, pool_id: &str) -> String {
    json!({
        "version": "1.4",
        "auth": {
            "aws_region": "us-east-1",
            "user_pool_id": pool_id,
            "user_pool_client_id": local_pool::CLIENT_ID,
        },
        "custom": {"cognito": {"endpoint": endpoint}},
    })
    .to_string()
}

/// What requests to the token endpoint are called here: it is none of the operations.
pub const TOKEN: &str = "oauth2/token";

/// The operation that a request names.
pub fn operation_of(request: &Request) -> String {
    if request.url.ends_with("/oauth2/token") {
        return TOKEN.to_owned();
    }
    let target = request.headers.iter().find(|(name, _)| *name == "x-amz-target");
    target
        .map_or("jwks", |(_, target)| target.rsplit('.').next().unwrap())
        .to_owned()
}

pub fn unix_millis(duration: Duration) -> UnixMillis {
    UnixMillis(u64::try_from(duration.as_millis()).unwrap())
}
