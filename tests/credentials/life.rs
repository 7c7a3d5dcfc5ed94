//! How long credentials are used, and when they are fetched.

use serde_json::json;
use yew_cognito::engine::{AuthError, Command, Reply};

use crate::{
    GET, GET_ID, MINUTE, PROVIDER, asked, credentials, long_lived_tokens, now, world, world_with,
    world_with_guests,
};

#[test]
fn who_is_signed_in_has_credentials_for_as_long_as_they_last() {
    let mut world = world();
    long_lived_tokens(&world);
    world.sign_in_user();
    assert_eq!(asked(&world), (0, 0), "nobody has asked for any");
    let first = credentials(&mut world).unwrap();
    assert!(first.access_key_id.starts_with("ASIA"));
    assert!(first.identity_id.starts_with("us-east-1:"));
    assert!(first.expiration.as_secs().abs_diff(now(&world) + 3600) <= 2);
    let request = world.wire.last(GET);
    let Reply::IdToken(token) = world.execute(Command::IdToken).unwrap() else {
        panic!("no token")
    };
    assert_eq!(request["Logins"], json!({ PROVIDER: token.expose() }));
    assert_eq!(request["IdentityId"], first.identity_id);
    world.pass_everywhere(54 * MINUTE);
    assert_eq!(credentials(&mut world).unwrap(), first);
    assert_eq!(asked(&world), (1, 1));
    // Five minutes ahead of their end.
    world.pass_everywhere(2 * MINUTE);
    let second = credentials(&mut world).unwrap();
    assert_eq!(second.identity_id, first.identity_id);
    assert_ne!(second.secret_access_key, first.secret_access_key);
    assert_eq!(asked(&world), (1, 2));
}

#[test]
fn a_renewed_id_token_brings_new_credentials() {
    let mut world = world();
    world.sign_in_user();
    let first = credentials(&mut world).unwrap();
    world.execute(Command::Refresh).unwrap();
    assert_eq!(asked(&world), (1, 1), "nobody has asked again");
    assert_ne!(credentials(&mut world).unwrap(), first);
    assert_eq!(asked(&world), (1, 2));
}

#[test]
fn an_expired_session_is_renewed_first() {
    let mut world = world();
    world.sign_in_user();
    world.time.sleep_device(90 * MINUTE);
    world.control("clock", json!({"advance_seconds": 5400}));
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (1, 1));
}

#[test]
fn callers_at_the_same_time_share_one_fetch() {
    for held in [GET_ID, GET] {
        let mut world = world();
        world.sign_in_user();
        let release = world.wire.hold(held);
        let calls: Vec<_> = (0..10).map(|_| world.begin(Command::AwsCredentials)).collect();
        world.settle();
        drop(release);
        world.settle();
        let given: Vec<_> = calls
            .iter()
            .map(|call| match call.borrow_mut().take() {
                Some(Ok(Reply::AwsCredentials(credentials))) => credentials,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(given.iter().all(|credentials| *credentials == given[0]));
        assert_eq!(asked(&world), (1, 1));
    }
}

#[test]
fn who_stops_waiting_leaves_the_others_theirs() {
    let mut world = world();
    world.sign_in_user();
    let release = world.wire.hold(GET);
    let engine = world.engine.clone();
    let mut dropped = Box::pin(async move { engine.execute(Command::AwsCredentials).await });
    let waker = futures::task::noop_waker();
    let mut context = std::task::Context::from_waker(&waker);
    assert!(dropped.as_mut().poll(&mut context).is_pending());
    drop(dropped);
    let call = world.begin(Command::AwsCredentials);
    drop(release);
    world.settle();
    assert!(matches!(
        call.borrow_mut().take(),
        Some(Ok(Reply::AwsCredentials(_)))
    ));
    assert_eq!(asked(&world), (1, 1));
}

#[test]
fn a_wrong_clock_changes_nothing_for_who_is_signed_in() {
    // As wrong as a sign-in by SRP lets it be, and as somebody sets it back afterwards.
    for (before, after) in [(-240, 0), (240, 0), (0, -600), (0, -48 * 3600)] {
        let mut world = world();
        long_lived_tokens(&world);
        world.time.set_wall_clock(before);
        world.sign_in_user();
        world.time.set_wall_clock(after);
        credentials(&mut world).unwrap();
        world.pass_everywhere(54 * MINUTE);
        credentials(&mut world).unwrap();
        assert_eq!(asked(&world), (1, 1), "{before} {after}");
        world.pass_everywhere(2 * MINUTE);
        credentials(&mut world).unwrap();
        assert_eq!(asked(&world), (1, 2), "{before} {after}");
    }
}

#[test]
fn a_clock_that_jumps_never_makes_old_credentials_good() {
    let mut world = world();
    long_lived_tokens(&world);
    world.sign_in_user();
    credentials(&mut world).unwrap();
    world.pass_everywhere(59 * MINUTE);
    world.time.set_wall_clock(-48 * 3600);
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (1, 2));
    // The device sleeps: only its wall clock goes on.
    world.time.sleep_device(70 * MINUTE);
    world.time.set_wall_clock(48 * 3600);
    world.control("clock", json!({"advance_seconds": 4200}));
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (1, 3));
}

