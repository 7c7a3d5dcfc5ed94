//! What the claims have to say.

use super::*;

#[test]
fn an_id_token() {
    let claims = verify_text(valid()).unwrap();
    assert_eq!(claims.sub, "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    assert_eq!((claims.iss.as_str(), claims.aud.as_str()), (ISSUER, CLIENT));
    assert_eq!(
        (claims.exp, claims.iat, claims.auth_time),
        (NOW + 3600, NOW - 5, Some(NOW - 100))
    );
    assert_eq!(claims.username, "janedoe");
    assert_eq!(claims.groups, ["admins", "staff"]);
    assert_eq!(claims.email.as_deref(), Some("jane@example.com"));
    assert!(claims.email_verified && !claims.phone_number_verified);
    assert_eq!(claims.custom("plan"), Some("pro"));
    assert_eq!(claims.custom("nothing"), None);
    assert_eq!(
        claims.other.keys().collect::<Vec<_>>(),
        ["custom:plan", "identities"]
    );

    let sent = serde_json::to_string(&claims).unwrap();
    assert_eq!(serde_json::from_str::<IdClaims>(&sent).unwrap(), claims);
    assert!(!format!("{claims:?}").contains("jane"));
}

#[test]
fn an_access_token() {
    let claims = verify_access(&access_payload()).unwrap();
    assert_eq!(claims.username, "janedoe");
    assert_eq!(claims.groups, ["admins"]);
    assert!(claims.has_scope("openid") && claims.has_scope("aws.cognito.signin.user.admin"));
    assert!(!claims.has_scope("open") && !claims.has_scope("profile"));
    assert!(!format!("{claims:?}").contains("jane"));
}

#[test]
fn claims_that_may_be_absent() {
    let mut payload = id_payload();
    for name in [
        "cognito:groups",
        "email",
        "email_verified",
        "phone_number_verified",
        "auth_time",
        "jti",
    ] {
        payload = without(payload, name);
    }
    let claims = verify_payload(&payload).unwrap();
    assert!(claims.groups.is_empty() && !claims.email_verified && claims.auth_time.is_none());
    for (value, verified) in [
        (json!("true"), true),
        (json!("True"), true),
        (json!("1"), false),
        (json!(null), false),
    ] {
        let claims = verify_payload(&with(id_payload(), "email_verified", value)).unwrap();
        assert_eq!(claims.email_verified, verified);
    }
}

#[test]
fn claims_that_may_not() {
    for name in ["sub", "iss", "aud", "exp", "iat", "token_use", "cognito:username"] {
        assert_eq!(
            verify_payload(&without(id_payload(), name)).unwrap_err(),
            TokenError::Claim(name)
        );
    }
    for name in ["sub", "iss", "client_id", "exp", "iat", "token_use", "username"] {
        assert_eq!(
            verify_access(&without(access_payload(), name)).unwrap_err(),
            TokenError::Claim(name)
        );
    }
}

#[test]
fn claims_of_a_wrong_type() {
    for (name, value) in [
        ("sub", json!(7)),
        ("sub", json!("")),
        ("iss", json!([ISSUER])),
        ("aud", json!([CLIENT])),
        ("exp", json!((NOW + 3600).to_string())),
        ("exp", json!(1.8e9 + 3600.5)),
        ("exp", json!(-1)),
        ("exp", json!(1e300)),
        ("exp", json!(null)),
        ("iat", json!("now")),
        ("nbf", json!("now")),
        ("auth_time", json!({})),
        ("email", json!({ "a": 1 })),
        ("email_verified", json!(1)),
        ("cognito:groups", json!("admins")),
        ("cognito:groups", json!([["admins"]])),
        ("nonce", json!(1)),
    ] {
        assert_eq!(
            verify_payload(&with(id_payload(), name, value)).unwrap_err(),
            TokenError::Claim(name)
        );
    }
}

#[test]
fn times() {
    let at = |name: &str, time: u64| verify_payload(&with(id_payload(), name, json!(time))).err();
    assert_eq!(at("exp", NOW - CLOCK_LEEWAY_SECS), Some(TokenError::Expired));
    assert_eq!(at("exp", NOW - CLOCK_LEEWAY_SECS + 1), None);
    assert_eq!(at("exp", 0), Some(TokenError::Expired));
    assert_eq!(at("exp", u64::MAX), None);
    assert_eq!(at("nbf", NOW + CLOCK_LEEWAY_SECS), None);
    assert_eq!(
        at("nbf", NOW + CLOCK_LEEWAY_SECS + 1),
        Some(TokenError::NotYetValid)
    );
    assert_eq!(at("iat", NOW + ISSUED_AHEAD_MAX_SECS), None);
    assert_eq!(
        at("iat", NOW + ISSUED_AHEAD_MAX_SECS + 1),
        Some(TokenError::IssuedInFuture)
    );
    assert_eq!(at("iat", u64::MAX), Some(TokenError::IssuedInFuture));
    let late = verifier().verify_id(&IdToken::from(valid().to_owned()), u64::MAX);
    assert_eq!(late.unwrap_err(), TokenError::Expired);
    let expired = verify_access(&with(access_payload(), "exp", json!(NOW - 61)));
    assert_eq!(expired.unwrap_err(), TokenError::Expired);
}

#[test]
fn another_pool_client_or_kind() {
    for (name, value, error) in [
        (
            "iss",
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other",
            TokenError::Issuer,
        ),
        ("aud", "another", TokenError::Audience),
        ("token_use", "access", TokenError::TokenUse),
    ] {
        assert_eq!(
            verify_payload(&with(id_payload(), name, json!(value))).unwrap_err(),
            error
        );
    }
    for (name, value, error) in [
        ("iss", format!("{ISSUER}/"), TokenError::Issuer),
        ("client_id", CLIENT.to_lowercase(), TokenError::Audience),
        ("token_use", "id".to_owned(), TokenError::TokenUse),
    ] {
        assert_eq!(
            verify_access(&with(access_payload(), name, json!(value))).unwrap_err(),
            error
        );
    }
    assert_eq!(
        verify_payload(&access_payload()).unwrap_err(),
        TokenError::TokenUse
    );
    assert_eq!(verify_access(&id_payload()).unwrap_err(), TokenError::TokenUse);
}

#[test]
fn nonce() {
    let token = IdToken::from(sign(
        key(),
        &header(),
        with(id_payload(), "nonce", json!("n1")).to_string(),
    ));
    assert!(verifier().verify_id_with_nonce(&token, "n1", NOW).is_ok());
    assert_eq!(
        verifier().verify_id_with_nonce(&token, "n2", NOW),
        Err(TokenError::Nonce)
    );
    let without = IdToken::from(valid().to_owned());
    assert_eq!(
        verifier().verify_id_with_nonce(&without, "", NOW),
        Err(TokenError::Nonce)
    );
}

#[test]
fn the_two_tokens_have_one_subject() {
    let id = IdToken::from(valid().to_owned());
    let access = |payload: Value| AccessToken::from(sign(key(), &header(), payload.to_string()));
    let (of_id, of_access) = verifier()
        .verify_answer(&id, &access(access_payload()))
        .unwrap();
    assert_eq!(of_id.sub, of_access.sub);
    let other = access(with(
        access_payload(),
        "sub",
        json!("ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee"),
    ));
    assert_eq!(
        verifier().verify_answer(&id, &other).unwrap_err(),
        TokenError::Subject
    );
}

#[test]
fn of_a_claim_given_twice_the_last_counts() {
    let payload = id_payload().to_string();
    let twice = format!("{},\"exp\":{}}}", payload.strip_suffix('}').unwrap(), NOW - 1000);
    assert_eq!(
        verify_text(sign(key(), &header(), twice)).unwrap_err(),
        TokenError::Expired
    );
}
