//! What an identity pool refuses, and what it means.

use serde_json::json;
use yew_cognito::engine::{AuthError, Command};

use crate::{
    GET, GET_ID, RENEW, asked, credentials,
    support::{service_error, status},
    world,
};

const NOT_AUTHORIZED: &str = "NotAuthorizedException";

#[test]
fn every_error_has_a_meaning() {
    for (operation, kind, message, code, times) in [
        (
            GET_ID,
            "ResourceNotFoundException",
            "IdentityPool 'x' not found.",
            "misconfigured",
            1,
        ),
        (
            GET,
            "ResourceNotFoundException",
            "Identity 'x' not found.",
            "misconfigured",
            2,
        ),
        (GET_ID, "InvalidParameterException", "No.", "misconfigured", 1),
        (
            GET_ID,
            "ValidationException",
            "1 validation error detected",
            "misconfigured",
            1,
        ),
        (GET_ID, "LimitExceededException", "No.", "misconfigured", 1),
        (
            GET,
            "InvalidIdentityPoolConfigurationException",
            "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
            "misconfigured",
            1,
        ),
        (
            GET,
            NOT_AUTHORIZED,
            "Token is not from a supported provider of this identity pool.",
            "misconfigured",
            1,
        ),
        (
            GET,
            NOT_AUTHORIZED,
            "Invalid login token. Issuer doesn't match providerName",
            "misconfigured",
            1,
        ),
        (
            GET,
            NOT_AUTHORIZED,
            "Invalid login token. Couldn't verify signed token.",
            "invalid_token",
            2,
        ),
        (
            GET,
            NOT_AUTHORIZED,
            "Access to Identity 'x' is forbidden.",
            "not_allowed",
            2,
        ),
        (
            GET,
            "ResourceConflictException",
            "Logins don't match.",
            "not_allowed",
            1,
        ),
        (GET, "TooManyRequestsException", "Rate exceeded", "throttled", 3),
        (GET, "InternalErrorException", "No.", "service_failure", 3),
        (GET, "ExternalServiceException", "No.", "service_failure", 1),
    ] {
        let mut world = world();
        world.sign_in_user();
        world.answer(operation, times, service_error(kind, message));
        let error = credentials(&mut world).unwrap_err();
        assert_eq!(error.code(), code, "{kind}: {message}");
        assert_eq!(world.sent(operation), times, "{kind}: {message}");
        assert!(world.is_signed_in(), "{kind}: {message}");
        credentials(&mut world).unwrap();
    }
}

#[test]
fn what_is_no_answer_of_the_service_is_told_by_how_it_failed() {
    for (answered, code, times) in [(503, "service_failure", 3), (404, "protocol", 1)] {
        let mut world = world();
        world.sign_in_user();
        world.answer(GET_ID, times, status(answered));
        assert_eq!(credentials(&mut world).unwrap_err().code(), code);
        assert_eq!(world.sent(GET_ID), times);
        assert!(world.is_signed_in());
    }
}

#[test]
fn a_token_that_is_taken_no_more_is_renewed_once() {
    let mut world = world();
    world.sign_in_user();
    let expired = "Invalid login token. Token expired: 1446742058 >= 1446727732";
    world.answer(GET, 1, service_error(NOT_AUTHORIZED, expired));
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (2, 2));
    assert_eq!(world.sent(RENEW), 1);
}

#[test]
fn a_token_that_is_refused_although_it_is_new_is_not_renewed_again_and_again() {
    let mut world = world();
    world.sign_in_user();
    let unverified = "Invalid login token. Couldn't verify signed token.";
    world.answer(GET, 5, service_error(NOT_AUTHORIZED, unverified));
    for sent in [2, 3, 4] {
        assert_eq!(
            credentials(&mut world),
            Err(AuthError::InvalidToken(unverified.to_owned()))
        );
        assert_eq!(world.sent(GET), sent);
        assert_eq!(world.sent(RENEW), 1);
    }
    // The next token may fare better.
    world.execute(Command::Refresh).unwrap();
    credentials(&mut world).unwrap();
    assert_eq!(world.sent(RENEW), 3);
}

#[test]
fn an_identity_that_was_deleted_is_made_anew() {
    let mut world = world();
    world.sign_in_user();
    let gone = service_error("ResourceNotFoundException", "Identity 'x' not found.");
    world.answer(GET, 1, gone);
    credentials(&mut world).unwrap();
    assert_eq!(asked(&world), (2, 2));
    assert_eq!(world.sent(RENEW), 0);
}

#[test]
fn an_identity_pool_of_another_app_client_says_so_to_the_owner() {
    let mut world = world();
    world.control(
        "identity_pool",
        json!({"cognito_identity_providers": [{"provider_name": crate::PROVIDER, "client_id": "another"}]}),
    );
    world.sign_in_user();
    assert_eq!(credentials(&mut world).unwrap_err().code(), "misconfigured");
    assert_eq!(asked(&world), (1, 0));
    assert_eq!(world.sent(RENEW), 0);
}
