//! The life of a session against the local pool, with time that the tests move.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod model;
mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{PASSWORD, World, config_text, service_error, status};
use yew_cognito::{
    engine::{
        AuthError, Command, Environment, Renewal, Reply, Service, SessionState, SignOutScope, SignUpRequest,
        SignedOutWhy,
    },
    ports::Unreachable,
};

const HOUR: Duration = Duration::from_secs(3600);
const RENEW: &str = "GetTokensFromRefreshToken";

fn access_token(world: &mut World) -> Result<String, AuthError> {
    match world.execute(Command::AccessToken)? {
        Reply::AccessToken(token) => Ok(token.expose().to_owned()),
        other => panic!("not a token: {other:?}"),
    }
}

fn renewal(world: &World) -> Renewal {
    let SessionState::SignedIn(session) = world.session() else {
        panic!("not signed in")
    };
    session.renewal
}

fn rotation(world: &World, grace: u32) {
    let rotation = json!({"enabled": true, "retry_grace_period_seconds": grace});
    world.control("client", json!({"refresh_token_rotation": rotation}));
}

#[test]
fn a_day_signed_in_is_a_renewal_an_hour_and_never_an_expired_token() {
    let mut world = World::new();
    world.sign_in_user();
    let mut tokens = std::collections::BTreeSet::new();
    for _ in 0..24 * 2 {
        world.pass_everywhere(HOUR / 2);
        tokens.insert(access_token(&mut world).unwrap());
        assert!(
            world.execute(Command::UserAttributes).is_ok(),
            "the pool accepts the token"
        );
    }
    let renewals = world.sent(RENEW);
    assert!((24..=28).contains(&renewals), "{renewals} renewals");
    assert!(tokens.len() >= 24, "{} tokens", tokens.len());
}

#[test]
fn rotation_is_followed() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    for _ in 0..5 {
        world.pass_everywhere(HOUR);
        access_token(&mut world).unwrap();
    }
    assert!(world.is_signed_in());
    assert!(world.sent(RENEW) >= 5);
}

#[test]
fn callers_at_the_same_time_share_one_renewal() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    let release = world.wire.hold(RENEW);
    let calls: Vec<_> = (0..10).map(|_| world.begin(Command::AccessToken)).collect();
    world.settle();
    drop(release);
    world.settle();
    for call in calls {
        assert!(matches!(
            call.borrow_mut().take(),
            Some(Ok(Reply::AccessToken(_)))
        ));
    }
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn waking_from_sleep_renews_at_once() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(5 * HOUR);
    world.control("clock", json!({"advance_seconds": 5 * 3600}));
    assert_eq!(world.sent(RENEW), 0);
    world.execute(Command::Environment(Environment::Woke)).unwrap();
    assert_eq!(world.sent(RENEW), 1);
    assert!(matches!(renewal(&world), Renewal::At(_)));
}

#[test]
fn a_wall_clock_that_jumps_signs_nobody_out() {
    for jump in [-48 * 3600, 48 * 3600] {
        let mut world = World::new();
        world.sign_in_user();
        world.time.set_wall_clock(jump);
        world.execute(Command::Environment(Environment::Woke)).unwrap();
        access_token(&mut world).unwrap();
        world.pass_everywhere(3 * HOUR);
        access_token(&mut world).unwrap();
        assert!(world.execute(Command::UserAttributes).is_ok());
        assert!(world.is_signed_in(), "{jump}");
    }
}

#[test]
fn only_the_six_errors_end_a_session() {
    let ends = [
        "NotAuthorizedException",
        "TokenRevokedException",
        "UserNotFoundException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "RefreshTokenReuseException",
    ];
    for kind in ends {
        let mut world = World::new();
        world.sign_in_user();
        world.answer(RENEW, 1, service_error(kind, "no"));
        assert_eq!(
            world.execute(Command::Refresh).unwrap_err(),
            AuthError::NotSignedIn,
            "{kind}"
        );
        assert_eq!(
            world.session(),
            SessionState::SignedOut {
                why: SignedOutWhy::SessionEnded
            },
            "{kind}"
        );
    }
}

#[test]
fn no_other_failure_ends_it_and_all_are_tried_again() {
    let malformed = Ok(yew_cognito::ports::Response {
        status: 200,
        error_type: None,
        body: "{\"AuthenticationResult\":{\"Id".to_owned().into(),
    });
    let failures = [
        Err(Unreachable),
        status(500),
        status(503),
        status(429),
        status(403),
        malformed,
        service_error("TooManyRequestsException", "slow down"),
        service_error("InternalErrorException", "oops"),
        service_error(
            "UserLambdaValidationException",
            "PreTokenGeneration failed with error no",
        ),
        service_error("SomethingNewException", "new"),
    ];
    for failure in failures {
        let mut world = World::new();
        world.sign_in_user();
        world.answer(RENEW, 3, failure.clone());
        world.execute(Command::Refresh).unwrap_err();
        assert!(world.is_signed_in(), "{failure:?}");
        assert!(matches!(renewal(&world), Renewal::RetryAt(_)), "{failure:?}");
        world.pass(Duration::from_secs(120));
        assert!(
            matches!(renewal(&world), Renewal::At(_)),
            "renewed after all: {failure:?}"
        );
    }
}

