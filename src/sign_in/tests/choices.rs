//! SELECT_CHALLENGE and SELECT_MFA_TYPE, and choosing again.

use serde_json::{Value, json};

use super::walk::*;
use crate::{
    cognito::CognitoError,
    config::{Factor, MfaMethod, SignInFlow},
    sign_in::{Answer, Asks, Attempt, SignInError},
};

const ALL: [&str; 5] = ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"];

fn methods(names: &str) -> Value {
    asked("SELECT_MFA_TYPE", "m1", json!({"MFAS_CAN_CHOOSE": names}))
}

#[test]
fn a_password_is_one_way_however_it_is_proved_and_unknown_ways_are_left_out() {
    let mut names = ALL.to_vec();
    names.extend(["RETINA_SCAN", "EMAIL_OTP"]);
    let walk = Walk::chosen(choice("s1", &names));
    let offered = vec![
        Factor::PasswordSrp,
        Factor::EmailOtp,
        Factor::SmsOtp,
        Factor::Passkey,
    ];
    assert_eq!(*walk.asks(), Asks::ChooseFactor(offered));
    assert!(!walk.challenge().other_way);
}

#[test]
fn a_choice_is_told_to_the_service() {
    for (factor, name) in [
        (Factor::EmailOtp, "EMAIL_OTP"),
        (Factor::SmsOtp, "SMS_OTP"),
        (Factor::Passkey, "WEB_AUTHN"),
    ] {
        let mut walk = Walk::chosen(choice("s1", &ALL));
        walk.answer(Answer::Factor(factor));
        assert_eq!(
            walk.responds("SELECT_CHALLENGE", Some("s1")),
            json!({"USERNAME": "ada@example.com", "ANSWER": name})
        );
    }
}

#[test]
fn a_password_goes_together_with_the_choice() {
    let mut walk = Walk::chosen(choice("s1", &ALL));
    walk.answer(Answer::Factor(Factor::PasswordSrp));
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password(PASSWORD));
    assert_eq!(
        walk.responds("SELECT_CHALLENGE", Some("s1")),
        json!({"USERNAME": "ada@example.com", "ANSWER": "PASSWORD_SRP", "SRP_A": "A"})
    );
    let mut walk = Walk::chosen(choice("s1", &["PASSWORD", "EMAIL_OTP"]));
    walk.answer(Answer::Factor(Factor::Password))
        .answer(password(PASSWORD));
    assert_eq!(
        walk.responds("SELECT_CHALLENGE", Some("s1")),
        json!({"USERNAME": "ada@example.com", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD})
    );
}

#[test]
fn a_single_way_is_chosen_by_itself() {
    let walk = Walk::chosen(choice("s1", &["EMAIL_OTP"]));
    assert_eq!(
        walk.responds("SELECT_CHALLENGE", Some("s1"))["ANSWER"],
        "EMAIL_OTP"
    );
    let walk = Walk::chosen(choice("s1", &["PASSWORD", "PASSWORD_SRP"]));
    assert_eq!(*walk.asks(), Asks::Password);
}

#[test]
fn a_way_that_was_wanted_and_is_not_on_offer_leads_to_the_choice_and_sends_no_code() {
    for (preferred, names) in [
        (Factor::Passkey, &["EMAIL_OTP"][..]),
        (Factor::PasswordSrp, &["EMAIL_OTP"]),
        (Factor::SmsOtp, &["PASSWORD", "EMAIL_OTP"]),
    ] {
        let mut walk = Walk::start(Attempt {
            preferred: Some(preferred),
            ..attempt(SignInFlow::UserAuth)
        });
        walk.reply(choice("s1", names));
        assert!(matches!(walk.asks(), Asks::ChooseFactor(_)));
        walk.answer(Answer::Factor(Factor::EmailOtp));
        walk.responds("SELECT_CHALLENGE", Some("s1"));
    }
}

