use proptest::prelude::*;

use super::*;
use crate::{
    engine::{EndingWhy, Event},
    token::IdClaims,
};

fn signed_in(sub: &str, token: u64, renewal: Renewal, ending: Option<Ending>) -> SessionState {
    let claims: IdClaims = serde_json::from_value(serde_json::json!({
        "sub": sub, "iss": "", "aud": "", "exp": token + 3600, "iat": token, "token_use": "id", "username": "",
        "groups": [], "email_verified": false, "phone_number_verified": false, "other": {}
    }))
    .unwrap();
    SessionState::SignedIn(Box::new(SignedIn {
        claims,
        expires_at: UnixMillis(token * 1000),
        renewal,
        asks_to_remember_device: false,
        hosted: false,
        ending,
    }))
}

fn ada(token: u64) -> SessionState {
    signed_in("ada", token, Renewal::At(UnixMillis(token)), None)
}

fn failing(retry_at: u64) -> SessionState {
    signed_in("ada", 1, Renewal::RetryAt(UnixMillis(retry_at)), None)
}

fn ending_at(at: u64) -> Ending {
    Ending {
        at: UnixMillis(at),
        why: EndingWhy::Idle,
    }
}

fn ending(at: u64) -> SessionState {
    signed_in("ada", 1, Renewal::At(UnixMillis(1)), Some(ending_at(at)))
}

fn out(why: SignedOutWhy) -> SessionState {
    SessionState::SignedOut { why }
}

/// What sessions one after the other are told as.
fn told(sessions: &[SessionState]) -> Vec<AuthEvent> {
    let mut snapshot = Snapshot::default();
    let mut told = Vec::new();
    for session in sessions {
        let before = snapshot.clone();
        snapshot.apply(&Event::Session(session.clone()));
        told.extend(news(&before, &snapshot));
    }
    told
}

#[test]
fn a_session_is_told_from_its_beginning_to_its_end() {
    use AuthEvent::*;
    let never = out(SignedOutWhy::NeverSignedIn);
    let sessions = [
        never,
        ada(1),
        ada(2),
        out(SignedOutWhy::Idle),
        out(SignedOutWhy::SignedOut),
    ];
    assert_eq!(
        told(&sessions),
        [SignedIn, Refreshed, SignedOut(SignedOutWhy::Idle)]
    );
}

#[test]
fn a_session_that_was_there_before_the_page_is_restored() {
    use AuthEvent::*;
    assert_eq!(told(&[ada(1), ada(1)]), [Restored]);
    assert_eq!(
        told(&[failing(60_000)]),
        [
            Restored,
            RefreshFailed {
                retry_at: UnixMillis(60_000)
            }
        ]
    );
    assert_eq!(told(&[ending(9)]), [Restored, ExpiringSoon(ending_at(9))]);
    assert_eq!(told(&[out(SignedOutWhy::Idle)]), []);
}

#[test]
fn a_failed_renewal_is_told_once_for_each_attempt() {
    use AuthEvent::*;
    let failed = |millis| RefreshFailed {
        retry_at: UnixMillis(millis),
    };
    // The third says the same as the second, by clocks read a moment later.
    let sessions = [ada(1), failing(4_000), failing(60_000), failing(60_003), ada(2)];
    assert_eq!(
        told(&sessions),
        [Restored, failed(4_000), failed(60_000), Refreshed]
    );
}

#[test]
fn an_ending_is_told_when_it_comes_near_and_when_it_is_averted() {
    use AuthEvent::*;
    let sessions = [ada(1), ending(60_000), ending(60_002), ada(1), ending(90_000)];
    assert_eq!(
        told(&sessions),
        [
            Restored,
            ExpiringSoon(ending_at(60_000)),
            Kept,
            ExpiringSoon(ending_at(90_000))
        ]
    );
}

#[test]
fn another_person_is_a_sign_out_and_a_sign_in() {
    use AuthEvent::*;
    let grace = signed_in("grace", 2, Renewal::Now, None);
    assert_eq!(
        told(&[ada(1), grace]),
        [Restored, SignedOut(SignedOutWhy::SignedOut), SignedIn]
    );
}

#[test]
fn a_page_that_lost_its_engine_is_signed_out_until_it_finds_the_session_again() {
    use AuthEvent::*;
    assert_eq!(
        told(&[ada(1), SessionState::Checking, ada(1)]),
        [Restored, SignedOut(SignedOutWhy::EngineLost), Restored]
    );
}

