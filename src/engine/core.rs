use std::{
    cell::{RefCell, RefMut},
    rc::{Rc, Weak},
    time::Duration,
};

use futures::{
    StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    future::{join, join3, select},
};

use super::{
    AuthError, Command, Environment, Event, Reply, Service, SessionState, SignedOutWhy, Snapshot,
    broadcast::{Broadcast, Subscription},
    keys::KeyFetch,
    owed::Owed,
    renew::RenewalInFlight,
    sign_out::Parting,
    unfinished::Unfinished,
};
use crate::{
    cognito::{Backoff, Client, ClientMetadata, Operation},
    config::Config,
    ports::{Ports, SteadyClock},
    session::{Reading, Session, Usage},
};

/// No wait is longer: a timer started before the device slept comes too late.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Nor shorter.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
/// When a region's network is back, so are all its clients: those that nobody waits for spread over this time.
const ONLINE_SPREAD: Duration = Duration::from_secs(4);
const PROBE_BACKOFF: Backoff = Backoff {
    base: Duration::from_secs(2),
    cap: Duration::from_secs(30),
};

/// The engine. Cheap to clone; clones are the same engine, at the same page.
#[derive(Clone)]
pub struct Engine(Rc<Inner>, Rc<RefCell<Unfinished>>);

struct Inner {
    config: Config,
    client: Client,
    ports: Ports,
    state: RefCell<State>,
    news: Broadcast,
    pages: RefCell<Vec<Weak<RefCell<Unfinished>>>>,
    nudge: UnboundedSender<()>,
    nudges: RefCell<Option<UnboundedReceiver<()>>>,
    began: UnboundedSender<()>,
    beginnings: RefCell<Option<UnboundedReceiver<()>>>,
}

#[derive(Default)]
pub(super) struct State {
    /// Tokens are held here and nowhere else.
    pub session: Option<Session>,
    /// Of the session, if there is one: what its limits count from.
    pub usage: Option<Usage>,
    /// Counts sessions: what was begun in one must not touch the next.
    pub epoch: u64,
    pub renewal: Option<RenewalInFlight>,
    pub parting: Option<Parting>,
    pub owed: Owed,
    /// The pool does not know GetTokensFromRefreshToken.
    pub legacy_refresh: bool,
    pub keys: Option<KeyFetch>,
    pub client_metadata: ClientMetadata,
    #[cfg(feature = "credentials")]
    pub aws: super::credentials::Known,
}

impl State {
    /// Drops the AWS credentials of whoever it was.
    pub fn forget_credentials(&mut self) {
        #[cfg(feature = "credentials")]
        {
            self.aws = super::credentials::Known::default();
        }
    }
}

impl Engine {
    /// An engine for the pool that `config` names. It acts by itself only while [`Self::run`] is polled.
    pub fn new(config: Config, mut ports: Ports) -> Self {
        ports.clock = Rc::new(SteadyClock::new(ports.clock));
        let (nudge, nudges) = unbounded();
        let (began, beginnings) = unbounded();
        let unfinished = Rc::default();
        let inner = Inner {
            client: Client::new(&config, ports.clone()),
            config,
            ports,
            state: RefCell::default(),
            news: Broadcast::default(),
            pages: RefCell::new(vec![Rc::downgrade(&unfinished)]),
            nudge,
            nudges: RefCell::new(Some(nudges)),
            began,
            beginnings: RefCell::new(Some(beginnings)),
        };
        let engine = Self(Rc::new(inner), unfinished);
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
        self.0.news.snapshot()
    }

    /// Calls `listener` with every event from now on, until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn(&Event) + 'static) -> Subscription {
        self.0.news.subscribe(listener)
    }

    /// Carries out `command`.
    ///
    /// # Errors
    /// [`AuthError`]; the command had no effect, unless its own documentation says otherwise.
    pub async fn execute(&self, command: Command) -> Result<Reply, AuthError> {
        // No timer may have fired since the session's time was over.
        self.check_limits();
        match command {
            Command::SignUp(request) => self.sign_up(request).await.map(Reply::Step),
            Command::ConfirmSignUp { username, code } => {
                self.confirm_sign_up(username, code).await.map(Reply::Step)
            }
            Command::ResendSignUpCode { username } => {
                self.resend_sign_up_code(username).await.map(Reply::CodeSent)
            }
            Command::SignIn(request) => self.sign_in(request).await.map(Reply::Step),
            Command::StartAuthorization(request) => {
                self.start_authorization(&request).map(Reply::Authorization)
            }
            Command::FinishAuthorization {
                transaction,
                response,
            } => self
                .finish_authorization(transaction, response)
                .await
                .map(Reply::Step),
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
            #[cfg(feature = "credentials")]
            Command::AwsCredentials => self.aws_credentials().await.map(Reply::AwsCredentials),
            Command::UserAttributes => self.user_attributes().await.map(Reply::Attributes),
            Command::SignOut(scope) => self.sign_out(scope).await.map(|()| Reply::Done),
            Command::StaySignedIn => {
                self.stay_signed_in();
                Ok(Reply::Done)
            }
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

    /// Renews the session ahead of its expiry, ends it at its limits and finds out whether the pool answers; never
    /// ends. The host has to poll it beside everything else, once.
    pub async fn run(&self) {
        let nudges = self.0.nudges.borrow_mut().take();
        let beginnings = self.0.beginnings.borrow_mut().take();
        if let (Some(nudges), Some(beginnings)) = (nudges, beginnings) {
            // The limits wait for no network.
            join(self.stay_in_touch(nudges), self.watch_limits(beginnings)).await;
        }
    }

    async fn stay_in_touch(&self, mut nudges: UnboundedReceiver<()>) {
        let mut failed_probes = 0;
        loop {
            self.forget_unfinished();
            let (renewal, found, owed) = join3(self.renew_if_due(), self.probe(), self.pay_owed()).await;
            failed_probes = if found { 0 } else { failed_probes + 1 };
            let probe = if found {
                LONGEST_WAIT
            } else {
                PROBE_BACKOFF.delay(failed_probes - 1, self.ports())
            };
            let wait = renewal.min(probe).min(owed).clamp(SHORTEST_WAIT, LONGEST_WAIT);
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
            Environment::Active => return self.stay_signed_in(),
        }
        if change != Environment::Offline {
            let spread = match change {
                Environment::Online => self.ports().jitter(ONLINE_SPREAD),
                _ => Duration::ZERO,
            };
            let now = self.now();
            let mut state = self.state();
            state.owed.hasten(now, spread);
            if let Some(session) = &mut state.session {
                session.schedule.hasten(&session.age, now, spread);
            }
            drop(state);
            self.nudge();
        }
    }

    /// Makes [`Self::run`] look at what is due.
    pub(super) fn nudge(&self) {
        // Without a running loop there is nobody to nudge.
        let _ = self.0.nudge.unbounded_send(());
    }

    /// Makes [`Self::run`] watch the limits of a session that has just begun.
    pub(super) fn note_beginning(&self) {
        // As above.
        let _ = self.0.began.unbounded_send(());
    }

    /// Tells all listeners, if `event` is news.
    pub(super) fn tell(&self, event: &Event) {
        self.0.news.tell(event);
    }

    pub(super) fn pages(&self) -> RefMut<'_, Vec<Weak<RefCell<Unfinished>>>> {
        self.0.pages.borrow_mut()
    }

    pub(super) fn own_unfinished(&self) -> &RefCell<Unfinished> {
        &self.1
    }

    pub(super) fn with_unfinished(&self, unfinished: Rc<RefCell<Unfinished>>) -> Self {
        Self(self.0.clone(), unfinished)
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