#[test]
fn where_a_password_is_known_it_is_the_way() {
    let mut begun = Walk::start(Attempt {
        sign_up_session: Some("SECRET-sign-up".to_owned().into()),
        ..attempt(SignInFlow::UserAuth)
    });
    begun.reply(choice("s1", &["EMAIL_OTP", "PASSWORD"]));
    assert_eq!(
        begun.responds("SELECT_CHALLENGE", Some("s1")),
        json!({"USERNAME": "ada@example.com", "ANSWER": "PASSWORD", "PASSWORD": PASSWORD})
    );
}

#[test]
fn nothing_that_can_be_chosen_is_named() {
    let mut walk = Walk::start(without_password(SignInFlow::UserAuth));
    assert_eq!(
        walk.reply_fails(choice("s1", &["RETINA_SCAN", "DNA"])),
        SignInError::NothingToChoose("RETINA_SCAN, DNA".to_owned())
    );
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.reply_fails(methods("[\"DNA_MFA\"]")),
        SignInError::NothingToChoose("DNA_MFA".to_owned())
    );
    for parameters in [json!({}), json!({"MFAS_CAN_CHOOSE": "SMS_MFA"})] {
        let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
        assert_eq!(
            walk.reply_fails(asked("SELECT_MFA_TYPE", "m1", parameters)),
            SignInError::Missing("MFAS_CAN_CHOOSE")
        );
    }
}

#[test]
fn a_second_factor_is_chosen_by_its_name() {
    let all = "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\",\"EMAIL_MFA\",\"DNA_MFA\"]";
    for (method, name) in [
        (MfaMethod::Sms, "SMS_MFA"),
        (MfaMethod::Totp, "SOFTWARE_TOKEN_MFA"),
        (MfaMethod::Email, "EMAIL_OTP"),
    ] {
        let mut walk = Walk::to(methods(all));
        let offered = vec![MfaMethod::Sms, MfaMethod::Totp, MfaMethod::Email];
        assert_eq!(*walk.asks(), Asks::ChooseMfa(offered));
        walk.answer(Answer::Mfa(method));
        assert_eq!(
            walk.responds("SELECT_MFA_TYPE", Some("m1")),
            json!({"USERNAME": "ada@example.com", "ANSWER": name})
        );
    }
}

#[test]
fn a_single_second_factor_is_chosen_by_itself_whatever_else_is_unknown() {
    for names in ["[\"EMAIL_MFA\"]", "[\"DNA_MFA\",\"EMAIL_OTP\"]"] {
        let walk = Walk::to(methods(names));
        assert_eq!(
            walk.responds("SELECT_MFA_TYPE", Some("m1"))["ANSWER"],
            "EMAIL_OTP"
        );
    }
}

#[test]
fn another_second_factor_begins_anew_and_goes_that_way() {
    let mut walk = Walk::to(methods("[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]"));
    walk.answer(Answer::Mfa(MfaMethod::Sms))
        .reply(asked("SMS_MFA", "c1", json!({})));
    assert!(walk.challenge().other_way);
    walk.answer(Answer::AnotherWay);
    assert_eq!(
        *walk.asks(),
        Asks::ChooseMfa(vec![MfaMethod::Sms, MfaMethod::Totp])
    );
    walk.answer(Answer::Mfa(MfaMethod::Totp));
    assert_eq!(walk.initiates("USER_PASSWORD_AUTH")["PASSWORD"], PASSWORD);
    walk.reply(methods("[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]"));
    assert_eq!(
        walk.responds("SELECT_MFA_TYPE", Some("m1"))["ANSWER"],
        "SOFTWARE_TOKEN_MFA"
    );
}

