use super::*;
use crate::pool::custom_auth::{CustomAuth, CustomChallenge, Expected};

/// A question, then a code by mail.
fn questioning() -> World {
    let mut world = open_world();
    let question = CustomChallenge {
        parameters: [("question".to_owned(), "Six times seven?".to_owned())].into(),
        expects: Expected::Answer("42".to_owned()),
    };
    let code = CustomChallenge {
        parameters: [("type".to_owned(), "code".to_owned())].into(),
        expects: Expected::CodeTo(Contact::Email),
    };
    pool(&mut world).kept.settings.custom_auth = Some(CustomAuth {
        challenges: vec![question, code],
        attempts: 3,
    });
    world
}

fn reply(world: &mut World, challenge: &Value, given: &str) -> Outcome {
    answer(
        world,
        "CUSTOM_CHALLENGE",
        &session(challenge),
        &[("ANSWER", given)],
    )
}

#[test]
fn the_challenges_come_one_after_the_other() {
    let mut world = questioning();
    let first = begin(&mut world, "CUSTOM_AUTH", json!({"USERNAME": USER})).unwrap();
    assert_eq!(first["ChallengeName"], "CUSTOM_CHALLENGE");
    assert_eq!(first["ChallengeParameters"]["question"], "Six times seven?");
    let again = reply(&mut world, &first, "41").unwrap();
    assert_eq!(again["ChallengeParameters"]["question"], "Six times seven?");
    let second = reply(&mut world, &again, "42").unwrap();
    assert_eq!(second["ChallengeParameters"]["type"], "code");
    let code = code(&world);
    assert!(has_tokens(&reply(&mut world, &second, &code).unwrap()));
}

#[test]
fn the_third_wrong_answer_ends_it() {
    let mut world = questioning();
    let mut challenge = begin(&mut world, "CUSTOM_AUTH", json!({"USERNAME": USER})).unwrap();
    for _ in 0..2 {
        challenge = reply(&mut world, &challenge, "41").unwrap();
    }
    assert_eq!(
        message(reply(&mut world, &challenge, "41")),
        "Incorrect username or password."
    );
    let over = reply(&mut world, &challenge, "42");
    assert!(message(over).ends_with("session can only be used once."));
}

#[test]
fn nobody_is_asked_too_but_never_right() {
    let mut world = questioning();
    let name = json!({"USERNAME": "nobody@example.com"});
    let challenge = begin(&mut world, "CUSTOM_AUTH", name).unwrap();
    let input = json!({
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": session(&challenge),
        "ChallengeResponses": {"USERNAME": "nobody@example.com", "ANSWER": "42"},
    });
    let answered = perform(&mut world, "RespondToAuthChallenge", input).unwrap();
    assert_eq!(answered["ChallengeParameters"]["question"], "Six times seven?");
}

#[test]
fn a_pool_without_challenges_lets_nobody_in() {
    let mut world = open_world();
    let refused = begin(&mut world, "CUSTOM_AUTH", json!({"USERNAME": USER}));
    assert_eq!(kind(refused), "InvalidUserPoolConfigurationException");
    pool(&mut world).kept.settings.custom_auth = Some(CustomAuth {
        challenges: Vec::new(),
        attempts: 3,
    });
    let refused = begin(&mut world, "CUSTOM_AUTH", json!({"USERNAME": USER}));
    assert_eq!(kind(refused), "NotAuthorizedException");
}

#[test]
fn srp_can_come_before_and_then_has_a_session() {
    let mut world = questioning();
    let with_srp = json!({"USERNAME": USER, "CHALLENGE_NAME": "SRP_A", "SRP_A": "abcdef"});
    let challenge = begin(&mut world, "CUSTOM_AUTH", with_srp).unwrap();
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    assert!(!session(&challenge).is_empty());
}
