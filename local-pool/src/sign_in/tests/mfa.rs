use super::*;
use crate::operations::testing::wrong_code;
use crate::pool::user::MfaFactor;

fn preferring(world: &mut World, factor: Option<MfaFactor>) {
    let username = user(world, USER).username;
    pool(world).user_mut(&username).unwrap().mfa.preferred = factor;
}

fn switch_on(world: &mut World, sms: bool, email: bool) {
    let username = user(world, USER).username;
    let mfa = &mut pool(world).user_mut(&username).unwrap().mfa;
    (mfa.sms, mfa.email) = (sms, email);
}

#[test]
fn an_authenticators_code_works_once() {
    let mut world = open_world();
    world.shared.clock.freeze(1_800_000_000);
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let challenge = by_password(&mut world);
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let right = app_code(&world);
    let try_code = |world: &mut World, session: &str, code: &str| {
        answer(
            world,
            "SOFTWARE_TOKEN_MFA",
            session,
            &[("SOFTWARE_TOKEN_MFA_CODE", code)],
        )
    };
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let first = session(&challenge);
    assert_eq!(kind(try_code(&mut world, &first, wrong)), "CodeMismatchException");
    assert!(has_tokens(&try_code(&mut world, &first, &right).unwrap()));
    let second = by_password(&mut world);
    let second = session(&second);
    assert_eq!(
        kind(try_code(&mut world, &second, &right)),
        "ExpiredCodeException"
    );
    world.shared.clock.advance(30);
    let next = app_code(&world);
    assert!(has_tokens(&try_code(&mut world, &second, &next).unwrap()));
}

#[test]
fn text_message_and_mail_are_second_factors() {
    for (sms, email, name) in [(true, false, "SMS_MFA"), (false, true, "EMAIL_OTP")] {
        let mut world = open_world();
        with_mfa(&mut world, MfaConfiguration::Optional);
        add_phone(&mut world);
        switch_on(&mut world, sms, email);
        let challenge = by_password(&mut world);
        assert_eq!(challenge["ChallengeName"], name);
        let (right, wrong) = (code(&world), wrong_code(&world));
        assert_eq!(right.len(), 6);
        let key = format!("{name}_CODE");
        let session = session(&challenge);
        let refused = answer(&mut world, name, &session, &[(&key, &wrong)]);
        assert_eq!(kind(refused), "CodeMismatchException");
        let result = answer(&mut world, name, &session, &[(&key, &right)]).unwrap();
        assert!(has_tokens(&result), "{name}");
    }
}

#[test]
fn the_user_selects_among_several_unless_one_is_preferred() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_phone(&mut world);
    add_app(&mut world);
    switch_on(&mut world, true, true);
    let choice = by_password(&mut world);
    assert_eq!(choice["ChallengeName"], "SELECT_MFA_TYPE");
    assert_eq!(
        choice["ChallengeParameters"]["MFAS_CAN_CHOOSE"],
        r#"["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]"#
    );
    let refused = answer(
        &mut world,
        "SELECT_MFA_TYPE",
        &session(&choice),
        &[("ANSWER", "WEB_AUTHN")],
    );
    assert_eq!(kind(refused), "InvalidParameterException");
    let chosen = answer(
        &mut world,
        "SELECT_MFA_TYPE",
        &session(&choice),
        &[("ANSWER", "EMAIL_OTP")],
    );
    assert_eq!(chosen.unwrap()["ChallengeName"], "EMAIL_OTP");
    preferring(&mut world, Some(MfaFactor::SmsMfa));
    assert_eq!(by_password(&mut world)["ChallengeName"], "SMS_MFA");
}

#[test]
fn a_factor_that_the_pool_has_not_is_not_asked_for() {
    let mut world = open_world();
    add_app(&mut world);
    assert!(has_tokens(&by_password(&mut world)));
    with_mfa(&mut world, MfaConfiguration::Optional);
    pool(&mut world).kept.settings.mfa.software_token = false;
    assert!(has_tokens(&by_password(&mut world)));
}

#[test]
fn where_a_second_factor_is_required_a_verified_contact_is_one() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::On);
    assert_eq!(by_password(&mut world)["ChallengeName"], "EMAIL_OTP");
    add_phone(&mut world);
    assert_eq!(by_password(&mut world)["ChallengeName"], "SMS_MFA");
}