#[test]
fn a_choice_can_be_made_again_at_any_later_question() {
    let mut walk = Walk::chosen(choice("s1", &ALL));
    walk.answer(Answer::Factor(Factor::EmailOtp))
        .reply(asked("EMAIL_OTP", "s2", json!({})))
        .answer(Answer::Factor(Factor::Passkey));
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com", "PREFERRED_CHALLENGE": "WEB_AUTHN"})
    );
    walk.reply(asked(
        "WEB_AUTHN",
        "s3",
        json!({"CREDENTIAL_REQUEST_OPTIONS": "{}"}),
    ))
    .answer(Answer::Factor(Factor::PasswordSrp));
    assert_eq!(*walk.asks(), Asks::Password);
    walk.answer(password(PASSWORD));
    assert_eq!(walk.initiates("USER_AUTH")["PREFERRED_CHALLENGE"], "PASSWORD_SRP");
}

#[test]
fn another_way_shows_what_was_on_offer_before() {
    let mut walk = Walk::chosen(choice("s1", &["EMAIL_OTP", "WEB_AUTHN"]));
    walk.answer(Answer::Factor(Factor::EmailOtp))
        .reply(asked("EMAIL_OTP", "s2", json!({})))
        .answer(Answer::AnotherWay);
    assert_eq!(
        *walk.asks(),
        Asks::ChooseFactor(vec![Factor::EmailOtp, Factor::Passkey])
    );
    walk.answer(Answer::Factor(Factor::Passkey));
    assert_eq!(walk.initiates("USER_AUTH")["PREFERRED_CHALLENGE"], "WEB_AUTHN");
}

#[test]
fn another_way_asks_the_service_where_nothing_was_on_offer_before() {
    let mut walk = Walk::start(Attempt {
        preferred: Some(Factor::EmailOtp),
        ..attempt(SignInFlow::UserAuth)
    });
    walk.reply(asked("EMAIL_OTP", "s1", json!({})))
        .answer(Answer::AnotherWay);
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com"})
    );
    assert!(walk.sign_in.password().is_none());
    // Even a single way is shown: it would send a code to somebody who wants another.
    walk.reply(choice("s2", &["EMAIL_OTP"]));
    assert_eq!(*walk.asks(), Asks::ChooseFactor(vec![Factor::EmailOtp]));
}

#[test]
fn at_the_first_factor_another_way_is_another_first_factor() {
    let mut walk = Walk::start(attempt(SignInFlow::UserAuth));
    walk.reply(asked("PASSWORD_VERIFIER", "s1", srp_parameters()))
        .reply(methods("[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]"))
        .answer(Answer::Factor(Factor::EmailOtp))
        .reply(asked("EMAIL_OTP", "s2", json!({})))
        .answer(Answer::AnotherWay);
    assert_eq!(
        walk.initiates("USER_AUTH"),
        json!({"USERNAME": "ada@example.com"})
    );
}

#[test]
fn a_flow_without_a_choice_offers_none() {
    for challenge in [
        asked("SMS_MFA", "s1", json!({})),
        asked("CUSTOM_CHALLENGE", "s1", json!({})),
    ] {
        let mut walk = Walk::to(challenge);
        assert!(!walk.challenge().other_way);
        assert_eq!(walk.answer_fails(Answer::AnotherWay), SignInError::OutOfOrder);
        assert_eq!(
            walk.answer_fails(Answer::Factor(Factor::EmailOtp)),
            SignInError::OutOfOrder
        );
        assert!(walk.sign_in.is_asking());
    }
}

#[test]
fn a_way_that_fails_leaves_the_choice() {
    let mut walk = Walk::chosen(choice("s1", &ALL));
    walk.answer(Answer::Factor(Factor::SmsOtp))
        .refuse(CognitoError::Unreachable);
    walk.answer(Answer::Factor(Factor::EmailOtp));
    assert_eq!(
        walk.responds("SELECT_CHALLENGE", Some("s1"))["ANSWER"],
        "EMAIL_OTP"
    );
    walk.reply(asked("EMAIL_OTP", "s2", json!({})));
    assert!(matches!(walk.asks(), Asks::Code(code) if !code.is_mfa));
}
