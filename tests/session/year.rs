//! What no session may do in a year of use: two renewals at once, a token handed out past its expiry, an end that the
//! service did not ask for. Time, network and errors are random; the pool is a [`StandIn`].

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::executor::LocalPool;
use proptest::prelude::*;
use yew_cognito::{
    config::{Config, SignInFlow},
    engine::{Engine, SignInRequest},
    ports::{MemoryVault, Ports},
};

use super::{
    model::ServiceModel,
    stand_in::{ENDS, Fault, LIFETIMES, POOL_ID, StandIn, Whose},
    support::{Simulation, secret, simulation},
    *,
};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A device, a person and a pool.
pub struct Life {
    pub time: Rc<Simulation>,
    pub pool: Rc<StandIn>,
    engine: Engine,
    executor: LocalPool,
    throttle: Duration,
    /// How often a token was handed out.
    handed_out: Rc<Cell<usize>>,
    /// Tokens that were handed out past their expiry.
    stale: Rc<RefCell<Vec<String>>>,
}

impl Life {
    /// Signed in.
    pub fn new(lifetime: u64, rotates: bool) -> Self {
        let time = Rc::new(Simulation::starting_now());
        let pool = Rc::new(StandIn::new(time.clone(), lifetime, rotates));
        let ports = Ports {
            transport: pool.clone(),
            clock: time.clone(),
            random: Rc::new(simulation::Seeded::default()),
            timer: time.clone(),
            vault: Rc::new(MemoryVault::default()),
        };
        let config = Config::parse(&config_text("http://127.0.0.1:1", POOL_ID)).unwrap();
        let engine = Engine::new(config, ports);
        let executor = LocalPool::new();
        simulation::spawn(&executor, {
            let engine = engine.clone();
            async move { engine.run().await }
        });
        let mut life = Self {
            time,
            pool,
            engine,
            executor,
            throttle: Duration::ZERO,
            handed_out: Rc::default(),
            stale: Rc::default(),
        };
        life.sign_in();
        life
    }

    fn sign_in(&mut self) {
        self.pool.mend();
        self.begin(Command::SignIn(SignInRequest {
            username: "user".to_owned(),
            password: Some(secret(PASSWORD)),
            flow: Some(SignInFlow::UserPassword),
            ..SignInRequest::default()
        }));
        self.pass(Duration::from_secs(5));
        assert!(self.is_signed_in(), "{:?}", self.session());
        self.pool.forget_end();
    }

    pub fn session(&self) -> SessionState {
        self.engine.snapshot().session
    }

    pub fn is_signed_in(&self) -> bool {
        matches!(self.session(), SessionState::SignedIn(_))
    }

    pub fn pass(&mut self, by: Duration) {
        self.time.pass(&mut self.executor, by);
        self.check();
    }

    /// Starts `command`; a token is looked at in the moment in which it is handed out.
    pub fn begin(&mut self, command: Command) -> Rc<RefCell<Option<Result<(), AuthError>>>> {
        let result = Rc::new(RefCell::new(None));
        let (engine, time, pool) = (self.engine.clone(), self.time.clone(), self.pool.clone());
        let (handed_out, stale, outcome) = (self.handed_out.clone(), self.stale.clone(), result.clone());
        simulation::spawn(&self.executor, async move {
            let reply = engine.execute(command).await;
            if let Ok(Reply::AccessToken(token)) = &reply {
                handed_out.set(handed_out.get() + 1);
                let (now, end) = (time.now(), pool.good_until(token.expose()));
                if now >= end {
                    stale.borrow_mut().push(format!("{:?} too late", now - end));
                }
            }
            *outcome.borrow_mut() = Some(reply.map(drop));
        });
        self.executor.run_until_stalled();
        self.check();
        result
    }

    fn tell(&mut self, change: Environment) {
        self.begin(Command::Environment(change));
    }

    /// What holds at any time.
    fn check(&self) {
        assert!(self.pool.most_in_flight() <= 1, "two renewals at once");
        assert!(self.stale.borrow().is_empty(), "{:?}", self.stale.borrow());
        if let SessionState::SignedOut { why } = self.session()
            && why != SignedOutWhy::NeverSignedIn
        {
            assert_eq!(why, SignedOutWhy::SessionEnded);
            let error = self.pool.ended().unwrap_or_default();
            assert!(
                ENDS.contains(&error.as_str()),
                "not ended by the service: {error:?}"
            );
        }
    }

