//! The specification's own test vectors, which this crate's authenticator had no part in.

use super::*;
use serde_json::json;

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().unwrap();
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

/// A vector's ceremony as a browser's JSON.
fn credential(vector: &Value, ceremony: &str) -> Value {
    let mut response = json!({});
    for (member, hex) in vector[ceremony].as_object().unwrap() {
        response[member] = json!(encode(&bytes(hex)));
    }
    let id = encode(&bytes(&vector["credential_id"]));
    json!({"id": id, "rawId": id, "type": "public-key", "response": response})
}

#[test]
fn the_specifications_vectors_hold() {
    let data: Value = serde_json::from_str(include_str!("../../../tests/data/webauthn.json")).unwrap();
    let relying_party = RelyingParty {
        id: "example.org".to_owned(),
        user_verification: UserVerification::Preferred,
    };
    let mut assertions = 0;
    for vector in data["vectors"].as_array().unwrap() {
        let name = &vector["name"];
        let challenge = bytes(&vector["registration"]["challenge"]);
        let expectation = Expectation {
            challenge: &challenge,
            relying_party: &relying_party,
        };
        let made = credential(vector, "registration");
        let passkey = verify_registration(&made, &expectation, [], NOW).unwrap();

        if vector["assertion"].is_object() {
            assertions += 1;
            let challenge = bytes(&vector["assertion"]["challenge"]);
            let expectation = Expectation {
                challenge: &challenge,
                relying_party: &relying_party,
            };
            let got = credential(vector, "assertion");
            let state = verify_assertion(&got, &passkey, USER_HANDLE, &expectation);
            assert_eq!(
                state,
                Ok(AuthenticatorState {
                    sign_count: 0,
                    backed_up: true
                }),
                "{name}"
            );
        }
    }
    assert_eq!(assertions, 1);
}
