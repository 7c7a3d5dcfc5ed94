//! The documents as AWS's examples have them.

use crate::random::Random;
use serde_json::json;

use super::*;

#[test]
fn creation_options_are_those_of_the_service() {
    let mut authenticator = Authenticator::es256();
    let mut ceremony = Ceremony::with(&mut authenticator);
    ceremony.relying_party.user_verification = UserVerification::Preferred;
    let id = encode(&authenticator.credential_id);
    assert_eq!(
        ceremony.creation_options(),
        json!({
            "authenticatorSelection": {
                "requireResidentKey": true,
                "residentKey": "required",
                "userVerification": "preferred",
            },
            "challenge": encode(&ceremony.challenge),
            "excludeCredentials": [
                {"id": id, "type": "public-key", "transports": ["internal", "hybrid"]},
            ],
            "pubKeyCredParams": [
                {"alg": -7, "type": "public-key"},
                {"alg": -257, "type": "public-key"},
            ],
            "rp": {"id": "localhost", "name": "localhost"},
            "timeout": 60000,
            "user": {
                "displayName": "user@example.com",
                "id": encode(USER_HANDLE),
                "name": "user@example.com",
            },
        })
    );
}

#[test]
fn request_options_are_those_of_the_service() {
    let mut authenticator = Authenticator::es256();
    let ceremony = Ceremony::with(&mut authenticator);
    let id = encode(&authenticator.credential_id);
    assert_eq!(
        ceremony.request_options(),
        json!({
            "challenge": encode(&ceremony.challenge),
            "timeout": 180_000,
            "rpId": "localhost",
            "allowCredentials": [
                {"type": "public-key", "id": id, "transports": ["internal", "hybrid"]},
            ],
            "userVerification": "required",
        })
    );
}

#[test]
fn only_the_request_names_transports_that_are_unknown() {
    let mut ceremony = Ceremony::new(UserVerification::Preferred);
    let mut credential = Authenticator::es256().create(&ceremony.creation_options(), ORIGIN);
    credential["response"]
        .as_object_mut()
        .unwrap()
        .remove("transports");
    ceremony.passkeys = vec![ceremony.register(&credential).unwrap()];
    assert_eq!(
        ceremony.request_options()["allowCredentials"][0]["transports"],
        json!([])
    );
    assert_eq!(
        ceremony.creation_options()["excludeCredentials"][0].get("transports"),
        None
    );
}

#[test]
fn challenges_are_fresh() {
    assert_eq!(challenge_bytes(&Random::default()).len(), 16);
    assert_ne!(
        challenge_bytes(&Random::default()),
        challenge_bytes(&Random::default())
    );
}
