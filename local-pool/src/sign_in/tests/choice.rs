use super::*;
use crate::operations::testing::{legacy, wrong_code};

#[test]
fn without_a_preference_the_factors_are_listed() {
    let mut world = open_world();
    let offer = by_choice(&mut world, json!({})).unwrap();
    assert_eq!(offer["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(
        offer["AvailableChallenges"],
        json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])
    );
    add_phone(&mut world);
    let offer = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "WEB_AUTHN"})).unwrap();
    assert_eq!(
        offer["AvailableChallenges"],
        json!(["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"])
    );
}

#[test]
fn the_client_has_to_allow_it() {
    let mut world = world();
    let refusal = kind(by_choice(&mut world, json!({})));
    assert_eq!(refusal, "InvalidParameterException");
}

#[test]
fn a_code_by_mail_signs_in_and_a_wrong_one_can_be_put_right() {
    let mut world = open_world();
    let challenge = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "EMAIL_OTP"})).unwrap();
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
    let parameters = &challenge["ChallengeParameters"];
    assert_eq!(parameters["CODE_DELIVERY_DELIVERY_MEDIUM"], "EMAIL");
    assert_eq!(parameters["CODE_DELIVERY_DESTINATION"], "u***@e***");
    let session = session(&challenge);
    let (right, wrong) = (code(&world), wrong_code(&world));
    assert_eq!(right.len(), 8);
    let refused = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &wrong)]);
    assert_eq!(kind(refused), "CodeMismatchException");
    let result = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &right)]).unwrap();
    assert!(has_tokens(&result));
    let again = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &right)]);
    assert_eq!(
        message(again),
        "Invalid session for the user, session can only be used once."
    );
}

#[test]
fn a_code_by_text_message_signs_in() {
    let mut world = open_world();
    add_phone(&mut world);
    let offer = by_choice(&mut world, json!({})).unwrap();
    let challenge = answer(
        &mut world,
        "SELECT_CHALLENGE",
        &session(&offer),
        &[("ANSWER", "SMS_OTP")],
    )
    .unwrap();
    assert_eq!(
        challenge["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"],
        "+*******0199"
    );
    let code = code(&world);
    let result = answer(
        &mut world,
        "SMS_OTP",
        &session(&challenge),
        &[("SMS_OTP_CODE", &code)],
    );
    assert!(has_tokens(&result.unwrap()));
}

#[test]
fn a_password_can_come_at_once_with_the_choice_or_after_it() {
    let mut world = open_world();
    let at_once = json!({"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD});
    assert!(has_tokens(&by_choice(&mut world, at_once).unwrap()));

    let offer = by_choice(&mut world, json!({})).unwrap();
    let with_choice = [("ANSWER", "PASSWORD"), ("PASSWORD", PASSWORD)];
    let result = answer(&mut world, "SELECT_CHALLENGE", &session(&offer), &with_choice);
    assert!(has_tokens(&result.unwrap()));

    let challenge = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "PASSWORD"})).unwrap();
    assert_eq!(challenge["ChallengeName"], "PASSWORD");
    let result = answer(
        &mut world,
        "PASSWORD",
        &session(&challenge),
        &[("PASSWORD", PASSWORD)],
    );
    assert!(has_tokens(&result.unwrap()));

    let wrong = json!({"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "Sunflower-43!"});
    assert_eq!(kind(by_choice(&mut world, wrong)), "NotAuthorizedException");
}

#[test]
fn srp_as_a_choice_comes_with_a_session() {
    let mut world = open_world();
    let challenge = by_choice(
        &mut world,
        json!({"PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "abcdef"}),
    )
    .unwrap();
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    assert!(!session(&challenge).is_empty());
    let challenge = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "PASSWORD_SRP"})).unwrap();
    assert_eq!(challenge["ChallengeName"], "PASSWORD_SRP");
    let challenge = answer(
        &mut world,
        "PASSWORD_SRP",
        &session(&challenge),
        &[("SRP_A", "abcdef")],
    );
    assert_eq!(challenge.unwrap()["ChallengeName"], "PASSWORD_VERIFIER");
}

#[test]
fn what_is_not_on_offer_cannot_be_chosen() {
    let mut world = open_world();
    let offer = by_choice(&mut world, json!({})).unwrap();
    for choice in [
        "SMS_OTP",
        "WEB_AUTHN",
        "NEW_PASSWORD_REQUIRED",
        "SOFTWARE_TOKEN_MFA",
    ] {
        let refused = answer(
            &mut world,
            "SELECT_CHALLENGE",
            &session(&offer),
            &[("ANSWER", choice)],
        );
        assert_eq!(kind(refused), "InvalidParameterException", "{choice}");
    }
    // None of them has used the Session up.
    let challenge = answer(
        &mut world,
        "SELECT_CHALLENGE",
        &session(&offer),
        &[("ANSWER", "EMAIL_OTP")],
    );
    assert_eq!(challenge.unwrap()["ChallengeName"], "EMAIL_OTP");
}

