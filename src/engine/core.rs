use std::{
    cell::{RefCell, RefMut},
    rc::{Rc, Weak},
    time::Duration,
};

use futures::{
    StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    future::{join, select},
};

use super::{
    AuthError, Command, Environment, Event, Reply, Service, SessionState, SignedOutWhy, Snapshot,
    keys::KeyFetch,
    renew::RenewalInFlight,
    unfinished::{PendingSignIn, PendingSignUp},
};
use crate::{
    cognito::{Backoff, Client, ClientMetadata, Operation},
    config::Config,
    ports::Ports,
    session::{Reading, Session},
};

/// No wait is longer: a timer started before the device slept comes too late.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Nor shorter: tokens that are born expired must not turn the loop into a storm of requests.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
const PROBE_BACKOFF: Backoff = Backoff {
    base: Duration::from_secs(2),
    cap: Duration::from_secs(30),
};

/// The engine. Cheap to clone; clones are the same engine.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    config: Config,
    client: Client,
    ports: Ports,
    state: RefCell<State>,
    snapshot: RefCell<Snapshot>,
    listeners: RefCell<Vec<Weak<Listener>>>,
    nudge: UnboundedSender<()>,
    nudges: RefCell<Option<UnboundedReceiver<()>>>,
}

type Listener = dyn Fn(&Event);

#[derive(Default)]
pub(super) struct State {
    /// Tokens are held here and nowhere else.
    pub session: Option<Session>,
    /// Counts sessions: what was begun in one must not touch the next.
    pub epoch: u64,
    /// Counts sign-ins: the latest one wins.
    pub attempt: u64,
    /// Nobody has asked for the latest one yet.
    pub is_quiet: bool,
    pub pending_sign_in: Option<PendingSignIn>,
    pub pending_sign_up: Option<PendingSignUp>,
    pub renewal: Option<RenewalInFlight>,
    /// The pool does not know GetTokensFromRefreshToken.
    pub legacy_refresh: bool,
    pub keys: Option<KeyFetch>,
    pub client_metadata: ClientMetadata,
}

/// Events go to the listener until this is dropped.
pub struct Subscription {
    _listener: Rc<Listener>,
}

impl Engine {
    /// An engine for the pool that `config` names. It acts by itself only while [`Self::run`] is polled.
    pub fn new(config: Config, ports: Ports) -> Self {
        let (nudge, nudges) = unbounded();
        let engine = Self(Rc::new(Inner {
            client: Client::new(&config, ports.clone()),
            config,
            ports,
            state: RefCell::default(),
            snapshot: RefCell::default(),
            listeners: RefCell::default(),
            nudge,
            nudges: RefCell::new(Some(nudges)),
        }));
        // Tokens are in memory only, so a new engine has no session to look for.
        engine.tell(&Event::Session(SessionState::SignedOut {
            why: SignedOutWhy::NeverSignedIn,
        }));
        engine
    }

    /// The pool it talks to.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// What all events so far add up to.
    pub fn snapshot(&self) -> Snapshot {
        self.0.snapshot.borrow().clone()
    }