#[test]
fn the_network_and_the_service_come_and_go() {
    let mut snapshot = Snapshot::default();
    let mut told = Vec::new();
    for event in [
        Event::Service(Service::Reachable),
        Event::Online(false),
        Event::Service(Service::Unreachable),
        Event::Service(Service::NoSuchPool),
        Event::Online(true),
        Event::Service(Service::Reachable),
    ] {
        let before = snapshot.clone();
        snapshot.apply(&event);
        told.extend(news(&before, &snapshot));
    }
    use AuthEvent::*;
    assert_eq!(told, [Offline, ServiceUnreachable, Online, ServiceReachable]);
}

fn any_session() -> impl Strategy<Value = SessionState> {
    let why = prop::sample::select(vec![
        SignedOutWhy::NeverSignedIn,
        SignedOutWhy::SignedOut,
        SignedOutWhy::SessionEnded,
        SignedOutWhy::Idle,
        SignedOutWhy::LifetimeOver,
        SignedOutWhy::PagesClosed,
        SignedOutWhy::EngineLost,
    ]);
    let time = (0u64..8).prop_map(|time| UnixMillis(time * 700));
    let renewal = prop_oneof![
        time.clone().prop_map(Renewal::At),
        Just(Renewal::Now),
        time.clone().prop_map(Renewal::RetryAt),
    ];
    let why_ending = prop::sample::select(vec![EndingWhy::Idle, EndingWhy::Lifetime]);
    let ending = prop::option::of((time, why_ending).prop_map(|(at, why)| Ending { at, why }));
    let who = prop::sample::select(vec!["ada", "grace"]);
    prop_oneof![
        1 => Just(SessionState::Checking),
        2 => why.prop_map(out),
        5 => (who, 0u64..3, renewal, ending).prop_map(|(who, token, renewal, ending)| signed_in(who, token, renewal, ending)),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let services = vec![
        Service::Unknown,
        Service::Reachable,
        Service::Unreachable,
        Service::NoSuchPool,
    ];
    prop_oneof![
        4 => any_session().prop_map(Event::Session),
        1 => any::<bool>().prop_map(Event::Online),
        1 => prop::sample::select(services).prop_map(Event::Service),
    ]
}

/// What an app believes that knows nothing but the news.
#[derive(Default)]
struct App {
    is_signed_in: bool,
    is_ending: bool,
    is_offline: bool,
    is_cut_off: bool,
}

impl App {
    /// Takes in what happened; false if it contradicts what happened before.
    fn hear(&mut self, event: AuthEvent) -> bool {
        let (was_in, was_ending) = (self.is_signed_in, self.is_ending);
        match event {
            AuthEvent::Restored | AuthEvent::SignedIn => {
                self.is_signed_in = true;
                !was_in
            }
            AuthEvent::SignedOut(_) => {
                (self.is_signed_in, self.is_ending) = (false, false);
                was_in
            }
            AuthEvent::Refreshed | AuthEvent::RefreshFailed { .. } => was_in,
            AuthEvent::ExpiringSoon(_) => {
                self.is_ending = true;
                was_in
            }
            AuthEvent::Kept => {
                self.is_ending = false;
                was_in && was_ending
            }
            AuthEvent::Online => std::mem::replace(&mut self.is_offline, false),
            AuthEvent::Offline => !std::mem::replace(&mut self.is_offline, true),
            AuthEvent::ServiceReachable => std::mem::replace(&mut self.is_cut_off, false),
            AuthEvent::ServiceUnreachable => !std::mem::replace(&mut self.is_cut_off, true),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn news_never_contradict_each_other_and_say_what_is_so(events in prop::collection::vec(any_event(), 0..40)) {
        let (mut snapshot, mut app) = (Snapshot::default(), App::default());
        for event in events {
            let before = snapshot.clone();
            let changed = snapshot.apply(&event);
            let told = news(&before, &snapshot);
            prop_assert!(changed || told.is_empty());
            for event in told {
                prop_assert!(app.hear(event), "{:?}", event);
            }
            let session = match &snapshot.session {
                SessionState::SignedIn(session) => Some(session),
                _ => None,
            };
            prop_assert_eq!(app.is_signed_in, session.is_some());
            prop_assert_eq!(app.is_ending, session.is_some_and(|session| session.ending.is_some()));
            prop_assert_eq!(app.is_offline, !snapshot.online);
        }
    }

    #[test]
    fn who_missed_steps_hears_no_contradiction_either(events in prop::collection::vec(any_event(), 0..40), every in 1usize..5) {
        let (mut snapshot, mut heard, mut app) = (Snapshot::default(), Snapshot::default(), App::default());
        for (n, event) in events.iter().enumerate() {
            snapshot.apply(event);
            if n % every == 0 {
                for event in news(&heard, &snapshot) {
                    prop_assert!(app.hear(event), "{:?}", event);
                }
                heard = snapshot.clone();
            }
        }
    }
}
