//! The keys of AuthParameters, ChallengeResponses and ChallengeParameters, which the model types as plain maps.
//!
//! Source of the requests' keys: the prose of `InitiateAuthRequest.AuthParameters` and
//! `RespondToAuthChallengeRequest.ChallengeResponses` in the same service model (the API reference of InitiateAuth
//! and RespondToAuthChallenge). Source of the responses' keys: what AWS Amplify's `@aws-amplify/auth` 6 and
//! `amazon-cognito-identity-js` 6 read from ChallengeParameters.

use serde_json::Value;

/// Keys that every flow and challenge may have besides its own.
const ALWAYS: [&str; 2] = ["SECRET_HASH", "DEVICE_KEY"];

/// Required and optional AuthParameters; `None` for a flow that these operations do not have.
fn auth_parameters(flow: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match flow {
        "USER_SRP_AUTH" => (&["USERNAME", "SRP_A"], &[]),
        "USER_PASSWORD_AUTH" => (&["USERNAME", "PASSWORD"], &[]),
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => (&["REFRESH_TOKEN"], &[]),
        "CUSTOM_AUTH" => (&["USERNAME"], &["CHALLENGE_NAME", "SRP_A"]),
        "USER_AUTH" => (
            &["USERNAME"],
            // PASSWORD and SRP_A go with the PREFERRED_CHALLENGE that they answer.
            &[
                "PREFERRED_CHALLENGE",
                "PASSWORD",
                "SRP_A",
                "TARGET_ACR_VALUES",
                "ACCESS_TOKEN",
                "MAX_AGE",
            ],
        ),
        _ => return None,
    })
}

/// Required and optional ChallengeResponses; `None` for a challenge that cannot be answered here.
fn challenge_responses(challenge: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    const CLAIM: [&str; 4] = [
        "USERNAME",
        "PASSWORD_CLAIM_SIGNATURE",
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "TIMESTAMP",
    ];
    Some(match challenge {
        "PASSWORD_VERIFIER" => (&CLAIM, &[]),
        "DEVICE_PASSWORD_VERIFIER" => (
            &[
                "USERNAME",
                "DEVICE_KEY",
                "PASSWORD_CLAIM_SIGNATURE",
                "PASSWORD_CLAIM_SECRET_BLOCK",
                "TIMESTAMP",
            ],
            &[],
        ),
        "DEVICE_SRP_AUTH" => (&["USERNAME", "DEVICE_KEY", "SRP_A"], &[]),
        "NEW_PASSWORD_REQUIRED" => (&["USERNAME", "NEW_PASSWORD"], &["userAttributes."]),
        "SELECT_CHALLENGE" => (&["USERNAME", "ANSWER"], &["PASSWORD", "SRP_A", "CREDENTIAL"]),
        "PASSWORD" => (&["USERNAME", "PASSWORD"], &[]),
        "PASSWORD_SRP" => (&["USERNAME", "SRP_A"], &[]),
        "WEB_AUTHN" => (&["USERNAME", "CREDENTIAL"], &[]),
        "SMS_OTP" => (&["USERNAME", "SMS_OTP_CODE"], &[]),
        "EMAIL_OTP" => (&["USERNAME", "EMAIL_OTP_CODE"], &[]),
        "SMS_MFA" => (&["USERNAME", "SMS_MFA_CODE"], &[]),
        "SOFTWARE_TOKEN_MFA" => (&["USERNAME", "SOFTWARE_TOKEN_MFA_CODE"], &[]),
        "SELECT_MFA_TYPE" | "CUSTOM_CHALLENGE" => (&["USERNAME", "ANSWER"], &[]),
        // EMAIL is where codes shall go; the prose leaves it out, and Amplify sends it.
        "MFA_SETUP" => (&["USERNAME"], &["EMAIL"]),
        _ => return None,
    })
}

/// Required ChallengeParameters. The service may send more.
fn challenge_parameters(challenge: &str) -> &'static [&'static str] {
    match challenge {
        "PASSWORD_VERIFIER" => &["SALT", "SECRET_BLOCK", "SRP_B", "USER_ID_FOR_SRP"],
        "DEVICE_PASSWORD_VERIFIER" => &["SALT", "SECRET_BLOCK", "SRP_B", "DEVICE_KEY"],
        "NEW_PASSWORD_REQUIRED" => &["requiredAttributes", "userAttributes"],
        "MFA_SETUP" => &["MFAS_CAN_SETUP"],
        _ => &[],
    }
}

pub fn check_request(operation: &str, body: &Value, violations: &mut Vec<String>) {
    let (kind, map, keys) = match operation {
        "InitiateAuth" => ("AuthFlow", "AuthParameters", auth_parameters as fn(&str) -> _),
        "RespondToAuthChallenge" => (
            "ChallengeName",
            "ChallengeResponses",
            challenge_responses as fn(&str) -> _,
        ),
        _ => return,
    };
    let Some(name) = body[kind].as_str() else { return };
    let Some((required, optional)) = keys(name) else {
        violations.push(format!("body.{kind}: {name} is not for this operation"));
        return;
    };
    check_required(map, required, body, violations);
    for key in body[map].as_object().into_iter().flatten().map(|(key, _)| key) {
        let known = [required, optional, &ALWAYS].concat();
        if !known
            .iter()
            .any(|name| key == name || name.ends_with('.') && key.starts_with(name))
        {
            violations.push(format!("body.{map}.{key}: is no key of {name}"));
        }
    }
}

pub fn check_response(operation: &str, body: &Value, violations: &mut Vec<String>) {
    if !["InitiateAuth", "RespondToAuthChallenge"].contains(&operation) {
        return;
    }
    match body["ChallengeName"].as_str() {
        Some(name) => check_required(
            "ChallengeParameters",
            challenge_parameters(name),
            body,
            violations,
        ),
        None if body.get("AuthenticationResult").is_some() || body.get("AvailableChallenges").is_some() => {}
        None => violations.push("body: neither a challenge nor a result".to_owned()),
    }
}

fn check_required(map: &str, required: &[&str], body: &Value, violations: &mut Vec<String>) {
    for key in required {
        if body[map].get(key).is_none() {
            violations.push(format!("body.{map}.{key}: is required"));
        }
    }
}
