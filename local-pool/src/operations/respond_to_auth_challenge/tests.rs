use super::*;
use crate::operations::testing::{perform, pool, refused};
use serde_json::{Value, json};

const NEW: &str = "new@example.com";

fn challenged(pool: &mut Pool) -> String {
    let sub = pool.find(NEW).unwrap().sub.clone();
    let answer = sign_in::password_proven(pool, &sub).unwrap();
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
    let mut pool = pool();
    let session = challenged(&mut pool);
    let weak = refused(&mut pool, "RespondToAuthChallenge", answer(&session, NEW, "weak"));
    assert_eq!(weak.kind, "InvalidPasswordException");
    let good = answer(&session, NEW, "Sunflower-43!");
    let result = perform(&mut pool, "RespondToAuthChallenge", good.clone()).unwrap();
    assert!(result["AuthenticationResult"]["IdToken"].is_string());
    let user = pool.find(NEW).unwrap();
    assert!(user.has_password("Sunflower-43!") && user.status == Status::Confirmed);
    assert_eq!(user.attributes["name"], "Nova");
    let again = refused(&mut pool, "RespondToAuthChallenge", good);
    assert_eq!(
        again,
        not_authorized("Invalid session for the user, session can only be used once.")
    );
}

#[test]
fn a_session_lasts_three_minutes_and_is_its_users_alone() {
    let mut pool = pool();
    let session = challenged(&mut pool);
    let other = refused(
        &mut pool,
        "RespondToAuthChallenge",
        answer(&session, "user@example.com", "Sunflower-43!"),
    );
    assert_eq!(other, not_authorized("Invalid session for the user."));
    pool.clock.advance(sign_in::SESSION_SECONDS);
    let late = refused(
        &mut pool,
        "RespondToAuthChallenge",
        answer(&session, NEW, "Sunflower-43!"),
    );
    assert_eq!(
        late,
        not_authorized("Invalid session for the user, session is expired.")
    );
    let unknown = answer(&"x".repeat(40), NEW, "Sunflower-43!");
    let unknown = refused(&mut pool, "RespondToAuthChallenge", unknown);
    assert_eq!(unknown, not_authorized("Invalid session for the user."));
}

#[test]
fn the_address_cannot_be_changed_along_with_the_password() {
    let mut pool = pool();
    let session = challenged(&mut pool);
    let mut input = answer(&session, NEW, "Sunflower-43!");
    input["ChallengeResponses"]["userAttributes.email"] = json!("other@example.com");
    let refusal = refused(&mut pool, "RespondToAuthChallenge", input);
    assert_eq!(refusal, not_authorized("Cannot modify an already provided email"));
    assert_eq!(pool.find(NEW).unwrap().status, Status::ForceChangePassword);
}

#[test]
fn an_answer_without_a_challenge_is_refused() {
    let mut pool = pool();
    let mut input = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": "user@example.com",
            "PASSWORD_CLAIM_SECRET_BLOCK": "YWJj",
            "PASSWORD_CLAIM_SIGNATURE": "YWJj",
            "TIMESTAMP": clock::format_timestamp(pool.clock.now()),
        },
    });
    assert_eq!(
        refused(&mut pool, "RespondToAuthChallenge", input.clone()),
        incorrect_credentials()
    );
    input["ChallengeResponses"]["TIMESTAMP"] = json!("now");
    let refusal = refused(&mut pool, "RespondToAuthChallenge", input.clone());
    assert!(
        refusal.message.starts_with("TIMESTAMP format should be"),
        "{refusal:?}"
    );
    input["ChallengeName"] = json!("SMS_MFA");
    assert_eq!(
        refused(&mut pool, "RespondToAuthChallenge", input).kind,
        "InvalidParameterException"
    );
}
