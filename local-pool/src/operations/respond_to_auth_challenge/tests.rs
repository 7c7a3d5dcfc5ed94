use super::*;
use crate::clock;
use crate::operations::testing::{allow, has_password, perform, refused, user, world};
use crate::pool::user::Status;
use crate::protocol::not_authorized;
use crate::world::World;
use serde_json::{Value, json};

const NEW: &str = "new@example.com";

fn challenged(world: &mut World) -> String {
    allow(world, "ALLOW_USER_PASSWORD_AUTH");
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": NEW, "PASSWORD": "Temporary-42!"},
    });
    let answer = perform(world, "InitiateAuth", input).unwrap();
    answer["Session"].as_str().unwrap().to_owned()
}

fn answer(session: &str, username: &str, password: &str) -> Value {
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeResponses": {
            "USERNAME": username, "NEW_PASSWORD": password, "userAttributes.name": "Nova",
        },
    })
}

#[test]
fn a_new_password_signs_in_once() {
    let mut world = world();
    let session = challenged(&mut world);
    let weak = refused(
        &mut world,
        "RespondToAuthChallenge",
        answer(&session, NEW, "weak"),
    );
    assert_eq!(weak.kind, "InvalidPasswordException");
    let good = answer(&session, NEW, "Sunflower-43!");
    let result = perform(&mut world, "RespondToAuthChallenge", good.clone()).unwrap();
    assert!(result["AuthenticationResult"]["IdToken"].is_string());
    let user = user(&world, NEW);
    assert!(has_password(&world, NEW, "Sunflower-43!") && user.status == Status::Confirmed);
    assert_eq!(user.attributes["name"], "Nova");
    let again = refused(&mut world, "RespondToAuthChallenge", good);
    assert_eq!(
        again,
        not_authorized("Invalid session for the user, session can only be used once.")
    );
}

#[test]
fn a_session_lasts_three_minutes_and_is_its_users_alone() {
    let mut world = world();
    let session = challenged(&mut world);
    let other = refused(
        &mut world,
        "RespondToAuthChallenge",
        answer(&session, "user@example.com", "Sunflower-43!"),
    );
    assert_eq!(other, not_authorized("Invalid session for the user."));
    world.shared.clock.advance(180);
    let late = refused(
        &mut world,
        "RespondToAuthChallenge",
        answer(&session, NEW, "Sunflower-43!"),
    );
    assert_eq!(
        late,
        not_authorized("Invalid session for the user, session is expired.")
    );
    let unknown = answer(&"x".repeat(40), NEW, "Sunflower-43!");
    let unknown = refused(&mut world, "RespondToAuthChallenge", unknown);
    assert_eq!(unknown, not_authorized("Invalid session for the user."));
}

#[test]
fn the_address_cannot_be_changed_along_with_the_password() {
    let mut world = world();
    let session = challenged(&mut world);
    let mut input = answer(&session, NEW, "Sunflower-43!");
    input["ChallengeResponses"]["userAttributes.email"] = json!("other@example.com");
    let refusal = refused(&mut world, "RespondToAuthChallenge", input);
    assert_eq!(refusal, not_authorized("Cannot modify an already provided email"));
    assert_eq!(user(&world, NEW).status, Status::ForceChangePassword);
}

#[test]
fn an_answer_without_a_challenge_is_refused() {
    let mut world = world();
    let mut input = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": "user@example.com",
            "PASSWORD_CLAIM_SECRET_BLOCK": "YWJj",
            "PASSWORD_CLAIM_SIGNATURE": "YWJj",
            "TIMESTAMP": clock::format_timestamp(world.shared.clock.now()),
        },
    });
    assert_eq!(
        refused(&mut world, "RespondToAuthChallenge", input.clone()),
        incorrect_credentials()
    );
    let begin = json!({
        "AuthFlow": "USER_SRP_AUTH",
        "AuthParameters": {"USERNAME": "user@example.com", "SRP_A": "abcdef"},
    });
    let challenge = perform(&mut world, "InitiateAuth", begin).unwrap();
    let block = challenge["ChallengeParameters"]["SECRET_BLOCK"].clone();
    input["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"] = block;
    input["ChallengeResponses"]["TIMESTAMP"] = json!("now");
    let refusal = refused(&mut world, "RespondToAuthChallenge", input.clone());
    assert!(
        refusal.message.starts_with("TIMESTAMP format should be"),
        "{refusal:?}"
    );
    input["ChallengeName"] = json!("SMS_MFA");
    assert_eq!(
        refused(&mut world, "RespondToAuthChallenge", input).kind,
        "InvalidParameterException"
    );
}
