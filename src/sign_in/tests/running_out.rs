//! Sessions and codes that run out while a person thinks.

use serde_json::{Value, json};

use super::walk::*;
use crate::{
    cognito::{CognitoError, ErrorKind},
    config::{Factor, MfaMethod, SignInFlow},
    sign_in::{Answer, Asks, Attempt},
};

fn old_code() -> CognitoError {
    refusal(
        ErrorKind::ExpiredCode,
        "Invalid code provided, please request a code again.",
    )
}

fn methods(key: &str) -> Value {
    json!({key: "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]"})
}

/// A question after a password, and an answer to it.
fn questions() -> Vec<(Value, Answer)> {
    vec![
        (asked("SMS_MFA", "s1", json!({})), code("SECRET-1")),
        (asked("EMAIL_OTP", "s1", json!({})), code("SECRET-1")),
        (
            asked("NEW_PASSWORD_REQUIRED", "s1", json!({})),
            new_password("SECRET-Marigold-77!"),
        ),
        (
            asked("SELECT_MFA_TYPE", "s1", methods("MFAS_CAN_CHOOSE")),
            Answer::Mfa(MfaMethod::Email),
        ),
        (
            asked("MFA_SETUP", "s1", methods("MFAS_CAN_SETUP")),
            Answer::Mfa(MfaMethod::Totp),
        ),
        (
            asked("MFA_SETUP", "s1", json!({"MFAS_CAN_SETUP": "[\"EMAIL_OTP\"]"})),
            Answer::Email("ada@example.org".to_owned()),
        ),
        (asked("CUSTOM_CHALLENGE", "s1", json!({})), custom("SECRET-42")),
        (
            asked("WEB_AUTHN", "s1", json!({"CREDENTIAL_REQUEST_OPTIONS": "{}"})),
            passkey(),
        ),
    ]
}

#[test]
fn at_every_question_the_flow_begins_anew_once_and_then_says_so() {
    for (question, answer) in questions() {
        for error in [expired(), old_code()] {
            let mut walk = Walk::to(question.clone());
            walk.answer(answer.clone()).retry(error.clone());
            assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
            walk.refuse(error.clone());
            assert!(walk.sign_in.is_asking(), "the question stands");
            walk.answer(answer.clone()).retry(error);
            walk.initiates("USER_PASSWORD_AUTH");
            walk.reply(asked("CUSTOM_CHALLENGE", "s2", json!({"other": "question"})));
            assert!(walk.challenge().renewed);
            walk.answer(custom("SECRET-42"));
            walk.responds("CUSTOM_CHALLENGE", Some("s2"));
            walk.reply(asked("SMS_MFA", "s3", json!({})));
            assert!(!walk.challenge().renewed, "said once");
        }
    }
}

#[test]
fn a_first_factor_is_asked_for_anew_in_the_same_way() {
    for (factor, name, parameters, answer) in [
        (Factor::EmailOtp, "EMAIL_OTP", json!({}), code("SECRET-1")),
        (Factor::SmsOtp, "SMS_OTP", json!({}), code("SECRET-1")),
        (
            Factor::Passkey,
            "WEB_AUTHN",
            json!({"CREDENTIAL_REQUEST_OPTIONS": "{}"}),
            passkey(),
        ),
    ] {
        let mut walk = Walk::chosen(choice("s1", &["EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]));
        walk.answer(Answer::Factor(factor))
            .reply(asked(name, "s2", parameters.clone()))
            .answer(answer)
            .retry(expired());
        assert_eq!(
            walk.initiates("USER_AUTH"),
            json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": name})
        );
        walk.reply(asked(name, "s3", parameters));
        assert!(walk.challenge().renewed);
    }
}

#[test]
fn a_choice_that_came_too_late_is_the_preference_of_the_new_beginning() {
    let mut walk = Walk::chosen(choice("s1", &["EMAIL_OTP", "WEB_AUTHN"]));
    walk.answer(Answer::Factor(Factor::EmailOtp)).retry(expired());
    assert_eq!(walk.initiates("USER_AUTH")["PREFERRED_CHALLENGE"], "EMAIL_OTP");

    let question = asked("SELECT_MFA_TYPE", "s1", methods("MFAS_CAN_CHOOSE"));
    let mut walk = Walk::to(question.clone());
    walk.answer(Answer::Mfa(MfaMethod::Email))
        .retry(expired())
        .reply(question);
    assert_eq!(
        walk.responds("SELECT_MFA_TYPE", Some("s1"))["ANSWER"],
        "EMAIL_OTP"
    );
}

#[test]
fn a_password_that_came_too_late_was_not_wrong() {
    let mut walk = Walk::chosen(choice("s1", &["PASSWORD", "WEB_AUTHN"]));
    walk.answer(Answer::Factor(Factor::Password))
        .answer(password(PASSWORD))
        .retry(expired());
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD})
    );
}

#[test]
fn an_authenticator_s_code_is_carried_over_exactly_once() {
    let question = |session| asked("SOFTWARE_TOKEN_MFA", session, json!({}));
    let mut walk = Walk::to(question("s1"));
    walk.answer(code("SECRET-1")).retry(expired());
    walk.initiates("USER_PASSWORD_AUTH");
    walk.reply(question("s2"));
    let carried = json!({"USERNAME": "ada@example.com", "SOFTWARE_TOKEN_MFA_CODE": "SECRET-1"});
    assert_eq!(walk.responds("SOFTWARE_TOKEN_MFA", Some("s2")), carried);
    walk.refuse(wrong_code());
    walk.answer(code("SECRET-2"));
    walk.responds("SOFTWARE_TOKEN_MFA", Some("s2"));
    walk.reply(question("s3"));
    assert!(!walk.challenge().renewed, "no code was ever void");
}