    /// All is well again, and after a while so is the session.
    fn recovers(&mut self) {
        self.pool.mend();
        self.set_throttle(0);
        // Timers that were set before come late.
        self.pass(Duration::from_secs(1200));
        self.tell(Environment::Online);
        self.pass(5 * MINUTE);
        if !self.is_signed_in() {
            return self.sign_in();
        }
        let asked = self.begin(Command::AccessToken);
        self.pass(MINUTE);
        let outcome = asked.borrow_mut().take();
        if self.is_signed_in() {
            assert_eq!(outcome, Some(Ok(())));
        }
    }

    fn set_throttle(&mut self, seconds: u64) {
        self.throttle = Duration::from_secs(seconds);
        self.time.throttle(self.throttle);
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Pass(seconds) => self.pass(Duration::from_secs(*seconds)),
            Act::Sleep(seconds) => {
                self.time.sleep_device(Duration::from_secs(*seconds));
                self.pass(Duration::ZERO);
            }
            Act::SetClock(by) => {
                // A clock that is set back while the device sleeps hides the sleep: a timer or two come in between.
                let a_look = 2 * self.throttle + MINUTE;
                self.pass(a_look);
                self.time.set_wall_clock(*by);
                self.pass(a_look);
            }
            Act::Throttle(seconds) => self.set_throttle(*seconds),
            Act::Offline(offline) => self.pool.offline(*offline),
            Act::Tell(change) => self.tell(*change),
            Act::Spoil(faults) => self.pool.spoil(faults.clone()),
            Act::Ask(times) => (0..*times).for_each(|_| drop(self.begin(Command::AccessToken))),
            Act::Refresh => drop(self.begin(Command::Refresh)),
            Act::SignInAgain if !self.is_signed_in() => self.sign_in(),
            Act::SignInAgain => {}
        }
    }
}

#[derive(Debug, Clone)]
enum Act {
    Pass(u64),
    Sleep(u64),
    SetClock(i64),
    Throttle(u64),
    Offline(bool),
    Tell(Environment),
    Spoil(Vec<Fault>),
    Ask(usize),
    Refresh,
    SignInAgain,
}

/// Every error that the service model lists for a renewal, by the one operation or the other.
fn errors() -> Vec<String> {
    let model = ServiceModel::load();
    let mut errors = model.errors_of("GetTokensFromRefreshToken").to_vec();
    errors.extend_from_slice(model.errors_of("InitiateAuth"));
    errors.sort();
    errors.dedup();
    errors
}