#[test]
fn nobody_is_told_from_somebody() {
    let mut world = open_world();
    let ask = |world: &mut World, name: &str, preferred: &str| {
        let parameters = json!({"USERNAME": name, "PREFERRED_CHALLENGE": preferred});
        begin(world, "USER_AUTH", parameters)
    };
    let shape = |answer: &Value| {
        let keys = |value: &Value| {
            value
                .as_object()
                .map(|map| map.keys().cloned().collect::<Vec<_>>())
        };
        (
            keys(answer),
            answer["ChallengeName"].clone(),
            answer["AvailableChallenges"].clone(),
            keys(&answer["ChallengeParameters"]),
        )
    };
    for preferred in ["", "PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"] {
        let somebody = ask(&mut world, USER, preferred).unwrap();
        let sent = world.shared.mailbox().mails().count();
        let nobody = ask(&mut world, "nobody@example.com", preferred).unwrap();
        assert_eq!(shape(&somebody), shape(&nobody), "{preferred}");
        assert_eq!(world.shared.mailbox().mails().count(), sent, "nobody gets mail");
    }
    let challenge = ask(&mut world, "nobody@example.com", "EMAIL_OTP").unwrap();
    let input = json!({
        "ChallengeName": "EMAIL_OTP",
        "Session": session(&challenge),
        "ChallengeResponses": {"USERNAME": "nobody@example.com", "EMAIL_OTP_CODE": "12345678"},
    });
    let refused = perform(&mut world, "RespondToAuthChallenge", input);
    assert_eq!(kind(refused), "CodeMismatchException");
    legacy(&mut world);
    assert_eq!(
        kind(ask(&mut world, "nobody@example.com", "")),
        "UserNotFoundException"
    );
}

#[test]
fn a_user_who_needs_two_factors_begins_with_the_password() {
    let mut world = open_world();
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let offer = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "EMAIL_OTP"})).unwrap();
    assert_eq!(offer["AvailableChallenges"], json!(["PASSWORD", "PASSWORD_SRP"]));
}

#[test]
fn a_confirmed_sign_up_leads_into_a_sign_in_once() {
    let mut world = open_world();
    let ada = json!({"Username": "ada@example.com", "Password": PASSWORD});
    let signed_up = perform(&mut world, "SignUp", ada).unwrap();
    let early = json!({
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": "ada@example.com"},
        "Session": session(&signed_up),
    });
    assert_eq!(
        message(perform(&mut world, "InitiateAuth", early)),
        "Invalid session for the user."
    );
    let code = code(&world);
    let confirm = json!({
        "Username": "ada@example.com",
        "ConfirmationCode": code,
        "Session": session(&signed_up),
    });
    let confirmed = perform(&mut world, "ConfirmSignUp", confirm).unwrap();
    let input = |name: &str| {
        json!({
            "AuthFlow": "USER_AUTH",
            "AuthParameters": {"USERNAME": name},
            "Session": session(&confirmed),
        })
    };
    let stolen = perform(&mut world, "InitiateAuth", input(USER));
    assert_eq!(message(stolen), "Invalid session for the user.");
    let result = perform(&mut world, "InitiateAuth", input("ada@example.com")).unwrap();
    assert!(has_tokens(&result));
    let again = perform(&mut world, "InitiateAuth", input("ada@example.com"));
    assert!(message(again).ends_with("session can only be used once."));
}

#[test]
fn wrong_codes_lock_out_as_wrong_passwords_do() {
    let mut world = open_world();
    let challenge = by_choice(&mut world, json!({"PREFERRED_CHALLENGE": "EMAIL_OTP"})).unwrap();
    let session = session(&challenge);
    let (right, wrong) = (code(&world), wrong_code(&world));
    for _ in 0..5 {
        let refused = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &wrong)]);
        assert_eq!(kind(refused), "CodeMismatchException");
    }
    let locked = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &right)]);
    assert_eq!(message(locked), "Password attempts exceeded");
    world.shared.clock.advance(2);
    let result = answer(&mut world, "EMAIL_OTP", &session, &[("EMAIL_OTP_CODE", &right)]);
    assert!(has_tokens(&result.unwrap()));
}
