//! SMS_MFA, EMAIL_OTP, SMS_OTP and SOFTWARE_TOKEN_MFA.

use serde_json::json;

use super::walk::*;
use crate::{
    cognito::{CodeDelivery, Medium},
    config::{Factor, SignInFlow},
    sign_in::{Answer, Asks, Attempt, CodeAsked, CodeFrom, SignInError},
};

fn code_asked(walk: &Walk) -> &CodeAsked {
    match walk.asks() {
        Asks::Code(code) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_code_goes_back_under_its_own_name() {
    for (name, member) in [
        ("SMS_MFA", "SMS_MFA_CODE"),
        ("EMAIL_OTP", "EMAIL_OTP_CODE"),
        ("SMS_OTP", "SMS_OTP_CODE"),
        ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE"),
    ] {
        let mut walk = Walk::to(asked(name, "s1", json!({"USER_ID_FOR_SRP": USER_ID})));
        walk.answer(code("SECRET-1"));
        assert_eq!(
            walk.responds(name, Some("s1")),
            json!({"USERNAME": USER_ID, member: "SECRET-1"})
        );
        walk.reply(tokens()).finishes();
    }
}

#[test]
fn a_wrong_code_keeps_the_question_and_its_session() {
    for name in ["SMS_MFA", "EMAIL_OTP", "SMS_OTP", "SOFTWARE_TOKEN_MFA"] {
        let mut walk = Walk::to(asked(name, "s1", json!({})));
        for _ in 0..3 {
            walk.answer(code("SECRET-1")).refuse(wrong_code());
            assert!(walk.sign_in.is_asking());
        }
        walk.answer(code("SECRET-2"));
        walk.responds(name, Some("s1"));
    }
}

#[test]
fn it_is_said_where_a_code_went() {
    for (medium, as_told) in [
        ("EMAIL", Medium::Email),
        ("SMS", Medium::Sms),
        ("FAX", Medium::Other),
    ] {
        let parameters =
            json!({"CODE_DELIVERY_DESTINATION": "a***", "CODE_DELIVERY_DELIVERY_MEDIUM": medium});
        let walk = Walk::to(asked("SMS_MFA", "s1", parameters));
        let sent = CodeDelivery {
            destination: Some("a***".to_owned()),
            medium: Some(as_told),
            ..CodeDelivery::default()
        };
        assert_eq!(code_asked(&walk).from, CodeFrom::Sent(sent));
    }
    let walk = Walk::to(asked("EMAIL_OTP", "s1", json!({})));
    assert_eq!(code_asked(&walk).from, CodeFrom::Sent(CodeDelivery::default()));
    let walk = Walk::to(asked(
        "SOFTWARE_TOKEN_MFA",
        "s1",
        json!({"FRIENDLY_DEVICE_NAME": "Pixel"}),
    ));
    assert_eq!(code_asked(&walk).from, CodeFrom::App(Some("Pixel".to_owned())));
}

#[test]
fn a_code_in_place_of_a_password_has_eight_digits_all_others_six() {
    let is = |walk: &Walk| (code_asked(walk).digits, code_asked(walk).is_mfa);
    for name in ["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"] {
        assert_eq!(is(&Walk::to(asked(name, "s1", json!({})))), (6, true));
    }
    for (preferred, name) in [(Factor::EmailOtp, "EMAIL_OTP"), (Factor::SmsOtp, "SMS_OTP")] {
        let mut walk = Walk::start(Attempt {
            preferred: Some(preferred),
            ..without_password(SignInFlow::UserAuth)
        });
        walk.reply(asked(name, "s1", json!({})));
        assert_eq!(is(&walk), (8, false));
    }
    // What was wanted of another flow has no say.
    let mut walk = Walk::start(Attempt {
        preferred: Some(Factor::EmailOtp),
        ..attempt(SignInFlow::UserPassword)
    });
    walk.reply(asked("EMAIL_OTP", "s1", json!({})));
    assert_eq!(is(&walk), (6, true));
}

#[test]
fn a_new_first_code_is_had_by_beginning_anew_the_same_way() {
    let mut walk = Walk::start(Attempt {
        preferred: Some(Factor::EmailOtp),
        ..without_password(SignInFlow::UserAuth)
    });
    walk.reply(asked("EMAIL_OTP", "s1", json!({})))
        .answer(Answer::Resend);
    assert_eq!(walk.initiates("USER_AUTH")["PREFERRED_CHALLENGE"], "EMAIL_OTP");
    walk.reply(asked("EMAIL_OTP", "s2", json!({})));
    assert!(!walk.challenge().renewed, "it was asked for");
    assert_eq!(code_asked(&walk).digits, 8);
    walk.answer(code("SECRET-1"));
    walk.responds("EMAIL_OTP", Some("s2"));
}

#[test]
fn a_new_second_code_comes_by_the_same_method() {
    let methods = json!({"MFAS_CAN_CHOOSE": "[\"SOFTWARE_TOKEN_MFA\",\"SMS_MFA\",\"EMAIL_OTP\"]"});
    for (name, method) in [("SMS_MFA", "SMS_MFA"), ("EMAIL_OTP", "EMAIL_OTP")] {
        let mut walk = Walk::to(asked(name, "s1", json!({})));
        walk.answer(Answer::Resend);
        assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
        walk.reply(asked("SELECT_MFA_TYPE", "s2", methods.clone()));
        assert_eq!(walk.responds("SELECT_MFA_TYPE", Some("s2"))["ANSWER"], method);
    }
}

#[test]
fn an_authenticator_sends_nothing_anew() {
    let mut walk = Walk::to(asked("SOFTWARE_TOKEN_MFA", "s1", json!({})));
    assert_eq!(walk.answer_fails(Answer::Resend), SignInError::OutOfOrder);
    walk.answer(code("SECRET-1"));
    walk.responds("SOFTWARE_TOKEN_MFA", Some("s1"));
}
