//! Answers that nobody asked for, and replies that nobody waits for.

use serde_json::{Value, json};

use super::walk::*;
use crate::{
    config::{Factor, MfaMethod, SignInFlow},
    sign_in::{Answer, Reply, SignInError},
};

fn answers() -> Vec<(&'static str, Answer)> {
    vec![
        ("password", password(PASSWORD)),
        ("new password", new_password("SECRET-Marigold-77!")),
        ("code", code("SECRET-1")),
        ("factor", Answer::Factor(Factor::EmailOtp)),
        ("method", Answer::Mfa(MfaMethod::Totp)),
        ("address", Answer::Email("ada@example.org".to_owned())),
        ("custom", custom("SECRET-42")),
        ("passkey", passkey()),
        ("resend", Answer::Resend),
        ("another way", Answer::AnotherWay),
    ]
}

/// A challenge after USER_PASSWORD_AUTH, and what it takes.
fn questions() -> Vec<(Value, &'static [&'static str])> {
    let methods = |key: &str| json!({key: "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]"});
    vec![
        (asked("SMS_MFA", "s1", json!({})), &["code", "resend"]),
        (asked("SOFTWARE_TOKEN_MFA", "s1", json!({})), &["code"]),
        (asked("NEW_PASSWORD_REQUIRED", "s1", json!({})), &["new password"]),
        (
            asked("SELECT_MFA_TYPE", "s1", methods("MFAS_CAN_CHOOSE")),
            &["method"],
        ),
        (asked("MFA_SETUP", "s1", methods("MFAS_CAN_SETUP")), &["method"]),
        (
            asked("MFA_SETUP", "s1", json!({"MFAS_CAN_SETUP": "[\"EMAIL_OTP\"]"})),
            &["address"],
        ),
        (choice("s1", &["EMAIL_OTP", "WEB_AUTHN"]), &["factor"]),
        (asked("CUSTOM_CHALLENGE", "s1", json!({})), &["custom"]),
        (
            asked("WEB_AUTHN", "s1", json!({"CREDENTIAL_REQUEST_OPTIONS": "{}"})),
            &["passkey"],
        ),
    ]
}

#[test]
fn a_question_takes_what_it_asks_for_and_stands_against_all_else() {
    for (question, takes) in questions() {
        for (name, answer) in answers() {
            let mut walk = Walk::to(question.clone());
            if takes.contains(&name) {
                walk.answer(answer);
                continue;
            }
            assert_eq!(
                walk.answer_fails(answer),
                SignInError::OutOfOrder,
                "{name} to {question}"
            );
            assert!(walk.sign_in.is_asking());
            for (_, answer) in answers().into_iter().filter(|(name, _)| takes.contains(name)) {
                if walk.sign_in.is_asking() {
                    walk.answer(answer);
                }
            }
            walk.body();
        }
    }
}

#[test]
fn an_answer_while_a_request_is_under_way_changes_nothing() {
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    for (_, answer) in answers() {
        assert_eq!(walk.answer_fails(answer), SignInError::OutOfOrder);
    }
    walk.reply(tokens()).finishes();
}

#[test]
fn a_reply_that_nobody_waits_for_changes_nothing() {
    let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
    assert_eq!(walk.reply_fails(tokens()), SignInError::Unexpected);
    walk.refuse(expired());
    assert!(walk.sign_in.is_asking());
    walk.answer(code("SECRET-1"));
    walk.responds("SMS_MFA", Some("s1"));
}

#[test]
fn what_is_over_stays_over() {
    let mut finished = Walk::to(asked("SMS_MFA", "s1", json!({})));
    finished.answer(code("SECRET-1")).reply(tokens());
    let mut failed = Walk::start(attempt(SignInFlow::UserPassword));
    failed.reply_fails(asked("RETINA_SCAN", "s1", json!({})));
    for mut walk in [finished, failed] {
        for (_, answer) in answers() {
            assert_eq!(walk.answer_fails(answer), SignInError::OutOfOrder);
        }
        assert_eq!(walk.reply_fails(tokens()), SignInError::Unexpected);
        walk.refuse(expired());
        assert!(!walk.sign_in.is_asking());
    }
}

#[test]
fn a_set_up_that_nobody_asked_for_needs_a_session() {
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    let reply = Reply::Associated(serde_json::from_value(json!({"SecretCode": "SECRET-totp"})).unwrap());
    assert_eq!(
        walk.sign_in.on_reply(reply, MOMENT).unwrap_err(),
        SignInError::Missing("Session")
    );
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.verified(json!({"Status": "ERROR"})),
        Err(SignInError::WrongCode)
    );
    assert!(!walk.sign_in.is_asking());
}
