//! DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.

use serde_json::{Value, json};

use super::walk::*;
use crate::{
    cognito::{CognitoError, ErrorKind},
    config::SignInFlow,
    sign_in::{Asks, SignInError},
};

fn device_asked() -> Value {
    asked("DEVICE_SRP_AUTH", "d1", json!({"USERNAME": USER_ID}))
}

fn device_verifier() -> Value {
    asked(
        "DEVICE_PASSWORD_VERIFIER",
        "d2",
        json!({"USERNAME": USER_ID, "DEVICE_KEY": DEVICE, "SALT": "1550e295534ee52c",
               "SRP_B": "ab".repeat(384), "SECRET_BLOCK": "c2VjcmV0"}),
    )
}

fn unknown() -> CognitoError {
    refusal(ErrorKind::ResourceNotFound, "Device does not exist.")
}

fn at_the_device() -> Walk {
    let mut walk = Walk::start(on_device(SignInFlow::UserPassword));
    walk.reply(device_asked());
    walk
}

#[test]
fn a_device_proves_itself_by_its_own_password() {
    let mut walk = at_the_device();
    assert_eq!(
        walk.responds("DEVICE_SRP_AUTH", Some("d1")),
        json!({"USERNAME": USER_ID, "DEVICE_KEY": DEVICE, "SRP_A": "A"})
    );
    walk.reply(device_verifier());
    assert_eq!(
        walk.responds("DEVICE_PASSWORD_VERIFIER", Some("d2")),
        json!({"USERNAME": USER_ID, "DEVICE_KEY": DEVICE, "PASSWORD_CLAIM_SECRET_BLOCK": "c2VjcmV0",
               "PASSWORD_CLAIM_SIGNATURE": "signature", "TIMESTAMP": "Fri Jan 15 08:00:00 UTC 2027"})
    );
    walk.reply(tokens()).finishes();
    assert_eq!(walk.sign_in.device_key(), Some(DEVICE));
    assert!(!walk.sign_in.has_lost_device());
}

#[test]
fn a_device_that_is_unknown_is_left_out_wherever_it_is_noticed() {
    let start = || Walk::start(on_device(SignInFlow::UserPassword));
    let proving = || {
        let mut walk = at_the_device();
        walk.reply(device_verifier());
        walk
    };
    for (mut walk, error) in [
        (start(), unknown()),
        (at_the_device(), unknown()),
        (at_the_device(), incorrect()),
        (proving(), incorrect()),
    ] {
        walk.retry(error);
        assert_eq!(
            walk.initiates("USER_PASSWORD_AUTH"),
            json!({"USERNAME": "ada@example.com", "PASSWORD": PASSWORD})
        );
        assert!(walk.sign_in.has_lost_device());
        assert_eq!(walk.sign_in.device_key(), None);
        walk.reply(asked("SMS_MFA", "s1", json!({})));
        assert!(!walk.challenge().renewed, "no code was sent before");
    }
}

#[test]
fn a_password_that_is_refused_says_nothing_of_the_device() {
    let mut walk = Walk::start(on_device(SignInFlow::UserPassword));
    walk.refuse(incorrect());
    assert!(!walk.sign_in.has_lost_device());
}

#[test]
fn a_session_that_ran_out_says_nothing_of_the_device() {
    let mut walk = at_the_device();
    walk.refuse(expired());
    assert!(!walk.sign_in.has_lost_device());
    assert_eq!(walk.sign_in.device_key(), Some(DEVICE));
}

#[test]
fn a_code_that_was_taken_is_not_sent_twice_for_a_device() {
    let mut walk = Walk::start(on_device(SignInFlow::UserPassword));
    walk.reply(asked("SOFTWARE_TOKEN_MFA", "s1", json!({})))
        .answer(code("SECRET-1"))
        .reply(device_asked())
        .retry(unknown());
    walk.initiates("USER_PASSWORD_AUTH");
    walk.reply(asked("SOFTWARE_TOKEN_MFA", "s2", json!({})));
    assert!(matches!(walk.asks(), Asks::Code(_)));
}

#[test]
fn a_device_lost_while_beginning_anew_neither_ends_it_nor_loses_the_code() {
    let mut walk = Walk::start(on_device(SignInFlow::UserPassword));
    walk.reply(asked("SOFTWARE_TOKEN_MFA", "s1", json!({})))
        .answer(code("SECRET-1"))
        .retry(expired());
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["DEVICE_KEY"], DEVICE);
    walk.retry(unknown());
    walk.initiates("USER_PASSWORD_AUTH");
    walk.reply(asked("SOFTWARE_TOKEN_MFA", "s2", json!({})));
    assert_eq!(
        walk.responds("SOFTWARE_TOKEN_MFA", Some("s2"))["SOFTWARE_TOKEN_MFA_CODE"],
        "SECRET-1"
    );
}

#[test]
fn a_device_that_is_not_there_cannot_prove_itself() {
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.reply_fails(device_asked()),
        SignInError::UnsupportedChallenge("DEVICE_SRP_AUTH".to_owned())
    );
    let mut walk = Walk::start(on_device(SignInFlow::UserPassword));
    assert_eq!(
        walk.reply_fails(device_verifier()),
        SignInError::UnsupportedChallenge("DEVICE_PASSWORD_VERIFIER".to_owned())
    );
}

#[test]
fn what_a_device_s_verifier_lacks_is_named() {
    for key in ["SALT", "SRP_B", "SECRET_BLOCK"] {
        let mut answer = device_verifier();
        answer["ChallengeParameters"].as_object_mut().unwrap().remove(key);
        assert_eq!(at_the_device().reply_fails(answer), SignInError::Missing(key));
    }
}
