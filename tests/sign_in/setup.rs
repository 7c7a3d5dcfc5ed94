//! MFA_SETUP: a second factor is set up on the way in.

use super::*;

fn secret_of(challenge: &Challenge) -> TotpSecret {
    match &challenge.asks {
        Asks::SetUpTotp(secret) => secret.clone(),
        other => panic!("no set-up: {other:?}"),
    }
}

#[test]
fn an_authenticator_app_is_set_up_and_a_wrong_code_keeps_the_secret() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["software_token"]));
    let challenge = asked(world.sign_in(USER, PASSWORD));
    let secret = secret_of(&challenge);
    assert!(!challenge.other_way);
    let wrong = other_than(&totp(&world, &secret));
    let wrong = answer(&mut world, code(&wrong));
    assert_eq!(wrong, Err(AuthError::CodeMismatch));
    let shown = totp(&world, &secret);
    let step = answer(&mut world, code(&shown));
    is_in(&mut world, step);
    assert_eq!(world.sent("AssociateSoftwareToken"), 1);
}

#[test]
fn a_set_up_that_has_run_out_begins_anew_with_a_new_secret() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["software_token"]));
    let first = secret_of(&asked(world.sign_in(USER, PASSWORD)));
    too_late(&mut world);
    let shown = totp(&world, &first);
    let again = asked(answer(&mut world, code(&shown)));
    assert!(again.renewed);
    let second = secret_of(&again);
    assert_ne!(first, second);
    let shown = totp(&world, &second);
    let step = answer(&mut world, code(&shown));
    is_in(&mut world, step);
}

#[test]
fn an_address_for_codes_is_set_up() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["email"]));
    world.control(
        "users",
        json!({"email": USER, "attributes": {"email_verified": "false"}}),
    );
    let challenge = asked(world.sign_in(USER, PASSWORD));
    if challenge.asks == Asks::SetUpEmail {
        let error = answer(&mut world, Answer::Email("no address".to_owned())).unwrap_err();
        assert!(matches!(error, AuthError::InvalidInput(_)), "{error:?}");
        let (asked, _) = asked_code(answer(&mut world, Answer::Email(USER.to_owned())));
        assert!(is_sent(&asked));
        // Another code goes to the same address, without asking for that again.
        asked_code(answer(&mut world, Answer::Resend));
    }
    let sent = world.code(USER);
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}

#[test]
fn what_to_set_up_is_chosen_and_chosen_again() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["software_token", "email"]));
    world.control(
        "users",
        json!({"email": USER, "attributes": {"email_verified": "false", "phone_number_verified": "false"}}),
    );
    let challenge = asked(world.sign_in(USER, PASSWORD));
    let Asks::ChooseMfaSetup(offered) = &challenge.asks else {
        panic!("no choice: {challenge:?}")
    };
    assert_eq!(offered, &[MfaMethod::Totp, MfaMethod::Email]);
    let email = asked(answer(&mut world, Answer::Mfa(MfaMethod::Email)));
    assert_eq!(email.asks, Asks::SetUpEmail);
    assert!(email.other_way);
    let choice = asked(answer(&mut world, Answer::AnotherWay));
    assert!(matches!(choice.asks, Asks::ChooseMfaSetup(_)));
    let app = asked(answer(&mut world, Answer::Mfa(MfaMethod::Totp)));
    let secret = secret_of(&app);
    let shown = totp(&world, &secret);
    let step = answer(&mut world, code(&shown));
    is_in(&mut world, step);
}

#[test]
fn a_pool_whose_only_factor_cannot_be_set_up_here_says_so() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["sms"]));
    world.control(
        "users",
        json!({"email": USER, "attributes": {"phone_number": "", "phone_number_verified": "false"}}),
    );
    let error = world.sign_in(USER, PASSWORD).unwrap_err();
    assert!(
        matches!(&error, AuthError::Misconfigured(why) if why.contains("SMS_MFA")),
        "{error:?}"
    );
}

#[test]
fn an_address_for_codes_that_was_mistyped_can_be_given_again() {
    let mut world = world(&["ALLOW_USER_SRP_AUTH"], mfa("ON", &["email"]));
    world.control(
        "users",
        json!({"email": USER, "attributes": {"email_verified": "false"}}),
    );
    assert_eq!(asked(world.sign_in(USER, PASSWORD)).asks, Asks::SetUpEmail);
    for address in ["cods@example.com", "codes@example.com"] {
        asked_code(answer(&mut world, Answer::Email(address.to_owned())));
    }
    let sent = world.code("codes@example.com");
    let step = answer(&mut world, code(&sent));
    is_in(&mut world, step);
}