#[test]
fn a_code_that_was_used_once_is_refused_after_one_new_beginning() {
    let used = refusal(
        ErrorKind::ExpiredCode,
        "Your software token has already been used once.",
    );
    let mut walk = Walk::to(asked("SOFTWARE_TOKEN_MFA", "s1", json!({})));
    walk.answer(code("SECRET-1")).retry(used.clone());
    walk.reply(asked("SOFTWARE_TOKEN_MFA", "s2", json!({})));
    walk.refuse(used);
    walk.answer(code("SECRET-2"));
    walk.responds("SOFTWARE_TOKEN_MFA", Some("s2"));
}

#[test]
fn a_code_that_was_sent_is_not_carried_over() {
    let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
    walk.answer(code("SECRET-1"))
        .retry(expired())
        .reply(asked("SOFTWARE_TOKEN_MFA", "s2", json!({})));
    assert!(matches!(walk.asks(), Asks::Code(_)));
}

#[test]
fn a_code_of_the_past_is_not_carried_into_another_beginning() {
    let mut walk = Walk::to(asked("SOFTWARE_TOKEN_MFA", "s1", json!({})));
    walk.answer(code("SECRET-1"))
        .reply(asked("SMS_MFA", "s2", json!({})))
        .answer(Answer::Resend)
        .reply(asked("SOFTWARE_TOKEN_MFA", "s3", json!({})));
    assert!(matches!(walk.asks(), Asks::Code(_)));
}

#[test]
fn an_authenticator_under_way_gets_a_new_secret() {
    let setup = |session| {
        asked(
            "MFA_SETUP",
            session,
            json!({"MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\"]"}),
        )
    };
    let mut walk = Walk::to(setup("s1"));
    walk.associated(json!({"SecretCode": "SECRET-totp", "Session": "s2"}))
        .answer(code("SECRET-1"))
        .retry(expired())
        .reply(setup("s3"))
        .associated(json!({"SecretCode": "SECRET-other", "Session": "s4"}));
    assert!(walk.challenge().renewed);
    walk.answer(code("SECRET-2"));
    assert_eq!(walk.body(), json!({"Session": "s4", "UserCode": "SECRET-2"}));
}

#[test]
fn a_new_password_that_was_accepted_is_the_one_to_begin_anew_with() {
    let mut walk = Walk::to(asked("NEW_PASSWORD_REQUIRED", "s1", json!({})));
    walk.answer(new_password("SECRET-Marigold-77!"))
        .reply(asked("SMS_MFA", "s2", json!({})))
        .answer(code("SECRET-1"))
        .retry(expired());
    assert_eq!(
        walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"],
        "SECRET-Marigold-77!"
    );
}

#[test]
fn a_new_password_that_was_not_accepted_is_not() {
    let mut walk = Walk::to(asked("NEW_PASSWORD_REQUIRED", "s1", json!({})));
    walk.answer(new_password("SECRET-Marigold-77!")).retry(expired());
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
    walk.reply(asked("NEW_PASSWORD_REQUIRED", "s2", json!({})));
    assert!(walk.challenge().renewed);
}

#[test]
fn a_password_that_no_longer_holds_is_asked_for() {
    let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
    walk.answer(code("SECRET-1")).retry(expired()).refuse(incorrect());
    assert!(walk.sign_in.password().is_none());
    walk.answer(code("SECRET-1")).retry(expired());
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password("SECRET-new"));
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], "SECRET-new");
}

#[test]
fn a_beginning_that_fails_leaves_the_question() {
    let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
    walk.answer(code("SECRET-1"))
        .retry(expired())
        .refuse(CognitoError::Unreachable);
    assert!(walk.sign_in.password().is_some(), "nothing is wrong with it");
    walk.answer(code("SECRET-1"));
    walk.responds("SMS_MFA", Some("s1"));
}

#[test]
fn nothing_begins_anew_where_nobody_was_asked() {
    let mut walk = Walk::start(Attempt {
        sign_up_session: Some("SECRET-sign-up".to_owned().into()),
        ..without_password(SignInFlow::UserAuth)
    });
    walk.refuse(expired());
    assert!(!walk.sign_in.is_asking());
}

#[test]
fn a_void_session_is_one_by_either_name_of_the_error() {
    for kind in [ErrorKind::NotAuthorized, ErrorKind::CodeMismatch] {
        let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
        walk.answer(code("SECRET-1"))
            .retry(refusal(kind, "Invalid session for the user."));
        walk.reply(asked("SMS_MFA", "s2", json!({})));
        assert!(walk.challenge().renewed);
    }
}

#[test]
fn a_refusal_of_another_kind_begins_nothing() {
    for error in [
        incorrect(),
        wrong_code(),
        refusal(ErrorKind::UserLambdaValidation, "Invalid session for the user"),
        CognitoError::Timeout,
        CognitoError::Status(503),
    ] {
        let mut walk = Walk::to(asked("SMS_MFA", "s1", json!({})));
        walk.answer(code("SECRET-1")).refuse(error);
        walk.answer(code("SECRET-1"));
        walk.responds("SMS_MFA", Some("s1"));
    }
}
