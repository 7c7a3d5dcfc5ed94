use super::*;
use crate::cognito::{CognitoError, ErrorKind};

fn of(kind: ErrorKind, message: &str) -> AuthError {
    CognitoError::Service {
        kind,
        message: message.to_owned(),
    }
    .into()
}

#[test]
fn not_authorized_is_told_apart_by_its_text() {
    let of = |message| of(ErrorKind::NotAuthorized, message);
    assert_eq!(of("Incorrect username or password."), AuthError::WrongCredentials);
    assert_eq!(
        of("Password attempts exceeded"),
        AuthError::PasswordAttemptsExceeded
    );
    assert_eq!(of("User is disabled."), AuthError::UserDisabled);
    assert_eq!(
        of("User cannot be confirmed. Current status is CONFIRMED"),
        AuthError::AlreadyConfirmed
    );
    assert_eq!(
        of("Invalid session for the user, session is expired."),
        AuthError::SignInExpired
    );
    assert_eq!(
        of("PreAuthentication failed with error Come back on Monday."),
        AuthError::Refused("Come back on Monday.".to_owned())
    );
    assert_eq!(
        of("Something else"),
        AuthError::NotAllowed("Something else".to_owned())
    );
}

#[test]
fn a_mistake_in_the_app_client_is_its_owners() {
    for (kind, message) in [
        (
            ErrorKind::InvalidParameter,
            "USER_SRP_AUTH is not enabled for the client.",
        ),
        (
            ErrorKind::NotAuthorized,
            "Client abc is configured for secret but secret was not received",
        ),
        (
            ErrorKind::NotAuthorized,
            "Unable to verify secret hash for client abc",
        ),
    ] {
        assert!(
            matches!(of(kind, message), AuthError::Misconfigured(_)),
            "{message}"
        );
    }
}

#[test]
fn a_trigger_that_says_nothing_or_crashes_is_not_quoted() {
    let message = "PreAuthentication failed with error .";
    assert_eq!(
        of(ErrorKind::UserLambdaValidation, message),
        AuthError::NotAllowed(String::new())
    );
    let message = "PostConfirmation failed with error Task timed out after 3.00 seconds";
    assert_eq!(
        of(ErrorKind::UnexpectedLambda, message),
        AuthError::ServiceFailure
    );
}

#[test]
fn an_unknown_user_is_a_wrong_password() {
    assert_eq!(
        of(ErrorKind::UserNotFound, "User does not exist."),
        AuthError::WrongCredentials
    );
}

#[test]
fn every_error_of_the_service_has_a_meaning() {
    for (name, kind) in ErrorKind::all() {
        assert!(
            !matches!(of(kind, ""), AuthError::Protocol(_)),
            "{name} is not understood"
        );
    }
}

#[test]
fn codes_are_stable() {
    let codes = [
        (AuthError::WrongCredentials, "wrong_credentials"),
        (AuthError::PasswordAttemptsExceeded, "password_attempts_exceeded"),
        (AuthError::UserDisabled, "user_disabled"),
        (AuthError::UsernameExists, "username_exists"),
        (AuthError::AliasExists, "alias_exists"),
        (AuthError::AlreadyConfirmed, "already_confirmed"),
        (AuthError::CodeMismatch, "code_mismatch"),
        (AuthError::CodeExpired, "code_expired"),
        (AuthError::CodeDeliveryFailure, "code_delivery_failure"),
        (AuthError::InvalidPassword(String::new()), "invalid_password"),
        (AuthError::PasswordReused, "password_reused"),
        (AuthError::InvalidInput(String::new()), "invalid_input"),
        (AuthError::LimitExceeded, "limit_exceeded"),
        (AuthError::Throttled, "throttled"),
        (AuthError::Refused(String::new()), "refused"),
        (AuthError::NotAllowed(String::new()), "not_allowed"),
        (AuthError::Unreachable, "unreachable"),
        (AuthError::Timeout, "timeout"),
        (AuthError::ServiceFailure, "service_failure"),
        (AuthError::Misconfigured(String::new()), "misconfigured"),
        (AuthError::Protocol(String::new()), "protocol"),
        (AuthError::InvalidToken(String::new()), "invalid_token"),
        (AuthError::SignInExpired, "sign_in_expired"),
        (AuthError::NotSignedIn, "not_signed_in"),
        (AuthError::Superseded, "superseded"),
        (AuthError::NoRandomness, "no_randomness"),
        (AuthError::EngineGone, "engine_gone"),
    ];
    for (error, code) in codes {
        assert_eq!(error.code(), code);
    }
}

#[test]
fn the_vocabulary_crosses_a_boundary_as_json() {
    let command = Command::SignIn {
        username: "a".to_owned(),
        password: "b".to_owned().into(),
    };
    let there = serde_json::to_string(&command).unwrap();
    let back: Command = serde_json::from_str(&there).unwrap();
    assert!(
        matches!(back, Command::SignIn { username, password } if username == "a" && password.expose() == "b")
    );
    let event = Event::Session(SessionState::SignedOut {
        why: SignedOutWhy::SessionEnded,
    });
    let back: Event = serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap();
    assert_eq!(back, event);
}

#[test]
fn a_snapshot_takes_in_news_only() {
    let mut snapshot = Snapshot::default();
    assert!(snapshot.apply(&Event::Online(false)));
    assert!(!snapshot.apply(&Event::Online(false)));
    assert!(snapshot.apply(&Event::Service(Service::Reachable)));
    assert_eq!((snapshot.online, snapshot.service), (false, Service::Reachable));
}