#[test]
fn a_guests_clock_is_not_trusted_beyond_fifty_minutes() {
    let fetches = |clock_error: i64, minutes: u32| {
        let mut world = world_with_guests();
        world.time.set_wall_clock(clock_error);
        credentials(&mut world).unwrap();
        world.pass_everywhere(minutes * MINUTE);
        credentials(&mut world).unwrap();
        world.sent(GET)
    };
    assert_eq!(fetches(0, 44), 1);
    assert_eq!(fetches(0, 46), 2);
    assert_eq!(fetches(-48 * 3600, 46), 2);
    // Credentials that are past their end by the device's clock do once.
    assert_eq!(fetches(48 * 3600, 0), 2);
}

#[test]
fn credentials_that_a_device_slept_over_are_not_handed_out() {
    let mut world = world();
    long_lived_tokens(&world);
    world.sign_in_user();
    let release = world.wire.hold(GET);
    let call = world.begin(Command::AwsCredentials);
    world.settle();
    world.time.sleep_device(90 * MINUTE);
    drop(release);
    world.settle();
    let answer = call.borrow_mut().take();
    assert!(matches!(answer, Some(Err(AuthError::Timeout))), "{answer:?}");
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (1, 2));
}

#[test]
fn credentials_that_come_after_the_sessions_limit_are_for_nobody() {
    let mut world = world_with(|config| {
        config["custom"]["cognito"]["session"] = json!({ "idle_minutes": 15 });
    });
    world.sign_in_user();
    let release = world.wire.hold(GET);
    let call = world.begin(Command::AwsCredentials);
    world.settle();
    world.time.sleep_device(20 * MINUTE);
    drop(release);
    world.settle();
    let answer = call.borrow_mut().take();
    assert!(matches!(answer, Some(Err(AuthError::Superseded))), "{answer:?}");
    assert!(!world.is_signed_in());
}

#[test]
fn without_a_network_what_is_left_of_them_is_used_up() {
    let mut world = world();
    long_lived_tokens(&world);
    world.sign_in_user();
    let first = credentials(&mut world).unwrap();
    world.pass_everywhere(56 * MINUTE);
    world.wire.cut(true);
    assert_eq!(credentials(&mut world).unwrap(), first);
    world.pass_everywhere(4 * MINUTE);
    let error = credentials(&mut world).unwrap_err();
    assert_eq!(error.code(), "unreachable");
    world.wire.cut(false);
    assert_ne!(credentials(&mut world).unwrap(), first);
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again_but_makes_no_second_guest() {
    let mut world = world_with_guests();
    world.sign_in_user();
    world.wire.lose(GET_ID);
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (2, 1));
    let mut world = world_with_guests();
    world.wire.lose(GET_ID);
    assert_eq!(credentials(&mut world).unwrap_err().code(), "unreachable");
    assert_eq!(asked(&world), (1, 0));
}

#[test]
fn the_pools_faults_and_log_know_the_operations() {
    let mut world = world();
    world.sign_in_user();
    for operation in [GET_ID, GET] {
        let busy = json!({"operation": operation, "type": "TooManyRequestsException"});
        world.control("faults", busy);
    }
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (2, 2));
    let log = world.control_get("log");
    let entries = log["entries"].as_array().unwrap();
    let of = |entry: &serde_json::Value| entry["operation"] == GET && entry["outcome"] == "ok";
    let entry = entries.iter().find(|entry| of(entry)).unwrap();
    assert_eq!(entry["user"], "user@example.com");
    assert_eq!(entry["client"], local_pool::CLIENT_ID);
}

#[test]
fn keys_and_tokens_are_never_shown() {
    let mut world = world();
    world.sign_in_user();
    let reply = world.execute(Command::AwsCredentials).unwrap();
    let shown = format!("{reply:?} {:?}", world.events.borrow());
    let Reply::AwsCredentials(given) = reply else {
        panic!("no credentials")
    };
    for secret in [given.secret_access_key.expose(), given.session_token.expose()] {
        assert!(!secret.is_empty() && !shown.contains(secret));
    }
    let sent = serde_json::to_string(&given).unwrap();
    assert_eq!(
        serde_json::from_str::<yew_cognito::credentials::AwsCredentials>(&sent).unwrap(),
        given
    );
}

#[test]
fn without_an_identity_pool_nothing_is_asked() {
    let mut world = world_with(|config| {
        config["auth"].as_object_mut().unwrap().remove("identity_pool_id");
    });
    world.sign_in_user();
    let error = credentials(&mut world).unwrap_err();
    assert_eq!(error.code(), "misconfigured");
    assert_eq!(asked(&world), (0, 0));
}

#[test]
fn an_answer_that_makes_no_sense_is_kept_for_nobody() {
    let mut world = world();
    world.sign_in_user();
    world.wire.patch(GET, |body| {
        body["Credentials"].as_object_mut().unwrap().remove("SecretKey");
    });
    assert_eq!(credentials(&mut world).unwrap_err().code(), "protocol");
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (1, 2));
}
