//! MFA_SETUP.

use serde_json::{Value, json};

use super::walk::*;
use crate::{
    cognito::ErrorKind,
    config::{MfaMethod, SignInFlow},
    sign_in::{Answer, Asks, SignInError},
    token::TotpSecret,
};

fn setup(names: &str) -> Value {
    asked(
        "MFA_SETUP",
        "s1",
        json!({"MFAS_CAN_SETUP": names, "USER_ID_FOR_SRP": USER_ID}),
    )
}

fn secret(text: &str, session: &str) -> Value {
    json!({"SecretCode": text, "Session": session})
}

fn at_the_app() -> Walk {
    let mut walk = Walk::to(setup("[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]"));
    assert_eq!(walk.body(), json!({"Session": "s1"}));
    walk.associated(secret("SECRET-totp", "s2"));
    walk
}

#[test]
fn an_authenticator_is_set_up_with_a_secret_a_code_and_three_sessions() {
    let mut walk = at_the_app();
    let shown = TotpSecret::from("SECRET-totp".to_owned());
    assert_eq!(*walk.asks(), Asks::SetUpTotp(shown));
    walk.answer(code("SECRET-1"));
    assert_eq!(walk.body(), json!({"Session": "s2", "UserCode": "SECRET-1"}));
    walk.verified(json!({"Status": "SUCCESS", "Session": "s3"}))
        .unwrap();
    assert_eq!(
        walk.responds("MFA_SETUP", Some("s3")),
        json!({"USERNAME": USER_ID})
    );
    walk.reply(tokens()).finishes();
}

#[test]
fn a_wrong_code_leaves_the_secret() {
    let mut walk = at_the_app();
    walk.answer(code("SECRET-1"));
    for status in ["ERROR", ""] {
        assert_eq!(
            walk.verified(json!({"Status": status})),
            Err(SignInError::WrongCode)
        );
        walk.answer(code("SECRET-2"));
        assert_eq!(walk.body(), json!({"Session": "s2", "UserCode": "SECRET-2"}));
    }
    let refused = ErrorKind::Other("EnableSoftwareTokenMFAException".to_owned());
    walk.refuse(refusal(refused, "Code mismatch"));
    walk.answer(code("SECRET-3"));
    assert_eq!(walk.body()["Session"], "s2");
}

#[test]
fn an_address_is_given_and_proved() {
    let mut walk = Walk::to(setup("[\"EMAIL_OTP\"]"));
    assert_eq!(*walk.asks(), Asks::SetUpEmail);
    walk.answer(Answer::Email("ada@example.org".to_owned()));
    assert_eq!(
        walk.responds("MFA_SETUP", Some("s1")),
        json!({"USERNAME": USER_ID, "EMAIL": "ada@example.org"})
    );
    walk.refuse(refusal(
        ErrorKind::InvalidParameter,
        "Invalid email address format.",
    ));
    walk.answer(Answer::Email("ada@example.net".to_owned()))
        .reply(asked("EMAIL_OTP", "s2", json!({})));
    assert!(matches!(walk.asks(), Asks::Code(code) if code.is_mfa && code.digits == 6));
}

#[test]
fn what_to_set_up_is_chosen_and_can_be_chosen_again() {
    let both = "[\"SMS_MFA\",\"EMAIL_OTP\",\"SOFTWARE_TOKEN_MFA\"]";
    let mut walk = Walk::to(setup(both));
    let offered = Asks::ChooseMfaSetup(vec![MfaMethod::Email, MfaMethod::Totp]);
    assert_eq!(*walk.asks(), offered);
    assert_eq!(
        walk.answer_fails(Answer::Mfa(MfaMethod::Sms)),
        SignInError::OutOfOrder
    );
    walk.answer(Answer::Mfa(MfaMethod::Totp))
        .associated(secret("SECRET-totp", "s2"));
    assert!(walk.challenge().other_way);
    walk.answer(Answer::AnotherWay);
    assert_eq!(*walk.asks(), offered);
    walk.answer(Answer::Mfa(MfaMethod::Email));
    walk.initiates("USER_PASSWORD_AUTH");
    walk.reply(setup(both));
    assert_eq!(*walk.asks(), Asks::SetUpEmail);
}

#[test]
fn what_cannot_be_set_up_on_the_way_in_is_named() {
    for (names, named) in [
        ("[\"SMS_MFA\"]", "SMS_MFA"),
        ("[\"DNA\",\"SMS_MFA\"]", "DNA, SMS_MFA"),
    ] {
        let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
        assert_eq!(
            walk.reply_fails(setup(names)),
            SignInError::NothingToChoose(named.to_owned())
        );
    }
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.reply_fails(asked("MFA_SETUP", "s1", json!({}))),
        SignInError::Missing("MFAS_CAN_SETUP")
    );
}

#[test]
fn a_session_that_is_missing_is_named() {
    let mut walk = at_the_app();
    walk.answer(code("SECRET-1"));
    assert_eq!(
        walk.verified(json!({"Status": "SUCCESS"})),
        Err(SignInError::Missing("Session"))
    );
    assert!(!walk.sign_in.is_asking());
}
