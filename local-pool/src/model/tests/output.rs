use serde_json::json;

use super::*;

#[test]
fn sound_responses_pass() {
    let device = json!({ "DeviceKey": "us-east-1_0a", "DeviceCreateDate": 1.5, "DeviceLastModifiedDate": 2 });
    for (name, output) in [
        (
            "SignUp",
            json!({ "UserConfirmed": false, "UserSub": "3f1c9a50-7d7e-4f7a-9a57-1c2d3e4f5a6b" }),
        ),
        ("ListDevices", json!({ "Devices": [device] })),
        ("ListDevices", json!({})),
        ("DeleteUser", json!({})),
        ("GlobalSignOut", json!({})),
        (
            "InitiateAuth",
            json!({ "ChallengeParameters": { "any": "text" }, "AuthenticationResult": { "ExpiresIn": 3600 } }),
        ),
    ] {
        assert_eq!(
            operation(name).unwrap().check_output(&output),
            Ok(()),
            "{name} {output}"
        );
    }
}

#[test]
fn bad_responses_are_named_without_their_values() {
    for (name, output, complaint) in [
        (
            "SignUp",
            json!({ "UserConfirmed": false }),
            "userSub: Member must not be null",
        ),
        (
            "SignUp",
            json!({ "UserConfirmed": "secret", "UserSub": "x" }),
            "userConfirmed: wrong JSON type",
        ),
        (
            "SignUp",
            json!({ "UserConfirmed": true, "UserSub": "x", "Secret": 1 }),
            "secret: the model has no such member",
        ),
        (
            "SignUp",
            json!({ "UserConfirmed": true, "UserSub": null }),
            "userSub: wrong JSON type",
        ),
        (
            "ListDevices",
            json!({ "PaginationToken": null }),
            "paginationToken: wrong JSON type",
        ),
        (
            "ListDevices",
            json!({ "Devices": [{ "Name": "a" }] }),
            "devices.1.member.name: the model has no such member",
        ),
        (
            "ListDevices",
            json!({ "Devices": [{ "DeviceCreateDate": "1" }] }),
            "devices.1.member.deviceCreateDate: wrong JSON type",
        ),
        (
            "InitiateAuth",
            json!({ "ChallengeName": "secret", "Session": "secret" }),
            "session: Member must have length greater than or equal to 20",
        ),
        (
            "InitiateAuth",
            json!({ "ChallengeParameters": { "a": 1 } }),
            "challengeParameters.*.member: wrong JSON type",
        ),
        (
            "DeleteUser",
            json!({ "Deleted": true }),
            "the body has to be empty",
        ),
        ("DeleteUser", Value::Null, "the body is no object"),
    ] {
        let found = operation(name).unwrap().check_output(&output).unwrap_err();
        assert!(found.contains(complaint), "{name}: {found}");
        assert!(!found.contains("'") && !found.contains(": secret"), "{found}");
    }
}
