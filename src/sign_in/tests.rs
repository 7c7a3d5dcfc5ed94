use proptest::prelude::*;
use serde_json::json;

use super::*;

const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

fn attempt() -> Attempt {
    Attempt {
        client_id: "client".to_owned(),
        pool_name: "LocalPool".to_owned(),
        username: "user@example.com".to_owned(),
    }
}

fn started() -> (InitiateAuth, InProgress) {
    match start(
        attempt(),
        Password::from("Sunflower-42!".to_owned()),
        Zeroizing::new([7; 32]),
    ) {
        Next::Initiate(request, state) => (request, state),
        other => panic!("{other:?}"),
    }
}

fn response(value: serde_json::Value) -> AuthResponse {
    serde_json::from_value(value).unwrap()
}

fn verifier() -> serde_json::Value {
    json!({"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": {
        "USER_ID_FOR_SRP": "3f1c9a50", "USERNAME": "3f1c9a50", "SALT": "1550e295534ee52c1d38585d8e73693f",
        "SRP_B": "ab".repeat(384), "SECRET_BLOCK": "c2VjcmV0",
    }})
}

fn new_password_required() -> serde_json::Value {
    json!({"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "opaque-session-of-the-service",
           "ChallengeParameters": {"USER_ID_FOR_SRP": "3f1c9a50",
                                   "requiredAttributes": "[\"userAttributes.name\",\"phone_number\"]"}})
}

#[test]
fn it_starts_with_a_public_value_and_no_password() {
    let (request, _) = started();
    let body = serde_json::to_string(&request).unwrap();
    assert!(body.contains("SRP_A") && !body.contains("Sunflower"));
}

#[test]
fn the_verifier_is_answered_with_a_proof_for_the_internal_name() {
    let (_, state) = started();
    let next = state.on_response(response(verifier()), NOW).unwrap();
    let Next::Respond(request, _) = next else {
        panic!("{next:?}")
    };
    let body = serde_json::to_value(&request).unwrap();
    assert_eq!(body["ChallengeResponses"]["USERNAME"], "3f1c9a50");
    assert_eq!(
        body["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"],
        "c2VjcmV0"
    );
    assert_eq!(
        body["ChallengeResponses"]["TIMESTAMP"],
        "Fri Jan 15 08:00:00 UTC 2027"
    );
    assert!(body.get("Session").is_none(), "there was none to send back");
    assert!(!body.to_string().contains("Sunflower"));
}

#[test]
fn a_new_password_can_be_answered_twice_with_the_same_session() {
    let (_, state) = started();
    let next = state.on_response(response(new_password_required()), NOW).unwrap();
    let Next::NewPassword(challenge) = next else {
        panic!("{next:?}")
    };
    assert_eq!(challenge.missing_attributes, ["name", "phone_number"]);
    for _ in 0..2 {
        let name = Attribute {
            name: "name".to_owned(),
            value: "N. N.".to_owned(),
        };
        let next = challenge.answer(Password::from("Marigold-77!".to_owned()), &[name]);
        let Next::Respond(request, _) = next else {
            panic!("{next:?}")
        };
        let body = serde_json::to_value(&request).unwrap();
        assert_eq!(body["Session"], "opaque-session-of-the-service");
        assert_eq!(body["ChallengeResponses"]["userAttributes.name"], "N. N.");
    }
}

#[test]
fn a_challenge_of_tomorrow_is_named_and_nothing_more() {
    let (_, state) = started();
    let answer =
        response(json!({"ChallengeName": "RETINA_SCAN", "Session": "opaque-session-of-the-service"}));
    let error = state.on_response(answer, NOW).unwrap_err();
    assert_eq!(error, SignInError::UnsupportedChallenge("RETINA_SCAN".to_owned()));
}

#[test]
fn a_second_verifier_is_refused() {
    let (_, state) = started();
    let Next::Respond(_, state) = state.on_response(response(verifier()), NOW).unwrap() else {
        panic!()
    };
    let error = state.on_response(response(verifier()), NOW).unwrap_err();
    assert!(matches!(error, SignInError::UnsupportedChallenge(_)));
}

#[test]
fn what_a_challenge_lacks_is_named() {
    for key in ["USER_ID_FOR_SRP", "SALT", "SRP_B", "SECRET_BLOCK"] {
        let mut answer = verifier();
        answer["ChallengeParameters"].as_object_mut().unwrap().remove(key);
        let error = started().1.on_response(response(answer), NOW).unwrap_err();
        assert_eq!(error, SignInError::Missing(key));
    }
    let error = started().1.on_response(response(json!({})), NOW).unwrap_err();
    assert_eq!(error, SignInError::Missing("ChallengeName"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_answer_panics(
        name in "PASSWORD_VERIFIER|NEW_PASSWORD_REQUIRED|[A-Z_]{0,12}",
        values in prop::collection::vec("\\PC{0,20}|[0-9a-f]{0,64}", 5),
        session in prop::option::of("\\PC{0,30}"),
    ) {
        let keys = ["USER_ID_FOR_SRP", "SALT", "SRP_B", "SECRET_BLOCK", "requiredAttributes"];
        let parameters: BTreeMap<_, _> = keys.into_iter().zip(values).collect();
        let answer = json!({"ChallengeName": name, "ChallengeParameters": parameters, "Session": session});
        let _ = started().1.on_response(response(answer), NOW);
    }
}
