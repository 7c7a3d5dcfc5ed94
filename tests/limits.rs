//! The limits of a session against the local pool, with time that the tests move.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod model;
mod support;

use std::time::Duration;

use local_pool::{Options, Server};
use serde_json::{Value, json};
use support::{PASSWORD, World, config_text, secret, unix_millis};
use yew_cognito::engine::{
    AccountCommand, Answer, AuthError, AuthLevel, Command, Ending, EndingWhy, Environment, Event, Reply,
    SessionState, SignOutScope, SignedOutWhy, Step,
};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const RENEW: &str = "GetTokensFromRefreshToken";

/// The seeded user, signed in where `session` is `custom.cognito.session`.
fn signed_in(session: Value) -> World {
    let pool = Server::start(Options::default()).unwrap();
    let mut config: Value = serde_json::from_str(&config_text(&pool.url(), local_pool::POOL_ID)).unwrap();
    config["custom"]["cognito"]["session"] = session;
    let mut world = World::with_config(pool, &config.to_string());
    world.sign_in_user();
    world
}

/// Ten minutes, the last of which is warned of.
fn ten_minutes() -> World {
    signed_in(json!({"idle_minutes": 10}))
}

fn ending(world: &World) -> Option<Ending> {
    match world.session() {
        SessionState::SignedIn(session) => session.ending,
        other => panic!("not signed in: {other:?}"),
    }
}

fn why(world: &World) -> SignedOutWhy {
    match world.session() {
        SessionState::SignedOut { why } => why,
        other => panic!("not signed out: {other:?}"),
    }
}

fn tell(world: &mut World, change: Environment) {
    world.execute(Command::Environment(change)).unwrap();
}

/// The endings told, each once for as long as it stood.
fn endings_told(world: &World) -> Vec<Option<EndingWhy>> {
    let events = world.events.borrow();
    let mut told: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Session(SessionState::SignedIn(session)) => Some(session.ending.map(|ending| ending.why)),
            _ => None,
        })
        .collect();
    told.dedup();
    told
}

#[test]
fn a_session_that_nobody_touches_is_warned_of_and_ends() {
    let mut world = ten_minutes();
    let began = world.time.now();
    world.pass(9 * MINUTE - SECOND);
    assert_eq!(ending(&world), None);
    world.pass(2 * SECOND);
    let told = ending(&world).expect("a warning within a second");
    assert_eq!(told.why, EndingWhy::Idle);
    assert!(
        told.at.since(unix_millis(began + 10 * MINUTE)) < SECOND,
        "{told:?}"
    );
    let events = world.events.borrow().len();
    world.pass(MINUTE - 2 * SECOND);
    assert_eq!(ending(&world), Some(told));
    assert_eq!(world.events.borrow().len(), events, "told once");
    world.pass(2 * SECOND);
    assert_eq!(why(&world), SignedOutWhy::Idle);
    assert_eq!(world.sent("RevokeToken"), 1);
    assert_eq!(
        world.execute(Command::AccessToken).unwrap_err(),
        AuthError::NotSignedIn
    );
}

#[test]
fn it_comes_to_the_second_however_slow_the_network_is() {
    let mut world = signed_in(json!({"idle_minutes": 1, "idle_warning_seconds": 59}));
    let release = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.pass(2 * SECOND);
    assert!(ending(&world).is_some());
    world.pass(59 * SECOND);
    assert_eq!(why(&world), SignedOutWhy::Idle);
    drop(release);
    world.settle();
    refresh.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(why(&world), SignedOutWhy::Idle, "what came too late is dropped");
}

