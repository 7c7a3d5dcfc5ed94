use serde_json::json;

use super::*;
use crate::operations::testing::factors::authenticator::{USER_VERIFIED, decode, encode};
use crate::operations::testing::factors::{Authenticator, ORIGIN, enrol, register, web_authn};
use crate::operations::testing::{perform, pool, refused, tokens, world};
use crate::pool::settings::MfaConfiguration;
use crate::protocol::ApiError;
use crate::signing;
use crate::world::World;

const EMAIL: &str = "user@example.com";

/// A pool whose user has the passkey of an authenticator that counts.
fn registered() -> (World, Authenticator) {
    let mut world = world();
    web_authn(&mut world);
    let mut authenticator = Authenticator::es256();
    (authenticator.sign_count, authenticator.step) = (1, 1);
    let token = tokens(&mut world, EMAIL)["AccessToken"].clone();
    register(&mut world, &token, &mut authenticator);
    (world, authenticator)
}

fn start(preferred: Option<&str>) -> Value {
    let mut parameters = json!({"USERNAME": EMAIL});
    if let Some(preferred) = preferred {
        parameters["PREFERRED_CHALLENGE"] = json!(preferred);
    }
    json!({"AuthFlow": "USER_AUTH", "AuthParameters": parameters})
}

fn begin(world: &mut World) -> Value {
    let challenge = perform(world, "InitiateAuth", start(Some("WEB_AUTHN"))).unwrap();
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    challenge
}

fn options(challenge: &Value) -> Value {
    let text = &challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"];
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}

fn response(challenge: &Value, credential: &Value) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": challenge["Session"],
        "ChallengeResponses": {"USERNAME": EMAIL, "CREDENTIAL": credential.to_string()},
    })
}

fn answer(world: &mut World, challenge: &Value, credential: &Value) -> Outcome {
    perform(world, "RespondToAuthChallenge", response(challenge, credential))
}

fn sign_in(world: &mut World, authenticator: &mut Authenticator) -> Outcome {
    let challenge = begin(world);
    let credential = authenticator.get(&options(&challenge), ORIGIN);
    answer(world, &challenge, &credential)
}

fn not_good(refusal: &ApiError) {
    assert_eq!(refusal.kind, "NotAuthorizedException");
    assert_eq!(refusal.message, "Invalid WebAuthn credential.");
}

fn claims(answer: &Value, token: &str) -> Value {
    let token = answer["AuthenticationResult"][token].as_str().unwrap();
    json!(signing::claims(token).unwrap())
}

#[test]
fn a_passkey_alone_signs_in_at_the_third_level() {
    let (mut world, mut authenticator) = registered();
    let answer = sign_in(&mut world, &mut authenticator).unwrap();
    for token in ["AccessToken", "IdToken"] {
        let claims = claims(&answer, token);
        assert_eq!(claims["acr"], "urn:cognito:loa:3", "{token}");
        assert_eq!(claims["amr"], json!(["swk"]), "{token}");
    }
}

#[test]
fn a_security_key_is_told_from_the_devices_own_authenticator() {
    let mut world = world();
    web_authn(&mut world);
    let token = tokens(&mut world, EMAIL)["AccessToken"].clone();
    let mut key = Authenticator::rs256();
    let input = json!({"AccessToken": token});
    let begun = perform(&mut world, "StartWebAuthnRegistration", input).unwrap();
    let mut credential = key.create(&begun["CredentialCreationOptions"], ORIGIN);
    credential["authenticatorAttachment"] = json!("cross-platform");
    let input = json!({"AccessToken": token, "Credential": credential});
    perform(&mut world, "CompleteWebAuthnRegistration", input).unwrap();
    let answer = sign_in(&mut world, &mut key).unwrap();
    assert_eq!(claims(&answer, "AccessToken")["amr"], json!(["hwk"]));
}

#[test]
fn a_passkey_is_selected_among_the_factors_on_offer() {
    let (mut world, mut authenticator) = registered();
    let choice = perform(&mut world, "InitiateAuth", start(None)).unwrap();
    assert_eq!(choice["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(
        choice["AvailableChallenges"],
        json!(["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"])
    );
    let select = json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": choice["Session"],
        "ChallengeResponses": {"USERNAME": EMAIL, "ANSWER": "WEB_AUTHN"},
    });
    let challenge = perform(&mut world, "RespondToAuthChallenge", select).unwrap();
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    let credential = authenticator.get(&options(&challenge), ORIGIN);
    let answer = answer(&mut world, &challenge, &credential).unwrap();
    assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
}

#[test]
fn a_tampered_answer_is_refused_and_uses_the_session_up() {
    for member in ["signature", "authenticatorData", "clientDataJSON"] {
        let (mut world, mut authenticator) = registered();
        let challenge = begin(&mut world);
        let right = authenticator.get(&options(&challenge), ORIGIN);
        let mut wrong = right.clone();
        let mut bytes = decode(&wrong["response"][member]);
        *bytes.last_mut().unwrap() ^= 1;
        wrong["response"][member] = json!(encode(&bytes));
        let refusal = answer(&mut world, &challenge, &wrong).unwrap_err();
        assert!(
            matches!(
                refusal.kind.as_str(),
                "NotAuthorizedException" | "InvalidParameterException"
            ),
            "{member}: {refusal:?}"
        );
        let again = answer(&mut world, &challenge, &right).unwrap_err();
        assert_eq!(again.kind, "NotAuthorizedException");
        assert!(again.message.starts_with("Invalid session"), "{member}");
    }
}

