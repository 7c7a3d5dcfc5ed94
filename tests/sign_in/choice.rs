//! USER_AUTH: the person chooses how to prove who they are.

use yew_cognito::token::PasskeyAnswer;

use super::*;
use crate::authenticator::Authenticator;

const ORIGIN: &str = "http://localhost:8080";

fn open() -> World {
    world(
        &["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
        json!({
            "allowed_first_auth_factors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"],
            "web_authn": {"relying_party_id": "localhost"},
        }),
    )
}

/// A person who has a passkey, signed out.
fn with_passkey() -> (World, Authenticator) {
    use yew_cognito::engine::{AccountCommand, AccountReply, Reply};
    let mut world = open();
    world.sign_in_user();
    let mut authenticator = Authenticator::es256();
    let Ok(Reply::Account(AccountReply::PasskeyOptions(options))) =
        world.execute(Command::Account(AccountCommand::StartPasskey))
    else {
        panic!("no options")
    };
    let created = authenticator.create(&serde_json::from_str(&options).unwrap(), ORIGIN);
    let complete = AccountCommand::CompletePasskey(PasskeyAnswer::from(created.to_string()));
    world.execute(Command::Account(complete)).unwrap();
    sign_out(&mut world);
    (world, authenticator)
}

#[test]
fn each_factor_on_offer_leads_in() {
    let mut world = open();
    let challenge = asked(begin(&mut world, preferring(None)));
    let Asks::ChooseFactor(factors) = challenge.asks else {
        panic!("no choice")
    };
    assert_eq!(factors, [Factor::PasswordSrp, Factor::EmailOtp, Factor::SmsOtp]);
    assert_eq!(mails(&world), 0, "nothing is sent before there is a choice");

    let password = asked(answer(&mut world, Answer::Factor(Factor::PasswordSrp)));
    assert_eq!(password.asks, Asks::Password);
    assert!(password.other_way);
    let step = answer(&mut world, Answer::Password(secret(PASSWORD)));
    is_in(&mut world, step);
    sign_out(&mut world);

    for (factor, to) in [(Factor::EmailOtp, USER), (Factor::SmsOtp, PHONE)] {
        asked(begin(&mut world, preferring(None)));
        let (asked, renewed) = asked_code(answer(&mut world, Answer::Factor(factor)));
        assert!(is_sent(&asked) && !asked.is_mfa && !renewed);
        assert_eq!(asked.digits, 8);
        let sent = world.code(to);
        assert_eq!(sent.len(), 8);
        assert_eq!(
            answer(&mut world, code(&other_than(&sent))),
            Err(AuthError::CodeMismatch)
        );
        let step = answer(&mut world, code(&sent));
        is_in(&mut world, step);
        sign_out(&mut world);
    }
}

#[test]
fn a_preferred_factor_is_asked_for_at_once() {
    let mut world = open();
    let (asked, _) = asked_code(begin(&mut world, preferring(Some(Factor::EmailOtp))));
    assert_eq!(asked.digits, 8);
    let sent = world.code(USER);
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
    sign_out(&mut world);
    for factor in [Factor::Password, Factor::PasswordSrp] {
        let challenge = super::asked(begin(&mut world, preferring(Some(factor))));
        assert_eq!(challenge.asks, Asks::Password);
        let step = answer(&mut world, Answer::Password(secret(PASSWORD)));
        is_in(&mut world, step);
        sign_out(&mut world);
    }
}

#[test]
fn a_factor_that_the_person_lacks_leads_to_the_choice_and_sends_nothing() {
    let mut world = open();
    let challenge = asked(begin(&mut world, preferring(Some(Factor::Passkey))));
    assert!(matches!(challenge.asks, Asks::ChooseFactor(_)), "{challenge:?}");
    assert_eq!(mails(&world), 0);
}

#[test]
fn a_passkey_leads_in() {
    let (mut world, mut authenticator) = with_passkey();
    let challenge = asked(begin(&mut world, preferring(Some(Factor::Passkey))));
    let Asks::Passkey { options } = challenge.asks else {
        panic!("no passkey")
    };
    let options: Value = serde_json::from_str(&options).unwrap();
    let credential = authenticator.get(&options, ORIGIN).to_string();
    let step = answer(&mut world, Answer::Passkey(credential.into()));
    is_in(&mut world, step);
}

#[test]
fn a_passkey_that_is_refused_can_be_tried_again_with_new_options() {
    let (mut world, mut authenticator) = with_passkey();
    let challenge = asked(begin(&mut world, preferring(Some(Factor::Passkey))));
    let Asks::Passkey { options: first } = challenge.asks else {
        panic!("no passkey")
    };
    let options: Value = serde_json::from_str(&first).unwrap();
    let elsewhere = authenticator.get(&options, "https://evil.example").to_string();
    let error = answer(&mut world, Answer::Passkey(elsewhere.into())).unwrap_err();
    assert_eq!(error, AuthError::PasskeyRefused);
    let again = asked(answer(&mut world, Answer::Factor(Factor::Passkey)));
    let Asks::Passkey { options } = again.asks else {
        panic!("no passkey")
    };
    assert_ne!(options, first);
    let options: Value = serde_json::from_str(&options).unwrap();
    let credential = authenticator.get(&options, ORIGIN).to_string();
    let step = answer(&mut world, Answer::Passkey(credential.into()));
    is_in(&mut world, step);
}

#[test]
fn a_wrong_password_is_asked_for_again_and_another_way_stays_open() {
    let mut world = open();
    asked(begin(&mut world, preferring(None)));
    asked(answer(&mut world, Answer::Factor(Factor::PasswordSrp)));
    for _ in 0..2 {
        let wrong = answer(&mut world, Answer::Password(secret("Wrong-1234!")));
        assert_eq!(wrong, Err(AuthError::WrongCredentials));
    }
    let choice = asked(answer(&mut world, Answer::AnotherWay));
    assert!(matches!(choice.asks, Asks::ChooseFactor(_)), "{choice:?}");
    let (code_asked, _) = asked_code(answer(&mut world, Answer::Factor(Factor::EmailOtp)));
    assert_eq!(code_asked.digits, 8);
    let step = answer(&mut world, Answer::Password(secret(PASSWORD)));
    is_in(&mut world, step);
}

#[test]
fn a_code_that_has_run_out_is_followed_by_a_new_one() {
    let mut world = open();
    asked_code(begin(&mut world, preferring(Some(Factor::EmailOtp))));
    let first = world.code(USER);
    too_late(&mut world);
    let (asked, renewed) = asked_code(answer(&mut world, code(&first)));
    assert!(renewed && is_sent(&asked));
    assert_eq!(mails(&world), 2);
    let second = world.code(USER);
    assert_eq!(answer(&mut world, code(&first)), Err(AuthError::CodeMismatch));
    let step = answer(&mut world, code(&second));
    is_in(&mut world, step);
}