#[test]
fn staying_starts_the_time_anew() {
    let mut world = ten_minutes();
    for _ in 0..3 {
        world.pass(9 * MINUTE + 30 * SECOND);
        assert!(ending(&world).is_some());
        world.execute(Command::StaySignedIn).unwrap();
        assert_eq!(ending(&world), None);
    }
    let idle = Some(EndingWhy::Idle);
    assert_eq!(endings_told(&world), [None, idle, None, idle, None, idle, None]);
    world.pass(10 * MINUTE + SECOND);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn activity_keeps_a_session_to_the_last_moment() {
    let mut world = ten_minutes();
    for _ in 0..6 {
        world.pass(8 * MINUTE);
        tell(&mut world, Environment::Active);
        assert_eq!(ending(&world), None);
    }
    world.pass(9 * MINUTE + 30 * SECOND);
    assert!(ending(&world).is_some());
    // An app that shows no warning has nobody signed out at work.
    tell(&mut world, Environment::Active);
    assert_eq!(ending(&world), None);
    world.pass(10 * MINUTE + SECOND);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn what_a_program_does_is_no_activity() {
    let mut world = signed_in(json!({"idle_minutes": 120}));
    let at_sign_in = world.sent("RevokeToken");
    for minute in 0..120 {
        if !world.is_signed_in() {
            panic!("signed out after {minute} minutes");
        }
        world.execute(Command::AccessToken).unwrap();
        world.execute(Command::UserAttributes).unwrap();
        tell(&mut world, Environment::Woke);
        tell(&mut world, Environment::Online);
        world.pass_everywhere(MINUTE);
    }
    world.pass(SECOND);
    assert!(world.sent(RENEW) >= 2, "renewed meanwhile");
    assert_eq!(why(&world), SignedOutWhy::Idle);
    assert_eq!(world.sent("RevokeToken"), at_sign_in + 1);
}

/// Every way to something of the session, asked first after a sleep through which no timer fired.
#[test]
fn nothing_comes_out_of_a_session_after_a_sleep_past_its_limit() {
    let asked = [
        Command::AccessToken,
        Command::IdToken,
        Command::UserAttributes,
        Command::Refresh,
        Command::Account(AccountCommand::Sessions),
        Command::ShowsAuthLevel(AuthLevel::default()),
        Command::StepUp(AuthLevel::default()),
        Command::RememberDevice(true),
    ];
    for command in asked {
        let mut world = ten_minutes();
        let before = world.wire.everything().len();
        world.time.sleep_device(10 * MINUTE);
        let name = format!("{command:?}");
        let asked = world.begin(command);
        world.settle();
        let error = asked.borrow_mut().take().unwrap().unwrap_err();
        assert_eq!(error, AuthError::NotSignedIn, "{name}");
        assert_eq!(why(&world), SignedOutWhy::Idle, "{name}");
        assert_eq!(world.sent("RevokeToken"), 1, "{name}");
        let sent = world.wire.everything().split_off(before);
        assert!(!sent.contains("AccessToken"), "{name} sent {sent}");
    }
}

#[test]
fn neither_waking_nor_a_touch_nor_the_wish_to_stay_brings_it_back() {
    let late = [
        Command::Environment(Environment::Woke),
        Command::Environment(Environment::Active),
        Command::Environment(Environment::Online),
        Command::StaySignedIn,
    ];
    for command in late {
        let mut world = ten_minutes();
        world.time.sleep_device(HOUR);
        world.execute(command).unwrap();
        assert_eq!(why(&world), SignedOutWhy::Idle);
        assert_eq!(world.sent("RevokeToken"), 1);
        assert_eq!(world.sent(RENEW), 0, "revoked, not renewed");
    }
}

#[test]
fn a_sleep_while_tokens_are_renewed_ends_it_too() {
    let mut world = signed_in(json!({"idle_minutes": 90}));
    world.control(
        "client",
        json!({"refresh_token_rotation": {"enabled": true, "retry_grace_period_seconds": 60}}),
    );
    world.time.sleep_device(HOUR);
    let release = world.wire.hold(RENEW);
    let asked = world.begin(Command::AccessToken);
    world.settle();
    world.time.sleep_device(HOUR);
    drop(release);
    world.settle();
    asked.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(why(&world), SignedOutWhy::Idle);
    assert_eq!(world.sent("RevokeToken"), 2, "the rotated token too");
}

#[test]
fn a_step_up_under_way_does_not_outlive_its_session() {
    let mut world = ten_minutes();
    world.pass(MINUTE);
    let again = AuthLevel {
        max_age: Some(SECOND),
        ..AuthLevel::default()
    };
    let asks = world.step(Command::StepUp(again)).unwrap();
    assert!(matches!(asks, Step::Challenge(_)), "{asks:?}");
    world.time.sleep_device(10 * MINUTE);
    let answer = Command::Answer(Answer::Password(secret(PASSWORD)));
    assert_eq!(world.step(answer).unwrap_err(), AuthError::SignInExpired);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn a_lifetime_ends_in_spite_of_activity_and_renewals() {
    let mut world =
        signed_in(json!({"idle_minutes": 30, "lifetime_minutes": 180, "idle_warning_seconds": 120}));
    for _ in 0..17 {
        world.pass_everywhere(10 * MINUTE);
        tell(&mut world, Environment::Active);
        world.execute(Command::AccessToken).unwrap();
        assert_eq!(ending(&world), None);
    }
    assert!(world.sent(RENEW) >= 2);
    world.pass_everywhere(8 * MINUTE + SECOND);
    assert_eq!(ending(&world).unwrap().why, EndingWhy::Lifetime);
    world.execute(Command::StaySignedIn).unwrap();
    world.execute(Command::Refresh).unwrap();
    assert_eq!(ending(&world).unwrap().why, EndingWhy::Lifetime);
    world.pass_everywhere(2 * MINUTE);
    assert_eq!(why(&world), SignedOutWhy::LifetimeOver);
    assert_eq!(world.sent("RevokeToken"), 1);
    world.sign_in_user();
    assert_eq!(ending(&world), None, "a new sign-in is a new life");
    world.pass(10 * MINUTE);
    assert!(world.is_signed_in());
}

#[test]
fn proving_again_who_one_is_begins_a_new_life() {
    let mut world = signed_in(json!({"lifetime_minutes": 60}));
    world.pass_everywhere(59 * MINUTE + 30 * SECOND);
    assert!(ending(&world).is_some());
    let again = AuthLevel {
        max_age: Some(MINUTE),
        ..AuthLevel::default()
    };
    world.step(Command::StepUp(again)).unwrap();
    let answer = Command::Answer(Answer::Password(secret(PASSWORD)));
    assert_eq!(world.step(answer), Ok(Step::SignedIn));
    assert_eq!(ending(&world), None);
    world.pass_everywhere(50 * MINUTE);
    assert!(world.is_signed_in());
    world.pass_everywhere(11 * MINUTE);
    assert_eq!(why(&world), SignedOutWhy::LifetimeOver);
}

#[test]
fn without_limits_a_year_changes_nothing() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(365 * 24 * HOUR);
    tell(&mut world, Environment::Woke);
    world.execute(Command::AccessToken).unwrap();
    world.pass_everywhere(12 * HOUR);
    assert_eq!(ending(&world), None);
    assert_eq!(endings_told(&world), [None]);
}

#[test]
fn a_wall_clock_set_back_lengthens_nothing() {
    let mut world = ten_minutes();
    world.time.set_wall_clock(-48 * 3600);
    world.pass(9 * MINUTE + SECOND);
    let told = ending(&world).expect("a warning");
    let true_end = unix_millis(world.time.now() + 59 * SECOND);
    let shown = true_end.since(told.at);
    assert_eq!(shown.as_secs() / 60, 48 * 60, "in the time that the device shows");
    world.pass(MINUTE);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn a_wall_clock_set_right_again_is_taken_for_sleep() {
    let mut world = ten_minutes();
    world.time.set_wall_clock(-48 * 3600);
    tell(&mut world, Environment::Woke);
    assert_eq!(ending(&world), None);
    world.time.set_wall_clock(48 * 3600);
    tell(&mut world, Environment::Woke);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn a_wall_clock_set_forward_is_taken_for_sleep() {
    let mut world = ten_minutes();
    world.time.set_wall_clock(9 * 60 + 30);
    tell(&mut world, Environment::Woke);
    assert!(ending(&world).is_some());
    world.execute(Command::StaySignedIn).unwrap();
    assert_eq!(ending(&world), None);
    world.time.set_wall_clock(600);
    tell(&mut world, Environment::Woke);
    assert_eq!(why(&world), SignedOutWhy::Idle);
}

#[test]
fn it_ends_without_a_network_too() {
    let mut world = ten_minutes();
    world.wire.cut(true);
    world.pass(10 * MINUTE + SECOND);
    assert_eq!(why(&world), SignedOutWhy::Idle);
    assert!(world.sent("RevokeToken") >= 1);
}

#[test]
fn signing_out_after_the_end_is_no_error() {
    let mut world = ten_minutes();
    world.time.sleep_device(HOUR);
    let signed_out = world.execute(Command::SignOut(SignOutScope::ThisDevice));
    assert!(matches!(signed_out, Ok(Reply::Done)));
    assert!(!world.is_signed_in());
    assert_eq!(world.sent("RevokeToken"), 1);
}

#[test]
fn the_next_session_is_watched_from_its_beginning() {
    let mut world = signed_in(json!({"idle_minutes": 1}));
    for _ in 0..3 {
        world.pass(7 * SECOND);
        world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
        world.pass(11 * SECOND);
        world.sign_in_user();
        world.pass(31 * SECOND);
        assert!(ending(&world).is_some());
        world.pass(30 * SECOND);
        assert_eq!(why(&world), SignedOutWhy::Idle);
        world.sign_in_user();
    }
}
