//! SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA and SELECT_MFA_TYPE.

use yew_cognito::ports::Unreachable;

use super::*;
use crate::support::service_error;

/// Signs in up to the second factor, which is sent to `to`.
fn sent_factor(method: &str) -> World {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &[method]));
    let (asked, renewed) = asked_code(world.sign_in(USER, PASSWORD));
    assert!(is_sent(&asked) && asked.is_mfa && !renewed, "{asked:?}");
    assert_eq!(asked.digits, 6);
    world
}

#[test]
fn a_texted_or_mailed_code_leads_in_and_a_wrong_one_stays() {
    for (method, to) in [("sms", PHONE), ("email", USER)] {
        let mut world = sent_factor(method);
        let sent = world.code(to);
        let wrong = answer(&mut world, code(&other_than(&sent)));
        assert_eq!(wrong, Err(AuthError::CodeMismatch), "{method}");
        let step = answer(&mut world, code(&sent));
        is_in(&mut world, step);
    }
}

#[test]
fn a_sent_code_that_has_run_out_is_followed_by_a_new_one() {
    for (method, to) in [("sms", PHONE), ("email", USER)] {
        let mut world = sent_factor(method);
        let first = world.code(to);
        too_late(&mut world);
        let (_, renewed) = asked_code(answer(&mut world, code(&first)));
        assert!(renewed, "{method}");
        assert_eq!(mails(&world), 2, "one new code");
        let second = world.code(to);
        let step = answer(&mut world, code(&second));
        is_in(&mut world, step);
    }
}

#[test]
fn asking_for_another_code_sends_one_and_the_first_is_void() {
    let mut world = sent_factor("sms");
    let first = world.code(PHONE);
    let (_, renewed) = asked_code(answer(&mut world, Answer::Resend));
    assert!(!renewed);
    assert_eq!(mails(&world), 2);
    let second = world.code(PHONE);
    if first != second {
        assert_eq!(answer(&mut world, code(&first)), Err(AuthError::CodeMismatch));
    }
    let step = answer(&mut world, code(&second));
    is_in(&mut world, step);
}

#[test]
fn an_authenticators_code_goes_through_although_the_session_has_run_out() {
    let (mut world, app) = with_app("ON", &[]);
    let (asked, _) = asked_code(world.sign_in(USER, PASSWORD));
    assert!(matches!(asked.from, CodeFrom::App(_)) && asked.is_mfa);
    let wrong = other_than(&totp(&world, &app));
    let wrong = answer(&mut world, code(&wrong));
    assert_eq!(wrong, Err(AuthError::CodeMismatch));
    too_late(&mut world);
    let before = world.sent("InitiateAuth");
    let shown = totp(&world, &app);
    let step = answer(&mut world, code(&shown));
    assert_eq!(step, Ok(Step::SignedIn));
    assert_eq!(world.sent("InitiateAuth"), before + 1, "the flow began anew once");
    // A code that has run out and is wrong besides is told to be wrong, and stays.
    sign_out(&mut world);
    world.pass_everywhere(Duration::from_secs(60));
    asked_code(world.sign_in(USER, PASSWORD));
    too_late(&mut world);
    let wrong = other_than(&totp(&world, &app));
    let wrong = answer(&mut world, code(&wrong));
    assert_eq!(wrong, Err(AuthError::CodeMismatch));
    let shown = totp(&world, &app);
    let step = answer(&mut world, code(&shown));
    is_in(&mut world, step);
}

