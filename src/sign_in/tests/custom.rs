//! CUSTOM_CHALLENGE.

use serde_json::json;

use super::walk::*;
use crate::{config::SignInFlow, sign_in::Asks};

fn asked_again(walk: &Walk) -> bool {
    match walk.asks() {
        Asks::Custom { again, .. } => *again,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_pool_s_own_question_is_shown_and_answered() {
    let mut walk = Walk::start(without_password(SignInFlow::CustomWithoutSrp));
    walk.reply(asked(
        "CUSTOM_CHALLENGE",
        "s1",
        json!({"USERNAME": USER_ID, "question": "?"}),
    ));
    let Asks::Custom { parameters, again } = walk.asks() else {
        panic!("{:?}", walk.asks())
    };
    assert_eq!(parameters["question"], "?");
    assert!(!again);
    walk.answer(custom("SECRET-42"));
    assert_eq!(
        walk.responds("CUSTOM_CHALLENGE", Some("s1")),
        json!({"USERNAME": USER_ID, "ANSWER": "SECRET-42"})
    );
    walk.reply(tokens()).finishes();
}

#[test]
fn the_device_is_named_with_the_answer() {
    let mut walk = Walk::start(on_device(SignInFlow::CustomWithSrp));
    walk.reply(verifier());
    assert_eq!(walk.responds("PASSWORD_VERIFIER", None)["DEVICE_KEY"], DEVICE);
    walk.reply(asked("CUSTOM_CHALLENGE", "s1", json!({})))
        .answer(custom("SECRET-42"));
    assert_eq!(
        walk.responds("CUSTOM_CHALLENGE", Some("s1")),
        json!({"USERNAME": USER_ID, "ANSWER": "SECRET-42", "DEVICE_KEY": DEVICE})
    );
}

#[test]
fn the_same_question_once_more_means_a_wrong_answer_another_one_does_not() {
    let mut walk = Walk::start(without_password(SignInFlow::CustomWithoutSrp));
    walk.reply(asked("CUSTOM_CHALLENGE", "s1", json!({"question": "1"})))
        .answer(custom("SECRET-a"))
        .reply(asked("CUSTOM_CHALLENGE", "s2", json!({"question": "1"})));
    assert!(asked_again(&walk));
    walk.answer(custom("SECRET-b"))
        .reply(asked("CUSTOM_CHALLENGE", "s3", json!({"question": "2"})));
    assert!(!asked_again(&walk));
    walk.answer(custom("SECRET-c"));
    walk.responds("CUSTOM_CHALLENGE", Some("s3"));
}

#[test]
fn an_answer_that_came_too_late_was_not_wrong() {
    let question = |session| asked("CUSTOM_CHALLENGE", session, json!({"question": "1"}));
    let mut walk = Walk::start(without_password(SignInFlow::CustomWithoutSrp));
    walk.reply(question("s1"))
        .answer(custom("SECRET-a"))
        .retry(expired())
        .reply(question("s2"));
    assert!(walk.challenge().renewed && !asked_again(&walk));
    walk.answer(custom("SECRET-a")).reply(question("s3"));
    assert!(!walk.challenge().renewed && asked_again(&walk));
}
