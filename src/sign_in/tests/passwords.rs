//! PASSWORD, PASSWORD_SRP and NEW_PASSWORD_REQUIRED.

use serde_json::json;

use super::walk::*;
use crate::{
    cognito::{CognitoError, ErrorKind},
    config::SignInFlow,
    sign_in::Asks,
};

#[test]
fn a_password_asked_for_is_sent_where_it_was_asked_for() {
    let mut walk = Walk::chosen(asked("PASSWORD", "s1", json!({"USERNAME": USER_ID})));
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password(PASSWORD));
    assert_eq!(
        walk.responds("PASSWORD", Some("s1")),
        json!({"USERNAME": USER_ID, "PASSWORD": PASSWORD})
    );
    let mut walk = Walk::chosen(asked("PASSWORD_SRP", "s1", json!({})));
    walk.answer(password(PASSWORD));
    assert_eq!(
        walk.responds("PASSWORD_SRP", Some("s1")),
        json!({"USERNAME": "ada@example.com", "SRP_A": "A"})
    );
    walk.reply(asked("PASSWORD_VERIFIER", "s2", srp_parameters()));
    assert_eq!(
        walk.responds("PASSWORD_VERIFIER", Some("s2"))["USERNAME"],
        USER_ID
    );
}

#[test]
fn a_password_that_is_known_is_not_asked_for_again() {
    let walk = Walk::to(asked("PASSWORD", "s1", json!({})));
    assert_eq!(walk.responds("PASSWORD", Some("s1"))["PASSWORD"], PASSWORD);
}

#[test]
fn after_a_wrong_password_the_next_one_begins_anew() {
    for name in ["PASSWORD", "PASSWORD_SRP"] {
        let mut walk = Walk::chosen(asked(name, "s1", json!({"USERNAME": USER_ID})));
        walk.answer(password("SECRET-wrong")).refuse(incorrect());
        assert!(walk.sign_in.is_asking());
        assert!(walk.sign_in.password().is_none(), "a wrong one is forgotten");
        walk.answer(password(PASSWORD));
        let parameters = walk.initiates("USER_AUTH");
        assert_eq!(parameters["PREFERRED_CHALLENGE"], name);
        assert_eq!(parameters["USERNAME"], "ada@example.com", "as typed");
    }
}

#[test]
fn a_wrong_password_that_was_never_asked_for_ends_the_sign_in() {
    for flow in [SignInFlow::UserSrp, SignInFlow::UserPassword] {
        let mut walk = Walk::start(attempt(flow));
        walk.refuse(incorrect());
        assert!(!walk.sign_in.is_asking());
    }
    let mut walk = Walk::start(without_password(SignInFlow::UserPassword));
    walk.answer(password("SECRET-wrong")).refuse(incorrect());
    walk.answer(password(PASSWORD));
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
}

fn new_password_required() -> serde_json::Value {
    asked(
        "NEW_PASSWORD_REQUIRED",
        "s1",
        json!({"USER_ID_FOR_SRP": USER_ID, "userAttributes": "{}",
               "requiredAttributes": "[\"userAttributes.name\",\"phone_number\"]"}),
    )
}

#[test]
fn a_new_password_comes_with_the_attributes_that_are_missing() {
    let mut walk = Walk::to(new_password_required());
    let Asks::NewPassword { missing_attributes } = walk.asks() else {
        panic!("{:?}", walk.asks())
    };
    assert_eq!(missing_attributes, &["name", "phone_number"]);
    assert!(!walk.challenge().other_way);
    walk.answer(new_password("SECRET-Marigold-77!"));
    assert_eq!(
        walk.responds("NEW_PASSWORD_REQUIRED", Some("s1")),
        json!({"USERNAME": USER_ID, "NEW_PASSWORD": "SECRET-Marigold-77!", "userAttributes.name": "Ada"})
    );
    walk.reply(tokens()).finishes();
}

#[test]
fn a_new_password_that_is_refused_can_be_chosen_again() {
    let mut walk = Walk::to(new_password_required());
    walk.answer(new_password("SECRET-short"))
        .refuse(refusal(ErrorKind::InvalidPassword, "Password not long enough"));
    walk.answer(new_password("SECRET-Marigold-77!"));
    walk.responds("NEW_PASSWORD_REQUIRED", Some("s1"));
    walk.refuse(CognitoError::Unreachable);
    walk.answer(new_password("SECRET-Marigold-77!"));
    walk.responds("NEW_PASSWORD_REQUIRED", Some("s1"));
}

#[test]
fn odd_lists_of_attributes_are_as_good_as_none() {
    for list in [json!({}), json!({"requiredAttributes": "[1,"})] {
        let walk = Walk::to(asked("NEW_PASSWORD_REQUIRED", "s1", list));
        assert_eq!(
            *walk.asks(),
            Asks::NewPassword {
                missing_attributes: Vec::new()
            }
        );
    }
}

#[test]
fn a_new_password_whose_acceptance_got_lost_is_asked_for_in_the_end() {
    let mut walk = Walk::to(new_password_required());
    walk.answer(new_password("SECRET-Marigold-77!"))
        .refuse(CognitoError::Timeout);
    walk.answer(new_password("SECRET-Marigold-77!")).retry(expired());
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
    walk.refuse(incorrect());
    walk.answer(new_password("SECRET-Marigold-77!")).retry(expired());
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password("SECRET-Marigold-77!"));
    assert_eq!(
        walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"],
        "SECRET-Marigold-77!"
    );
}