/// A pool that requires an authenticator app, and its user at MFA_SETUP.
fn at_setup() -> (World, String) {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::On);
    let mfa = &mut pool(&mut world).kept.settings.mfa;
    (mfa.sms, mfa.email) = (false, false);
    let challenge = by_password(&mut world);
    assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
    assert_eq!(
        challenge["ChallengeParameters"]["MFAS_CAN_SETUP"],
        r#"["SOFTWARE_TOKEN_MFA"]"#
    );
    let session = session(&challenge);
    (world, session)
}

fn associated(world: &mut World, session: &str) -> (Vec<u8>, String) {
    let answer = super::super::mfa_setup::associate(pool(world), session).unwrap();
    let secret = answer["SecretCode"].as_str().unwrap();
    (from_base32(secret), super::session(&answer))
}

fn from_base32(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        _ => byte - b'2' + 26,
    };
    let bits = text
        .bytes()
        .flat_map(|byte| (0..5).rev().map(move |bit| digit(byte) >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let byte = |bits: &[u8]| bits.iter().fold(0, |byte, bit| byte << 1 | bit);
    bits.chunks_exact(8).map(byte).collect()
}

#[test]
fn setting_an_app_up_is_a_chain_of_sessions() {
    let (mut world, first) = at_setup();
    let (secret, second) = associated(&mut world, &first);
    let verify = |world: &mut World, session: &str, code: &str| {
        super::super::mfa_setup::verify(pool(world), session, code, Some("Phone"))
    };
    let right = totp::code_at(&secret, world.shared.clock.now());
    let wrong = if right == "000000" { "000001" } else { "000000" };
    assert!(message(verify(&mut world, &first, &right)).ends_with("session can only be used once."));
    assert_eq!(
        kind(verify(&mut world, &second, wrong)),
        "EnableSoftwareTokenMFAException"
    );
    let verified = verify(&mut world, &second, &right).unwrap();
    assert_eq!(verified["Status"], "SUCCESS");
    let third = session(&verified);
    for used in [&first, &second] {
        let refused = answer(&mut world, "MFA_SETUP", used, &[]);
        assert!(message(refused).ends_with("session can only be used once."));
    }
    let result = answer(&mut world, "MFA_SETUP", &third, &[]).unwrap();
    assert!(has_tokens(&result));
    assert_eq!(claims(&mut world, &result)["amr"], json!(["pwd", "otp", "mfa"]));
    assert_eq!(by_password(&mut world)["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[test]
fn nothing_of_the_chain_can_be_left_out() {
    let (mut world, first) = at_setup();
    let refused = answer(&mut world, "MFA_SETUP", &first, &[]);
    assert_eq!(message(refused), "Invalid session for the user.");
    let (_, second) = associated(&mut world, &first);
    let refused = answer(&mut world, "MFA_SETUP", &second, &[]);
    assert_eq!(message(refused), "Invalid session for the user.");
    assert!(user(&world, USER).mfa.authenticator.is_none());
}

#[test]
fn an_address_can_be_set_up_for_codes() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::On);
    let username = user(&world, USER).username;
    pool(&mut world)
        .user_mut(&username)
        .unwrap()
        .set_verified(Contact::Email, false);
    let setup = by_password(&mut world);
    assert_eq!(setup["ChallengeName"], "MFA_SETUP");
    let refused = answer(
        &mut world,
        "MFA_SETUP",
        &session(&setup),
        &[("EMAIL", "nonsense")],
    );
    assert_eq!(kind(refused), "InvalidParameterException");
    let taken = answer(
        &mut world,
        "MFA_SETUP",
        &session(&setup),
        &[("EMAIL", "admin@example.com")],
    );
    assert_eq!(kind(taken), "AliasExistsException");
    let challenge = answer(&mut world, "MFA_SETUP", &session(&setup), &[("EMAIL", USER)]).unwrap();
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
    let code = code(&world);
    let result = answer(
        &mut world,
        "EMAIL_OTP",
        &session(&challenge),
        &[("EMAIL_OTP_CODE", &code)],
    );
    assert!(has_tokens(&result.unwrap()));
    let user = user(&world, USER);
    assert!(user.has_verified(Contact::Email) && user.mfa.email);
}

#[test]
fn a_code_verifies_the_address_that_it_went_to_and_no_other() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::Optional);
    switch_on(&mut world, false, true);
    let challenge = by_password(&mut world);
    let code = code(&world);
    let username = user(&world, USER).username;
    let changed = pool(&mut world).user_mut(&username).unwrap();
    changed
        .attributes
        .insert("email".to_owned(), "other@example.com".to_owned());
    changed.set_verified(Contact::Email, false);
    let input = json!({
        "ChallengeName": "EMAIL_OTP",
        "Session": session(&challenge),
        "ChallengeResponses": {"USERNAME": username, "EMAIL_OTP_CODE": code},
    });
    assert!(has_tokens(
        &perform(&mut world, "RespondToAuthChallenge", input).unwrap()
    ));
    assert!(!user(&world, "other@example.com").has_verified(Contact::Email));
}

