//! Every challenge of the service model.

use serde_json::{Value, json};

use super::walk::*;
use crate::{config::SignInFlow, sign_in::SignInError};

/// For the operations of an administrator alone.
const NEVER_PUBLIC: [&str; 1] = ["ADMIN_NO_SRP_AUTH"];

const MODEL: &str = include_str!("../../../local-pool/data/cognito-idp.json");

/// The challenge with all that any has.
fn whole(name: &str) -> Value {
    let mut parameters = srp_parameters();
    for (key, value) in [
        ("MFAS_CAN_CHOOSE", "[\"SMS_MFA\",\"EMAIL_OTP\"]"),
        ("MFAS_CAN_SETUP", "[\"SOFTWARE_TOKEN_MFA\"]"),
        ("CREDENTIAL_REQUEST_OPTIONS", "{}"),
    ] {
        parameters[key] = value.into();
    }
    let mut challenge = asked(name, "s1", parameters);
    challenge["AvailableChallenges"] = json!(["EMAIL_OTP", "WEB_AUTHN"]);
    challenge
}

#[test]
fn every_challenge_of_the_service_model_is_answered_or_never_met() {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let names = model["shapes"]["ChallengeNameType"]["enum"].as_array().unwrap();
    assert!(names.len() >= 16);
    for name in names.iter().map(|name| name.as_str().unwrap()) {
        let mut walk = Walk::start(on_device(SignInFlow::UserSrp));
        if NEVER_PUBLIC.contains(&name) {
            assert_eq!(
                walk.reply_fails(whole(name)),
                SignInError::UnsupportedChallenge(name.to_owned())
            );
            continue;
        }
        if name == "DEVICE_PASSWORD_VERIFIER" {
            walk.reply(whole("DEVICE_SRP_AUTH"));
        }
        walk.reply(whole(name));
    }
}

#[test]
fn every_challenge_but_a_proof_needs_its_session() {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let names = model["shapes"]["ChallengeNameType"]["enum"].as_array().unwrap();
    for name in names.iter().map(|name| name.as_str().unwrap()) {
        if ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"].contains(&name) {
            continue;
        }
        let mut challenge = whole(name);
        challenge.as_object_mut().unwrap().remove("Session");
        let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
        assert_eq!(walk.reply_fails(challenge), SignInError::Missing("Session"));
        assert!(!walk.sign_in.is_asking());
    }
}

#[test]
fn a_challenge_of_tomorrow_is_named() {
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(
        walk.reply_fails(whole("RETINA_SCAN")),
        SignInError::UnsupportedChallenge("RETINA_SCAN".to_owned())
    );
    let mut walk = Walk::start(attempt(SignInFlow::UserPassword));
    assert_eq!(walk.reply_fails(json!({})), SignInError::Missing("ChallengeName"));
}

#[test]
fn tokens_end_it_whatever_else_is_said() {
    let mut answer = whole("SMS_MFA");
    answer["AuthenticationResult"] = tokens()["AuthenticationResult"].clone();
    Walk::start(attempt(SignInFlow::UserPassword))
        .reply(answer)
        .finishes();
}
