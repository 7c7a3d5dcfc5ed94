use std::time::Duration;

use proptest::prelude::*;

use super::{
    attendance::Attendance,
    protocol::{self, FromEngine, PROTOCOL, Refusal, ToEngine},
};
use crate::{
    config::Config,
    engine::{AuthError, Command, Event, Reply, SessionState, SignInRequest, SignedOutWhy},
    ports::UnixMillis,
    session::Reading,
    token::{AccessToken, Password},
};

const GRACE: Duration = Duration::from_secs(30);

fn at(seconds: u64) -> Reading {
    Reading {
        wall: UnixMillis(1_800_000_000_000 + seconds * 1000),
        monotonic: Duration::from_secs(seconds),
    }
}

fn seconds(attendance: &Attendance, now: u64) -> Option<u64> {
    attendance.wait(&at(now), GRACE).map(|wait| wait.as_secs())
}

#[test]
fn an_engine_waits_from_when_its_last_page_left() {
    let mut attendance = Attendance::default();
    assert_eq!(seconds(&attendance, 0), None, "nobody has been there yet");
    attendance.arrived("one");
    attendance.arrived("two");
    attendance.left("one", at(10));
    assert_eq!(seconds(&attendance, 100), None);
    attendance.left("two", at(110));
    assert_eq!(seconds(&attendance, 110), Some(30));
    assert_eq!(seconds(&attendance, 139), Some(1));
    assert_eq!(seconds(&attendance, 140), Some(0));
    attendance.arrived("three");
    assert_eq!(seconds(&attendance, 1000), None);
}

#[test]
fn nothing_is_forgotten_twice() {
    let mut attendance = Attendance::default();
    attendance.arrived("one");
    attendance.left("one", at(0));
    assert_eq!(seconds(&attendance, 60), Some(0));
    attendance.settle();
    assert_eq!(seconds(&attendance, 120), None);
}

#[test]
fn a_page_that_never_came_cannot_leave() {
    let mut attendance = Attendance::default();
    attendance.left("nobody", at(0));
    assert_eq!(seconds(&attendance, 60), None);
    attendance.arrived("one");
    attendance.left("nobody", at(0));
    assert_eq!(seconds(&attendance, 60), None);
}

#[test]
fn a_page_on_a_trip_is_waited_for_but_not_for_ever() {
    let mut attendance = Attendance::default();
    attendance.arrived("one");
    attendance.away(at(0), Duration::from_secs(300));
    attendance.left("one", at(1));
    assert_eq!(seconds(&attendance, 1), Some(299));
    assert_eq!(seconds(&attendance, 300), Some(0));
    attendance.arrived("one");
    attendance.left("one", at(400));
    assert_eq!(seconds(&attendance, 400), Some(30), "that trip is over");
    attendance.away(at(400), Duration::from_secs(1_000_000));
    assert_eq!(seconds(&attendance, 400), Some(15 * 60));
}

#[test]
fn a_worker_whose_timers_stood_still_knows_as_well() {
    let mut attendance = Attendance::default();
    attendance.arrived("one");
    attendance.left("one", at(0));
    let slept = Reading {
        wall: at(3600).wall,
        monotonic: at(1).monotonic,
    };
    assert_eq!(attendance.wait(&slept, GRACE), Some(Duration::ZERO));
}

fn config() -> Config {
    Config::parse(
        r#"{"version": "1.4", "auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_AbCdEf123",
            "user_pool_client_id": "1example23456789abcdefghij"}}"#,
    )
    .unwrap()
}

#[test]
fn what_a_page_says_arrives_as_it_was() {
    let hello = ToEngine::Hello {
        config: Box::new(config()),
        page: "page/1".to_owned(),
    };
    match protocol::read(&protocol::write(&hello).unwrap()) {
        Ok(ToEngine::Hello { config: there, page }) => {
            assert_eq!((*there, page.as_str()), (config(), "page/1"))
        }
        other => panic!("{other:?}"),
    }
    let call = ToEngine::Call {
        id: 7,
        command: Command::SignIn(SignInRequest {
            username: "ada".to_owned(),
            password: Some(Password::from("secret".to_owned())),
            ..SignInRequest::default()
        }),
    };
    assert!(!format!("{call:?}").contains("secret"));
    match protocol::read(&protocol::write(&call).unwrap()) {
        Ok(ToEngine::Call {
            id: 7,
            command: Command::SignIn(request),
        }) => assert_eq!(request.password.unwrap().expose(), "secret"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_worker_is_for_the_configuration_that_it_is_named_after() {
    let name = protocol::worker_name(&config(), 1);
    assert_ne!(name, protocol::worker_name(&config(), 0));
    assert!(protocol::is_named_for(&name, &config()));
    // It comes as text, and is the same then.
    let there: Config = serde_json::from_str(&serde_json::to_string(&config()).unwrap()).unwrap();
    assert!(protocol::is_named_for(&name, &there));
    let mut other = config();
    other.session.closed += Duration::from_secs(1);
    assert!(!protocol::is_named_for(&name, &other));
    for name in ["", "/", "yew-cognito", "yew-cognito/1"] {
        assert!(!protocol::is_named_for(name, &config()), "{name}");
    }
}

#[test]
fn a_workers_lock_tells_its_number() {
    let lock = |number| [&protocol::worker_name(&config(), number), "/x1-_"].concat();
    assert_eq!(protocol::number_of(&lock(0), &config()), Some(0));
    assert_eq!(protocol::number_of(&lock(7), &config()), Some(7));
    let mut other = config();
    other.session.closed += Duration::from_secs(1);
    assert_eq!(protocol::number_of(&lock(7), &other), None);
    for name in [
        "",
        "page/1",
        "yew-cognito/1/x/y/z",
        &protocol::worker_name(&config(), 1),
    ] {
        assert_eq!(protocol::number_of(name, &config()), None, "{name}");
    }
}

#[test]
fn what_the_engine_says_arrives_in_order() {
    let said = [
        FromEngine::Event(Event::Session(SessionState::SignedOut {
            why: SignedOutWhy::SessionEnded,
        })),
        FromEngine::Reply {
            id: 1,
            result: Ok(Reply::AccessToken(AccessToken::from("token".to_owned()))),
        },
        FromEngine::Reply {
            id: 2,
            result: Err(AuthError::NotSignedIn),
        },
    ];
    let heard = protocol::read_all(&protocol::write_all(&said).unwrap()).unwrap();
    assert_eq!(format!("{heard:?}"), format!("{said:?}"));
}

#[test]
fn another_version_is_refused_and_told_so() {
    let text = protocol::write(&ToEngine::Ping).unwrap().to_string();
    assert!(protocol::read(&text).is_ok());
    let other = text.replace(&format!("\"protocol\":{PROTOCOL}"), "\"protocol\":999");
    assert_ne!(other, text);
    assert_eq!(protocol::read(&other).unwrap_err(), Refusal::Protocol);
    // A message that only a later version has.
    let other = r#"{"protocol":999,"message":{"Something":"new"}}"#;
    assert_eq!(protocol::read(other).unwrap_err(), Refusal::Protocol);
    assert!(protocol::read_all("failed").is_none());
}

proptest! {
    #[test]
    fn nothing_that_anyone_posts_is_more_than_refused(text in ".{0,200}") {
        prop_assert_eq!(protocol::read(&text).err(), Some(Refusal::Protocol));
        let _ = protocol::read_all(&text);
    }
}
