use super::*;

const LEVELS: [&str; 4] = [
    "urn:cognito:loa:1",
    "urn:cognito:loa:2",
    "urn:cognito:loa:3",
    "urn:cognito:loa:4",
];

fn token(answer: &Value) -> String {
    answer["AuthenticationResult"]["AccessToken"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// A signed-in user of a pool without required factors, who has an app.
fn signed_in() -> (World, String) {
    let mut world = open_world();
    world.shared.clock.freeze(1_800_000_000);
    let result = by_password(&mut world);
    let claims = claims(&mut world, &result);
    assert_eq!(
        (&claims["acr"], &claims["amr"]),
        (&json!(LEVELS[0]), &json!(["pwd"]))
    );
    with_mfa(&mut world, MfaConfiguration::Optional);
    add_app(&mut world);
    let token = token(&result);
    (world, token)
}

#[test]
fn a_higher_level_asks_only_for_what_is_missing() {
    let (mut world, token) = signed_in();
    let input = json!({"TARGET_ACR_VALUES": LEVELS[3], "ACCESS_TOKEN": token});
    let challenge = by_choice(&mut world, input).unwrap();
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let code = app_code(&world);
    let result = answer(
        &mut world,
        "SOFTWARE_TOKEN_MFA",
        &session(&challenge),
        &[("SOFTWARE_TOKEN_MFA_CODE", &code)],
    )
    .unwrap();
    let claims = claims(&mut world, &result);
    assert_eq!(
        (&claims["acr"], &claims["amr"]),
        (&json!(LEVELS[3]), &json!(["pwd", "otp", "mfa"]))
    );
}

#[test]
fn a_level_that_is_reached_already_gives_no_tokens() {
    let (mut world, token) = signed_in();
    let input = json!({"TARGET_ACR_VALUES": LEVELS[0], "ACCESS_TOKEN": token});
    // The password is credited, but this user now needs two factors.
    assert_eq!(
        by_choice(&mut world, input.clone()).unwrap()["ChallengeName"],
        "SOFTWARE_TOKEN_MFA"
    );
    pool(&mut world).kept.settings.mfa.configuration = MfaConfiguration::Off;
    assert_eq!(
        message(by_choice(&mut world, input)),
        "The requested authentication level has been reached already."
    );
}

#[test]
fn an_old_authentication_earns_no_credit() {
    let (mut world, token) = signed_in();
    world.shared.clock.advance(601);
    let input =
        |max_age: &str| json!({"TARGET_ACR_VALUES": LEVELS[3], "ACCESS_TOKEN": token, "MAX_AGE": max_age});
    let fresh = by_choice(&mut world, input("3600")).unwrap();
    assert_eq!(fresh["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let stale = by_choice(&mut world, input("600")).unwrap();
    assert_eq!(stale["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(stale["AvailableChallenges"], json!(["PASSWORD", "PASSWORD_SRP"]));
    assert_eq!(
        kind(by_choice(&mut world, input("soon"))),
        "InvalidParameterException"
    );
}

#[test]
fn the_first_level_within_reach_is_taken() {
    let mut world = open_world();
    let levels = format!("urn:other {} {}", LEVELS[3], LEVELS[1]);
    let offer = by_choice(&mut world, json!({"TARGET_ACR_VALUES": levels})).unwrap();
    // Without an app, level 4 is out of reach, and a password alone does not reach level 2.
    assert_eq!(offer["AvailableChallenges"], json!(["EMAIL_OTP"]));
    let unknown = by_choice(&mut world, json!({"TARGET_ACR_VALUES": "urn:other"}));
    assert_eq!(kind(unknown), "InvalidParameterException");
    let out_of_reach = by_choice(&mut world, json!({"TARGET_ACR_VALUES": LEVELS[3]}));
    assert_eq!(kind(out_of_reach), "InvalidParameterException");
}

#[test]
fn a_token_is_credited_to_its_own_user_alone() {
    let (mut world, token) = signed_in();
    let input = json!({
        "USERNAME": "admin@example.com",
        "TARGET_ACR_VALUES": LEVELS[0],
        "ACCESS_TOKEN": token,
    });
    assert_eq!(
        kind(begin(&mut world, "USER_AUTH", input)),
        "NotAuthorizedException"
    );
    let without_target = by_choice(&mut world, json!({"ACCESS_TOKEN": token}));
    assert_eq!(kind(without_target), "InvalidParameterException");
    let made_up = json!({"TARGET_ACR_VALUES": LEVELS[0], "ACCESS_TOKEN": "a.b.c"});
    assert_eq!(kind(by_choice(&mut world, made_up)), "NotAuthorizedException");
}

#[test]
fn levels_have_the_names_that_the_pool_gives_them() {
    let mut world = open_world();
    pool(&mut world).kept.settings.acr_values[0] = "urn:example:low".to_owned();
    let result = by_password(&mut world);
    assert_eq!(claims(&mut world, &result)["acr"], "urn:example:low");
    let renewed = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": result["AuthenticationResult"]["RefreshToken"]},
    });
    let renewed = perform(&mut world, "InitiateAuth", renewed).unwrap();
    assert_eq!(claims(&mut world, &renewed)["acr"], "urn:example:low");
}

#[test]
fn a_level_tells_nobody_from_somebody_without_second_factors() {
    let mut world = open_world();
    for level in 1..=4 {
        let [somebody, nobody] = [USER, "nobody@example.com"].map(|name| {
            let targets = format!("urn:cognito:loa:{level}");
            let asked = json!({"USERNAME": name, "TARGET_ACR_VALUES": targets});
            begin(&mut world, "USER_AUTH", asked).map(|answer| answer["AvailableChallenges"].clone())
        });
        assert_eq!(somebody, nobody, "{level}");
    }
}

#[test]
fn another_clients_token_and_one_without_the_users_scope_earn_nothing() {
    let (mut world, token) = signed_in();
    let other = crate::pool::client::Client {
        id: "otherclient000000000000001".to_owned(),
        ..client(&mut world).clone()
    };
    pool(&mut world)
        .kept
        .clients
        .insert(other.id.clone(), other.clone());
    let input = json!({
        "ClientId": other.id,
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": USER, "TARGET_ACR_VALUES": LEVELS[3], "ACCESS_TOKEN": token},
    });
    assert_eq!(
        kind(perform(&mut world, "InitiateAuth", input)),
        "NotAuthorizedException"
    );

    let client = client(&mut world).clone();
    let signed_in = crate::tokens::SignedIn {
        username: user(&world, USER).username,
        methods: vec![crate::sign_in::level::Method::Password],
        scopes: vec!["openid".to_owned()],
        ..crate::tokens::SignedIn::default()
    };
    let narrow = crate::tokens::sign_in(pool(&mut world), &client, signed_in).unwrap();
    let input = json!({"TARGET_ACR_VALUES": LEVELS[3], "ACCESS_TOKEN": narrow["AccessToken"]});
    assert_eq!(kind(by_choice(&mut world, input)), "NotAuthorizedException");
}
