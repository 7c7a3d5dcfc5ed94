use serde_json::{Value, json};

use crate::operations::testing::factors::{totp_code, totp_pool};
use crate::operations::testing::{allow, perform, pool, refused};
use crate::pool::settings::MfaConfiguration;
use crate::world::World;

const EMAIL: &str = "user@example.com";

/// A pool that demands an app of everybody, and the MFA_SETUP of a user without one.
fn begun() -> (World, Value) {
    let (mut world, _) = totp_pool();
    allow(&mut world, "ALLOW_USER_PASSWORD_AUTH");
    pool(&mut world).kept.settings.mfa.configuration = MfaConfiguration::On;
    let challenge = enter(&mut world);
    assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
    assert_eq!(
        challenge["ChallengeParameters"]["MFAS_CAN_SETUP"],
        json!(r#"["SOFTWARE_TOKEN_MFA"]"#)
    );
    (world, challenge["Session"].clone())
}

fn enter(world: &mut World) -> Value {
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": EMAIL, "PASSWORD": "Sunflower-42!"},
    });
    perform(world, "InitiateAuth", input).unwrap()
}

fn respond(session: &Value) -> Value {
    json!({
        "ChallengeName": "MFA_SETUP",
        "Session": session,
        "ChallengeResponses": {"USERNAME": EMAIL},
    })
}

#[test]
fn an_app_is_set_up_on_the_way_in_and_asked_for_from_then_on() {
    let (mut world, session) = begun();
    let associated = perform(&mut world, "AssociateSoftwareToken", json!({"Session": session})).unwrap();
    let secret = associated["SecretCode"].as_str().unwrap();
    let code = totp_code(&mut world, secret);
    let verify = json!({"Session": associated["Session"], "UserCode": code});
    let verified = perform(&mut world, "VerifySoftwareToken", verify.clone()).unwrap();
    assert_eq!(verified["Status"], "SUCCESS");
    let tokens = perform(
        &mut world,
        "RespondToAuthChallenge",
        respond(&verified["Session"]),
    )
    .unwrap();
    assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
    assert_eq!(
        refused(&mut world, "VerifySoftwareToken", verify).kind,
        "NotAuthorizedException"
    );
    assert_eq!(enter(&mut world)["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[test]
fn no_step_of_the_setup_can_be_left_out() {
    let (mut world, session) = begun();
    let early = json!({"Session": session, "UserCode": "000000"});
    for (operation, input) in [
        ("VerifySoftwareToken", early),
        ("RespondToAuthChallenge", respond(&session)),
    ] {
        assert_eq!(
            refused(&mut world, operation, input).kind,
            "NotAuthorizedException"
        );
    }
    let first = perform(&mut world, "AssociateSoftwareToken", json!({"Session": session})).unwrap();
    let spent = refused(&mut world, "AssociateSoftwareToken", json!({"Session": session}));
    assert_eq!(spent.kind, "NotAuthorizedException");
    let refusal = refused(&mut world, "RespondToAuthChallenge", respond(&first["Session"]));
    assert_eq!(refusal.kind, "NotAuthorizedException");
}

#[test]
fn a_wrong_code_can_be_corrected_and_a_new_secret_replaces_the_first() {
    let (mut world, session) = begun();
    let first = perform(&mut world, "AssociateSoftwareToken", json!({"Session": session})).unwrap();
    let again = json!({"Session": first["Session"]});
    let second = perform(&mut world, "AssociateSoftwareToken", again).unwrap();
    let stale = totp_code(&mut world, first["SecretCode"].as_str().unwrap());
    let input = |code: &str| json!({"Session": second["Session"], "UserCode": code});
    let refusal = refused(&mut world, "VerifySoftwareToken", input(&stale));
    assert_eq!(refusal.kind, "EnableSoftwareTokenMFAException");
    let code = totp_code(&mut world, second["SecretCode"].as_str().unwrap());
    perform(&mut world, "VerifySoftwareToken", input(&code)).unwrap();
}
