//! What ends a session, and what does not.

use super::*;

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
        date: None,
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
fn a_refresh_token_at_its_end_is_told_before_the_access_token_is() {
    let mut world = World::new();
    world.control("client", json!({"refresh_token_validity_seconds": 90 * 60}));
    world.sign_in_user();
    let mut last = Duration::ZERO;
    for minute in 0..180 {
        world.pass_everywhere(Duration::from_secs(60));
        if !world.is_signed_in() {
            break;
        }
        let SessionState::SignedIn(session) = world.session() else {
            unreachable!()
        };
        let now = support::unix_millis(world.time.now());
        last = session.expires_at.since(now);
        assert!(!last.is_zero(), "expired unnoticed after {minute} min");
    }
    let ended = SessionState::SignedOut {
        why: SignedOutWhy::SessionEnded,
    };
    assert_eq!(world.session(), ended, "nobody has asked for anything");
    assert!(
        last >= Duration::from_secs(4 * 60),
        "{last:?} before the access token"
    );
}