    /// Calls `listener` with every event from now on, until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn(&Event) + 'static) -> Subscription {
        let listener: Rc<Listener> = Rc::new(listener);
        self.0.listeners.borrow_mut().push(Rc::downgrade(&listener));
        Subscription { _listener: listener }
    }

    /// Carries out `command`.
    ///
    /// # Errors
    /// [`AuthError`]; the command had no effect, unless its own documentation says otherwise.
    pub async fn execute(&self, command: Command) -> Result<Reply, AuthError> {
        match command {
            Command::SignUp(request) => self.sign_up(request).await.map(Reply::Step),
            Command::ConfirmSignUp { username, code } => {
                self.confirm_sign_up(username, code).await.map(Reply::Step)
            }
            Command::ResendSignUpCode { username } => {
                self.resend_sign_up_code(username).await.map(Reply::CodeSent)
            }
            Command::SignIn(request) => self.sign_in(request).await.map(Reply::Step),
            Command::StepUp(level) => self.step_up(level).await.map(Reply::Step),
            Command::ShowsAuthLevel(level) => self.shows(&level).map(Reply::Shows),
            Command::Answer(answer) => self.answer(answer).await.map(Reply::Step),
            Command::CancelSignIn => {
                self.cancel_sign_in();
                Ok(Reply::Done)
            }
            Command::ForgotPassword { username } => self.forgot_password(username).await.map(Reply::CodeSent),
            Command::ResetPassword {
                username,
                code,
                new_password,
            } => self
                .reset_password(username, code, new_password)
                .await
                .map(Reply::Step),
            Command::Refresh => self.renew().await.map(|()| Reply::Done),
            Command::AccessToken => self.access_token().await.map(Reply::AccessToken),
            Command::IdToken => self.id_token().await.map(Reply::IdToken),
            Command::UserAttributes => self.user_attributes().await.map(Reply::Attributes),
            Command::SignOut(scope) => self.sign_out(scope).await.map(|()| Reply::Done),
            Command::CheckService => self.keys().await.map(|_| Reply::Done),
            Command::Environment(change) => {
                self.environment_changed(change);
                Ok(Reply::Done)
            }
            Command::SetClientMetadata(metadata) => {
                self.state().client_metadata = metadata;
                Ok(Reply::Done)
            }
            Command::Account(command) => self.account(command).await,
            Command::RememberDevice(remember) => self.remember_device(remember).await.map(|()| Reply::Done),
        }
    }

    /// Renews the session ahead of its expiry and finds out whether the pool answers; never ends. The host
    /// has to poll it beside everything else, once.
    pub async fn run(&self) {
        let Some(mut nudges) = self.0.nudges.borrow_mut().take() else {
            return;
        };
        let mut failed_probes = 0;
        loop {
            self.forget_unfinished();
            let (renewal, found) = join(self.renew_if_due(), self.probe()).await;
            failed_probes = if found { 0 } else { failed_probes + 1 };
            let probe = if found {
                LONGEST_WAIT
            } else {
                PROBE_BACKOFF.delay(failed_probes - 1, self.ports())
            };
            let wait = renewal.min(probe).clamp(SHORTEST_WAIT, LONGEST_WAIT);
            let _ = select(self.ports().timer.sleep(wait), nudges.next()).await;
            while nudges.try_recv().is_ok() {}
        }
    }

    /// Whether the pool was found. Without a network there is no use in asking.
    async fn probe(&self) -> bool {
        let online = self.snapshot().online;
        online && (self.keys().await.is_ok() || self.snapshot().service == Service::NoSuchPool)
    }

    fn environment_changed(&self, change: Environment) {
        match change {
            Environment::Offline => self.tell(&Event::Online(false)),
            Environment::Online => self.tell(&Event::Online(true)),
            Environment::Woke => {}
        }
        if change != Environment::Offline {
            if let Some(session) = &mut self.state().session {
                session.schedule.hasten();
            }
            self.nudge();
        }
    }

    /// Makes [`Self::run`] look at what is due.
    pub(super) fn nudge(&self) {
        // Without a running loop there is nobody to nudge.
        let _ = self.0.nudge.unbounded_send(());
    }

    /// Tells all listeners, if `event` is news.
    pub(super) fn tell(&self, event: &Event) {
        if !self.0.snapshot.borrow_mut().apply(event) {
            return;
        }
        self.0
            .listeners
            .borrow_mut()
            .retain(|listener| listener.strong_count() > 0);
        // A listener may subscribe another, or call the engine: hold no borrow while it runs.
        let listeners: Vec<_> = self
            .0
            .listeners
            .borrow()
            .iter()
            .filter_map(Weak::upgrade)
            .collect();
        for listener in listeners {
            listener(event);
        }
    }

    pub(super) fn state(&self) -> RefMut<'_, State> {
        self.0.state.borrow_mut()
    }

    pub(super) fn client(&self) -> &Client {
        &self.0.client
    }

    /// Sends `operation`; what an error means depends on it.
    pub(super) async fn call<O: Operation>(&self, operation: &O) -> Result<O::Response, AuthError> {
        self.client()
            .call(operation)
            .await
            .map_err(|error| AuthError::from_service(O::NAME, error))
    }

    pub(super) fn client_metadata(&self) -> ClientMetadata {
        self.state().client_metadata.clone()
    }

    pub(super) fn ports(&self) -> &Ports {
        &self.0.ports
    }

    pub(super) fn now(&self) -> Reading {
        Reading::of(self.0.ports.clock.as_ref())
    }
}