#[test]
fn another_users_passkey_is_refused() {
    let (mut world, _) = registered();
    let token = tokens(&mut world, "admin@example.com")["AccessToken"].clone();
    let mut others = Authenticator::es256();
    register(&mut world, &token, &mut others);
    not_good(&sign_in(&mut world, &mut others).unwrap_err());
}

#[test]
fn a_counter_that_goes_back_is_refused() {
    let (mut world, mut authenticator) = registered();
    sign_in(&mut world, &mut authenticator).unwrap();
    authenticator.sign_count = 1;
    not_good(&sign_in(&mut world, &mut authenticator).unwrap_err());
    authenticator.sign_count = 9;
    sign_in(&mut world, &mut authenticator).unwrap();
}

#[test]
fn an_answer_works_once_and_for_its_own_challenge() {
    let (mut world, mut authenticator) = registered();
    let challenge = begin(&mut world);
    let credential = authenticator.get(&options(&challenge), ORIGIN);
    answer(&mut world, &challenge, &credential).unwrap();
    let replayed = refused(
        &mut world,
        "RespondToAuthChallenge",
        response(&challenge, &credential),
    );
    assert_eq!(
        replayed.message,
        "Invalid session for the user, session can only be used once."
    );
    let another = begin(&mut world);
    not_good(&answer(&mut world, &another, &credential).unwrap_err());
}

#[test]
fn an_answer_from_another_origin_is_refused() {
    let (mut world, mut authenticator) = registered();
    let challenge = begin(&mut world);
    let credential = authenticator.get(&options(&challenge), "https://evil.example");
    not_good(&answer(&mut world, &challenge, &credential).unwrap_err());
}

#[test]
fn where_a_second_factor_is_asked_for_only_passkeys_that_count_as_two_are_on_offer() {
    let (mut world, mut authenticator) = registered();
    let mfa = &mut pool(&mut world).kept.settings.mfa;
    (mfa.configuration, mfa.software_token) = (MfaConfiguration::Optional, true);
    let token = tokens(&mut world, EMAIL)["AccessToken"].clone();
    enrol(&mut world, &token);
    let set = |world: &mut World, member: &str| {
        let mut input = json!({"AccessToken": token});
        input[member] = json!({"Enabled": true});
        perform(world, "SetUserMFAPreference", input).unwrap();
    };
    set(&mut world, "SoftwareTokenMfaSettings");
    let choice = perform(&mut world, "InitiateAuth", start(Some("WEB_AUTHN"))).unwrap();
    assert_eq!(choice["AvailableChallenges"], json!(["PASSWORD", "PASSWORD_SRP"]));
    let settings = pool(&mut world).kept.settings.web_authn.as_mut().unwrap();
    settings.multi_factor = true;
    set(&mut world, "WebAuthnMfaSettings");
    let challenge = begin(&mut world);
    assert_eq!(options(&challenge)["userVerification"], "required");
    let credential = authenticator.get(&options(&challenge), ORIGIN);
    let answer = answer(&mut world, &challenge, &credential).unwrap();
    assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
}

#[test]
fn a_passkey_that_counts_as_two_factors_needs_its_user_verified() {
    let (mut world, mut authenticator) = registered();
    authenticator.flags &= !USER_VERIFIED;
    sign_in(&mut world, &mut authenticator).unwrap();
    let settings = pool(&mut world).kept.settings.web_authn.as_mut().unwrap();
    settings.multi_factor = true;
    not_good(&sign_in(&mut world, &mut authenticator).unwrap_err());
    let token = tokens(&mut world, EMAIL)["AccessToken"].clone();
    let input = json!({"AccessToken": token});
    let begun = perform(&mut world, "StartWebAuthnRegistration", input).unwrap();
    let mut unverified = Authenticator::es256();
    unverified.flags &= !USER_VERIFIED;
    let credential = unverified.create(&begun["CredentialCreationOptions"], ORIGIN);
    let input = json!({"AccessToken": token, "Credential": credential});
    let refusal = refused(&mut world, "CompleteWebAuthnRegistration", input);
    assert_eq!(refusal.kind, "WebAuthnCredentialNotSupportedException");
}

#[test]
fn after_too_many_wrong_answers_there_is_no_challenge_for_a_while() {
    let (mut world, mut authenticator) = registered();
    let tries = (0..20).find(|_| {
        let begun = perform(&mut world, "InitiateAuth", start(Some("WEB_AUTHN")));
        let Ok(challenge) = begun else { return true };
        let credential = authenticator.get(&options(&challenge), "https://evil.example");
        answer(&mut world, &challenge, &credential).unwrap_err();
        false
    });
    assert!(tries.is_some());
    let refusal = refused(&mut world, "InitiateAuth", start(Some("WEB_AUTHN")));
    assert_eq!(refusal.message, "Password attempts exceeded");
}