#[test]
fn one_of_several_is_chosen_and_another_one_after_that() {
    let (mut world, app) = with_app("OPTIONAL", &["sms"]);
    use yew_cognito::engine::{AccountCommand, MfaPreference};
    // Both are on, and none is preferred.
    let step = {
        world.control("pool", mfa("OPTIONAL", &["software_token", "sms"]));
        world.sign_in(USER, PASSWORD)
    };
    if let Ok(Step::Challenge(_)) = &step {
        let shown = totp(&world, &app);
        assert_eq!(answer(&mut world, code(&shown)), Ok(Step::SignedIn));
    }
    let preference = MfaPreference {
        enabled: vec![MfaMethod::Totp, MfaMethod::Sms],
        preferred: None,
    };
    let set = AccountCommand::SetMfaPreference(preference);
    world.execute(Command::Account(set)).unwrap();
    sign_out(&mut world);
    world.pass_everywhere(Duration::from_secs(60));

    let challenge = asked(world.sign_in(USER, PASSWORD));
    let mut offered = methods(&challenge.asks);
    offered.sort();
    assert_eq!(offered, [MfaMethod::Totp, MfaMethod::Sms]);
    assert!(!challenge.other_way, "this is the choice");
    let (code_asked, _) = asked_code(answer(&mut world, Answer::Mfa(MfaMethod::Sms)));
    assert!(is_sent(&code_asked));
    let again = asked(answer(&mut world, Answer::AnotherWay));
    assert!(matches!(again.asks, Asks::ChooseMfa(_)));
    let (code_asked, _) = asked_code(answer(&mut world, Answer::Mfa(MfaMethod::Totp)));
    assert!(matches!(code_asked.from, CodeFrom::App(_)));
    // Back to what was chosen before, without going through the choice.
    let (code_asked, _) = asked_code(answer(&mut world, Answer::Mfa(MfaMethod::Sms)));
    assert!(is_sent(&code_asked));
    let sent = world.code(PHONE);
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}

#[test]
fn an_answer_that_is_lost_can_be_given_again() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    world.wire.cut(true);
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::Unreachable));
    world.wire.cut(false);
    world.answer(
        "RespondToAuthChallenge",
        3,
        service_error("TooManyRequestsException", "slow"),
    );
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::Throttled));
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}

#[test]
fn an_answer_that_arrived_although_its_own_answer_was_lost_asks_for_a_new_code() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    world.wire.lose("RespondToAuthChallenge");
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::Unreachable));
    let (_, renewed) = asked_code(answer(&mut world, code(&sent)));
    assert!(renewed, "the Session was spent");
    let sent = world.code(USER);
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}

#[test]
fn a_sign_in_given_up_takes_no_answer() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    world.execute(Command::CancelSignIn).unwrap();
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::SignInExpired));
    assert!(!world.is_signed_in());
    // Nor does one that has been left lying for long: the password is gone with it.
    asked_code(world.sign_in(USER, PASSWORD));
    world.pass_everywhere(Duration::from_secs(16 * 60));
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::SignInExpired));
}

#[test]
fn guessing_is_locked_out_and_says_so() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    let mut last = Ok(Step::SignedIn);
    for _ in 0..6 {
        last = answer(&mut world, code(&other_than(&sent)));
    }
    assert_eq!(last, Err(AuthError::PasswordAttemptsExceeded));
    assert!(!world.is_signed_in());
}

#[test]
fn somebody_disabled_meanwhile_is_told_so() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    world.control("users", json!({"email": USER, "disabled": true}));
    assert_eq!(answer(&mut world, code(&sent)), Err(AuthError::UserDisabled));
}

#[test]
fn the_later_of_two_wins_at_a_challenge_too() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    let release = world.wire.hold("RespondToAuthChallenge");
    let first = world.begin(Command::Answer(code(&sent)));
    world.settle();
    let second = world.sign_in("admin@example.com", PASSWORD);
    asked_code(second);
    release.send(()).unwrap();
    world.settle();
    assert_eq!(
        first.borrow_mut().take().unwrap().unwrap_err(),
        AuthError::Superseded
    );
    let sent = world.code("admin@example.com");
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}

#[test]
fn a_network_that_fails_while_the_way_is_changed_leaves_the_question() {
    let mut world = sent_factor("email");
    let sent = world.code(USER);
    world.answer("InitiateAuth", 3, Err(Unreachable));
    assert_eq!(answer(&mut world, Answer::Resend), Err(AuthError::Unreachable));
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}