fn fault() -> impl Strategy<Value = Fault> {
    let errors = errors();
    let passing: Vec<_> = errors
        .iter()
        .filter(|error| !ENDS.contains(&error.as_str()))
        .cloned()
        .collect();
    prop_oneof![
        4 => Just(Fault::Cut),
        4 => Just(Fault::Lost),
        4 => (1_u64..40).prop_map(Fault::Late),
        4 => prop::sample::select(vec![403_u16, 429, 500, 502, 503, 504]).prop_map(Fault::Status),
        2 => Just(Fault::Truncated),
        6 => prop::sample::select(passing).prop_map(Fault::Service),
        1 => prop::sample::select(errors).prop_map(Fault::Service),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (1_u64..7200).prop_map(Act::Pass),
        3 => (1_u64..2 * 24 * 3600).prop_map(Act::Sleep),
        1 => (-3 * 24 * 3600_i64..3 * 24 * 3600).prop_map(Act::SetClock),
        1 => prop::sample::select(vec![0_u64, 60, 600]).prop_map(Act::Throttle),
        2 => any::<bool>().prop_map(Act::Offline),
        3 => prop::sample::select(vec![Environment::Woke, Environment::Online, Environment::Offline])
            .prop_map(Act::Tell),
        4 => prop::collection::vec(fault(), 1..6).prop_map(Act::Spoil),
        5 => (1_usize..4).prop_map(Act::Ask),
        1 => Just(Act::Refresh),
        1 => Just(Act::SignInAgain),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_session_keeps_its_promises(
        acts in prop::collection::vec(act(), 20..80),
        lifetime in prop::sample::select(LIFETIMES.to_vec()),
        rotates in any::<bool>(),
    ) {
        let mut life = Life::new(lifetime, rotates);
        for act in &acts {
            life.act(act);
        }
        life.recovers();
    }
}

#[test]
fn a_year_of_use_is_one_session() {
    let mut life = Life::new(3600, false);
    let mut renewals = 0;
    for day in 0..365_u64 {
        // The lid is opened; the network follows, or has been there.
        life.tell(Environment::Woke);
        if day % 3 == 0 {
            life.pool.offline(true);
            life.begin(Command::AccessToken);
            life.pass(10 * MINUTE);
            life.pool.offline(false);
        }
        life.tell(Environment::Online);
        match day % 30 {
            7 => life.time.set_wall_clock(-2 * 24 * 3600),
            14 => life.time.set_wall_clock(3 * 24 * 3600),
            21 => life.time.set_wall_clock(-24 * 3600),
            _ => {}
        }
        life.pool.spoil(match day % 5 {
            0 => vec![
                Fault::Cut,
                Fault::Status(503),
                Fault::Service("TooManyRequestsException".to_owned()),
            ],
            1 => vec![Fault::Lost, Fault::Late(20)],
            2 => vec![
                Fault::Service("InternalErrorException".to_owned()),
                Fault::Truncated,
            ],
            _ => vec![],
        });
        for hour in 0..8 {
            // Mostly in the background.
            life.set_throttle(if hour == 3 { 0 } else { 600 });
            life.begin(Command::AccessToken);
            life.pass(HOUR);
        }
        let asked = life.begin(Command::AccessToken);
        life.pass(MINUTE);
        assert_eq!(asked.borrow_mut().take(), Some(Ok(())), "on day {day}");
        assert!(life.is_signed_in());
        let today = life.pool.renewals() - renewals;
        assert!((4..40).contains(&today), "{today} renewals on day {day}");
        renewals = life.pool.renewals();
        life.time.sleep_device(DAY - 8 * HOUR);
        life.pass(Duration::ZERO);
    }
    assert!(life.handed_out.get() > 365 * 8, "{}", life.handed_out.get());
}

#[test]
fn an_answer_that_comes_when_its_tokens_have_expired_is_asked_for_again() {
    let mut life = Life::new(3600, false);
    life.time.sleep_device(2 * HOUR);
    life.pool.spoil([Fault::Late(10), Fault::Late(10)]);
    let asked = life.begin(Command::AccessToken);
    for _ in 0..2 {
        life.time.sleep_device(2 * HOUR);
        life.pass(Duration::from_secs(11));
    }
    life.pass(Duration::from_secs(1));
    assert_eq!(asked.borrow_mut().take(), Some(Ok(())));
    assert_eq!(life.pool.renewals(), 3);
}

#[test]
fn tokens_that_keep_coming_too_late_are_not_handed_out() {
    let mut life = Life::new(3600, false);
    life.time.sleep_device(2 * HOUR);
    life.pool.spoil(vec![Fault::Late(10); 10]);
    let asked = life.begin(Command::AccessToken);
    for _ in 0..10 {
        life.time.sleep_device(2 * HOUR);
        life.pass(Duration::from_secs(11));
    }
    assert_eq!(asked.borrow_mut().take(), Some(Err(AuthError::Timeout)));
    assert!(life.is_signed_in());
    life.recovers();
}

#[test]
fn a_renewal_that_answers_for_somebody_else_ends_the_session_and_is_revoked() {
    for whose in [Whose::AnothersSub, Whose::AnotherClient, Whose::AnotherPool] {
        for rotates in [false, true] {
            let mut life = Life::new(3600, rotates);
            life.pool.mix_up(whose);
            let refresh = {
                let engine = life.engine.clone();
                let outcome = Rc::new(RefCell::new(None));
                simulation::spawn(&life.executor, {
                    let outcome = outcome.clone();
                    async move { *outcome.borrow_mut() = Some(engine.execute(Command::Refresh).await) }
                });
                outcome
            };
            life.time.pass(&mut life.executor, Duration::from_secs(1));
            let outcome = refresh.borrow_mut().take().unwrap();
            assert!(matches!(outcome, Err(AuthError::InvalidToken(_))), "{outcome:?}");
            let ended = SessionState::SignedOut {
                why: SignedOutWhy::SessionEnded,
            };
            assert_eq!(life.session(), ended, "{whose:?}");
            let token = if rotates { "refresh-2" } else { "refresh-1" };
            assert_eq!(life.pool.revoked(), [token], "{whose:?}");
        }
    }
}