#[test]
fn an_outage_of_hours_ends_with_the_network_back() {
    let mut world = World::new();
    world.sign_in_user();
    world.wire.cut(true);
    world.pass_everywhere(6 * HOUR);
    assert!(world.is_signed_in());
    assert_eq!(
        access_token(&mut world),
        Err(AuthError::Unreachable),
        "no expired token is handed out"
    );
    let before = world.sent(RENEW);
    assert!(before < 6 * 60 * 2, "{before} attempts: backoff is bounded");
    world.wire.cut(false);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    access_token(&mut world).unwrap();
    assert_eq!(world.sent(RENEW), before + 1);
}

#[test]
fn a_revoked_session_ends_at_its_next_renewal() {
    let mut world = World::new();
    world.sign_in_user();
    world.control(
        "users",
        json!({"email": "user@example.com", "password": PASSWORD, "disabled": true}),
    );
    world.pass_everywhere(HOUR);
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::SessionEnded
        }
    );
}

#[test]
fn a_pool_without_the_new_operation_is_refreshed_the_old_way() {
    let mut world = World::new();
    world.sign_in_user();
    world.answer(RENEW, 1, service_error("UnknownOperationException", ""));
    world.execute(Command::Refresh).unwrap();
    let initiated = world.sent("InitiateAuth");
    world.execute(Command::Refresh).unwrap();
    assert_eq!(world.sent("InitiateAuth"), initiated + 1, "and remembered");
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn a_reload_forgets_the_session() {
    let mut world = World::new();
    world.sign_in_user();
    world.reload();
    assert_eq!(
        world.session(),
        SessionState::SignedOut {
            why: SignedOutWhy::NeverSignedIn
        }
    );
    assert!(access_token(&mut world).is_err(), "no token outlasts the engine");
    world.sign_in_user();
}

#[test]
fn signing_out_while_a_renewal_is_under_way_stays_signed_out() {
    let mut world = World::new();
    rotation(&world, 60);
    world.sign_in_user();
    let release = world.wire.hold(RENEW);
    let refresh = world.begin(Command::Refresh);
    world.settle();
    let _ = world.execute(Command::SignOut(SignOutScope::ThisDevice));
    drop(release);
    world.settle();
    assert_eq!(
        refresh.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    assert!(!world.is_signed_in());
    assert_eq!(world.sent("RevokeToken"), 2, "the rotated token too");
}

#[test]
fn signing_out_everywhere_does_not_end_the_session_that_follows() {
    let mut world = World::new();
    world.sign_in_user();
    world.time.sleep_device(2 * HOUR);
    world.control("clock", json!({"advance_seconds": 7200}));
    let release = world.wire.hold(RENEW);
    let everywhere = world.begin(Command::SignOut(SignOutScope::Everywhere));
    world.settle();
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    world.sign_in_user();
    drop(release);
    world.settle();
    let error = everywhere.borrow_mut().take().unwrap().unwrap_err();
    assert_eq!(error, AuthError::Superseded);
    assert!(world.is_signed_in());
    assert_eq!(world.sent("GlobalSignOut"), 0);
}

#[test]
fn tokens_of_thirty_seconds_are_renewed_in_time() {
    let mut world = World::new();
    world.control(
        "client",
        json!({"access_token_validity_seconds": 30, "id_token_validity_seconds": 30}),
    );
    world.sign_in_user();
    for _ in 0..20 {
        world.pass_everywhere(Duration::from_secs(15));
        assert!(world.execute(Command::UserAttributes).is_ok());
    }
    let renewals = world.sent(RENEW);
    assert!((10..=20).contains(&renewals), "{renewals} renewals in 300 s");
}

#[test]
fn the_token_that_expires_first_decides_when_to_renew() {
    for (access, id) in [(300, 3600), (3600, 300)] {
        let mut world = World::new();
        let lifetimes = json!({"access_token_validity_seconds": access, "id_token_validity_seconds": id});
        world.control("client", lifetimes);
        world.sign_in_user();
        for _ in 0..4 {
            world.pass_everywhere(Duration::from_secs(240));
            assert!(world.execute(Command::UserAttributes).is_ok(), "{access} {id}");
        }
        assert!(world.sent(RENEW) >= 3, "{access} {id}");
    }
}

#[test]
fn a_renewal_that_was_left_lying_is_as_old_as_its_request() {
    let mut world = World::new();
    world.sign_in_user();
    {
        let engine = world.engine.clone();
        let release = world.wire.hold(RENEW);
        let mut refresh = Box::pin(engine.execute(Command::Refresh));
        let mut nobody = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(refresh.as_mut().poll(&mut nobody).is_pending());
        drop(release);
    }
    for _ in 0..9 {
        world.pass_everywhere(HOUR / 4);
        assert!(world.execute(Command::UserAttributes).is_ok());
    }
}

#[test]
fn requests_declined_unread_are_sent_again_and_others_are_not() {
    let mut world = World::new();
    world.answer(
        "SignUp",
        2,
        service_error("TooManyRequestsException", "slow down"),
    );
    world.answer("SignUp", 1, status(500));
    let sign_up = Command::SignUp(SignUpRequest {
        username: "newcomer@example.com".to_owned(),
        password: Some(support::secret(PASSWORD)),
        ..SignUpRequest::default()
    });
    assert_eq!(world.execute(sign_up).unwrap_err(), AuthError::ServiceFailure);
    assert_eq!(world.sent("SignUp"), 3, "two declined, one that may have arrived");
    world.sign_in_user();
    let before = world.sent("GetUser");
    world.answer("GetUser", 2, Err(Unreachable));
    assert!(world.execute(Command::UserAttributes).is_ok());
    assert_eq!(world.sent("GetUser"), before + 3);
}

#[test]
fn an_endpoint_that_is_down_is_told_and_found_again() {
    let mut world = World::cut_off();
    world.pass(Duration::from_secs(10));
    assert_eq!(world.engine.snapshot().service, Service::Unreachable);
    world.wire.cut(false);
    world.pass(Duration::from_secs(60));
    assert_eq!(world.engine.snapshot().service, Service::Reachable);
}

#[test]
fn asking_again_finds_the_endpoint_at_once() {
    let mut world = World::cut_off();
    assert_eq!(
        world.execute(Command::CheckService).unwrap_err(),
        AuthError::Unreachable
    );
    world.wire.cut(false);
    world.execute(Command::CheckService).unwrap();
    assert_eq!(world.engine.snapshot().service, Service::Reachable);
}

#[test]
fn an_unknown_pool_is_told_from_one_that_is_down() {
    let pool = local_pool::Server::start(local_pool::Options::default()).unwrap();
    let config = config_text(&pool.url(), "us-east-1_Another01");
    let world = World::with_config(pool, &config);
    assert_eq!(world.engine.snapshot().service, Service::NoSuchPool);
}

#[test]
fn offline_and_online_are_told() {
    let mut world = World::new();
    world.execute(Command::Environment(Environment::Offline)).unwrap();
    assert!(!world.engine.snapshot().online);
    world.execute(Command::Environment(Environment::Online)).unwrap();
    assert!(world.engine.snapshot().online);
}

#[test]
fn a_forged_token_signs_nobody_in() {
    let mut world = World::new();
    world.sign_in_user();
    let id_token = match world.execute(Command::IdToken) {
        Ok(Reply::IdToken(token)) => token.expose().to_owned(),
        other => panic!("{other:?}"),
    };
    let access_token = access_token(&mut world).unwrap();
    let (message, signature) = id_token.rsplit_once('.').unwrap();
    let forged = format!("{message}.{}", signature.chars().rev().collect::<String>());
    let body: Value = json!({"AuthenticationResult": {"IdToken": forged, "AccessToken": access_token, "RefreshToken": "r"}});
    let answer = yew_cognito::ports::Response {
        status: 200,
        error_type: None,
        body: body.to_string().into(),
    };
    world.answer("RespondToAuthChallenge", 1, Ok(answer));
    world.execute(Command::SignOut(SignOutScope::ThisDevice)).unwrap();
    let error = world.sign_in("user@example.com", PASSWORD).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    assert!(!world.is_signed_in());
}

#[test]
fn a_session_whose_tokens_are_not_verified_is_revoked() {
    let mut world = World::new();
    world.wire.patch("RespondToAuthChallenge", |body| {
        body["AuthenticationResult"]["IdToken"] = json!("no.token.atall");
    });
    let error = world.sign_in("user@example.com", PASSWORD).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    assert_eq!(world.sent("RevokeToken"), 1);
}

#[test]
fn a_rotated_token_is_kept_although_the_tokens_beside_it_are_not_understood() {
    let mut world = World::new();
    rotation(&world, 0);
    world.sign_in_user();
    world.wire.patch(RENEW, |body| {
        body["AuthenticationResult"]["IdToken"] = json!("no.token.atall")
    });
    let error = world.execute(Command::Refresh).unwrap_err();
    assert!(matches!(error, AuthError::InvalidToken(_)), "{error:?}");
    world.execute(Command::Refresh).unwrap();
    assert!(world.is_signed_in());
}

#[test]
fn a_device_that_the_pool_named_is_named_in_every_renewal() {
    const KEY: &str = "us-east-1_0f2c1a4e-6f3e-4a55-9d0f-2a0a3c1b7d11";
    let mut world = World::new();
    world.wire.patch("RespondToAuthChallenge", |body| {
        body["AuthenticationResult"]["NewDeviceMetadata"] =
            json!({"DeviceKey": KEY, "DeviceGroupKey": "-group"});
    });
    world.sign_in_user();
    for _ in 0..2 {
        world.execute(Command::Refresh).unwrap();
        assert_eq!(world.wire.last(RENEW)["DeviceKey"], KEY);
    }
    world.answer(RENEW, 1, service_error("UnknownOperationException", ""));
    world.execute(Command::Refresh).unwrap();
    assert_eq!(
        world.wire.last("InitiateAuth")["AuthParameters"]["DEVICE_KEY"],
        KEY
    );
}