#[test]
fn a_first_factor_is_not_a_second_one_too() {
    let mut world = open_world();
    let challenge = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "EMAIL_OTP"})).unwrap();
    let code = code(&world);
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let next = answer(
        &mut world,
        "EMAIL_OTP",
        &session(&challenge),
        &[("EMAIL_OTP_CODE", &code)],
    );
    assert_eq!(next.unwrap()["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[test]
fn the_password_in_between_buys_no_more_guesses() {
    let mut world = open_world();
    world.shared.clock.freeze(1_800_000_000);
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let wrong = if app_code(&world) == "000000" {
        "000001"
    } else {
        "000000"
    };
    for _ in 0..5 {
        let session = session(&by_password(&mut world));
        let given = [("SOFTWARE_TOKEN_MFA_CODE", wrong)];
        let refused = answer(&mut world, "SOFTWARE_TOKEN_MFA", &session, &given);
        assert_eq!(kind(refused), "CodeMismatchException");
    }
    let password = json!({"USERNAME": USER, "PASSWORD": PASSWORD});
    assert_eq!(
        message(begin(&mut world, "USER_PASSWORD_AUTH", password)),
        "Password attempts exceeded"
    );
    world.shared.clock.advance(1);
    let session = session(&by_password(&mut world));
    let right = app_code(&world);
    let given = [("SOFTWARE_TOKEN_MFA_CODE", right.as_str())];
    assert!(has_tokens(
        &answer(&mut world, "SOFTWARE_TOKEN_MFA", &session, &given).unwrap()
    ));
    let username = user(&world, USER).username;
    assert!(!pool(&mut world).lockouts.contains_key(&username));
}

#[test]
fn who_has_set_a_factor_up_meanwhile_is_asked_for_it() {
    let (mut world, begun) = at_setup();
    let other = session(&by_password(&mut world));
    let (others_secret, other) = associated(&mut world, &other);
    let own = session(&by_password(&mut world));
    let (secret, own) = associated(&mut world, &own);
    let verify = |world: &mut World, session: &str, secret: &[u8]| {
        let code = totp::code_at(secret, world.shared.clock.now());
        let input = json!({"Session": session, "UserCode": code});
        perform(world, "VerifySoftwareToken", input)
    };
    let verified = verify(&mut world, &own, &secret).unwrap();
    assert!(has_tokens(
        &answer(&mut world, "MFA_SETUP", &session(&verified), &[]).unwrap()
    ));
    let begun = json!({"Session": begun});
    for outcome in [
        perform(&mut world, "AssociateSoftwareToken", begun),
        verify(&mut world, &other, &others_secret),
    ] {
        assert_eq!(message(outcome), "Invalid session for the user.");
    }
}

#[test]
fn a_sign_in_does_not_outlive_the_password_that_it_began_with() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let session = session(&by_password(&mut world));
    let username = user(&world, USER).username;
    pool(&mut world)
        .set_password(&username, "Cornflower-43!")
        .unwrap();
    let code = app_code(&world);
    let given = [("SOFTWARE_TOKEN_MFA_CODE", code.as_str())];
    let refused = answer(&mut world, "SOFTWARE_TOKEN_MFA", &session, &given);
    assert_eq!(kind(refused), "NotAuthorizedException");
}
