//! The service model's checks let good samples pass and name what is wrong with bad ones.

#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod model;

use model::{ServiceModel, pattern};
use serde_json::{Value, json};

const CLIENT_ID: &str = "3n4b5urk1ft4fl3mg5e62d9ado";

fn sign_up() -> Value {
    json!({
        "ClientId": CLIENT_ID,
        "Username": "ada@example.com",
        "Password": "Correct-Horse7!",
        "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }],
    })
}

fn srp_auth() -> Value {
    json!({
        "AuthFlow": "USER_SRP_AUTH",
        "ClientId": CLIENT_ID,
        "AuthParameters": { "USERNAME": "ada@example.com", "SRP_A": "a1" },
    })
}

fn password_verifier() -> Value {
    json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": "1f", "SECRET_BLOCK": "AAAA", "SRP_B": "2c", "USERNAME": "id", "USER_ID_FOR_SRP": "id",
        },
    })
}

/// `body` with the value at a JSON pointer replaced, or put in where there was none.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[key] = value;
    body
}

fn without(mut body: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(key)
        .unwrap();
    body
}

#[track_caller]
fn assert_violation(violations: &[String], expected: &str) {
    assert!(
        violations.len() == 1 && violations[0].starts_with(expected),
        "{expected}: {violations:?}"
    );
}

#[test]
fn the_model_is_whole() {
    let model = ServiceModel::load();
    assert_eq!(model.operations().count(), 34);
    assert_eq!(model.target("SignUp"), "AWSCognitoIdentityProviderService.SignUp");
    assert!(
        model
            .errors_of("SignUp")
            .iter()
            .any(|error| error == "UsernameExistsException")
    );
    assert!(
        !model
            .errors_of("DeleteUser")
            .iter()
            .any(|error| error == "UsernameExistsException")
    );
    for operation in model.operations() {
        assert!(!model.errors_of(operation).is_empty(), "{operation}");
        let violations = model.check_request(operation, &json!({ "NoSuchMember": 1 }));
        assert!(
            violations
                .iter()
                .any(|violation| violation == "body.NoSuchMember: is no member"),
            "{operation}"
        );
    }
}

#[test]
fn every_pattern_is_compiled() {
    assert_eq!(ServiceModel::load().pattern_count(), 12);
    assert_eq!(ServiceModel::load().with_identity_pools().pattern_count(), 14);
}

#[test]
fn patterns_keep_their_java_meaning() {
    for (java, text, matches) in [
        (r"[\w+-]+", "a_Z9+-", true),
        (r"[\w+-]+", "é", false),
        (r"[\w+-]+", "a b", false),
        (r"[\w+-]+", "a\n", false),
        (r"[\S]+", "é\u{a0}!", true),
        (r"[\S]+", "a\u{b}", false),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "Grüße+1_٣", true),
        (r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b", false),
        ("[A-Za-z0-9-_=.]+", "a-_=.", true),
        ("[A-Za-z0-9-_=.]+", "a:", false),
        ("a|b", "ab", false),
        (r"\w{2}", "a_", true),
        (r"\d+", "12", true),
        (r"\d+", "٣", false),
        (r"[\s+]+", "\u{b}+ ", true),
        (r"[\s+]+", "\u{a0}", false),
        (r"[\x21\x23-\x5B]", "\"", false),
        (r".*\{#\}", "é{#}", true),
        (r".*\{#\}", "\r{#}", false),
        (r"(?s).*", "\r\n", true),
        (r"^a(?:b\-)?$", "ab-", true),
    ] {
        assert_eq!(
            pattern::compile(java).unwrap().is_match(text),
            matches,
            "{java} on {text:?}"
        );
    }
    for java in [
        r"\s",
        r"[\d]",
        r"[\S\w]",
        "[a-z&&[^b]]",
        "[a--b]",
        "a++",
        "a{2}+",
        "(?<name>a)",
        "a)",
    ] {
        assert!(pattern::compile(java).is_err(), "{java}");
    }
}

#[test]
fn good_requests_pass() {
    let model = ServiceModel::load();
    let verified = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": "id", "PASSWORD_CLAIM_SIGNATURE": "s", "PASSWORD_CLAIM_SECRET_BLOCK": "b", "TIMESTAMP": "t",
        },
    });
    let new_password = json!({
        "ClientId": CLIENT_ID,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": "a".repeat(20),
        "ChallengeResponses": { "USERNAME": "id", "NEW_PASSWORD": "p", "userAttributes.name": "Ada" },
    });
    let refresh = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "ClientId": CLIENT_ID,
        "AuthParameters": { "REFRESH_TOKEN": "r", "DEVICE_KEY": "d" },
    });
    for (operation, body) in [
        ("SignUp", sign_up()),
        ("InitiateAuth", srp_auth()),
        ("InitiateAuth", refresh),
        ("RespondToAuthChallenge", verified),
        ("RespondToAuthChallenge", new_password),
        ("GetUser", json!({ "AccessToken": "a.b.c" })),
        ("ListDevices", json!({ "AccessToken": "a.b.c", "Limit": 60 })),
        (
            "CompleteWebAuthnRegistration",
            json!({ "AccessToken": "a.b.c", "Credential": { "any": ["thing"] } }),
        ),
    ] {
        assert_eq!(
            model.check_request(operation, &body),
            Vec::<String>::new(),
            "{operation}"
        );
    }
}

#[test]
fn bad_requests_are_named() {
    let model = ServiceModel::load();
    let attribute = |name: &str| json!([{ "Name": name, "Value": "x" }]);
    for (operation, body, expected) in [
        (
            "SignUp",
            without(sign_up(), "/ClientId"),
            "body.ClientId: is required",
        ),
        (
            "SignUp",
            with(sign_up(), "/Email", json!("x")),
            "body.Email: is no member",
        ),
        (
            "SignUp",
            with(sign_up(), "/Username", json!(7)),
            "body.Username: has to be of type string",
        ),
        (
            "SignUp",
            with(sign_up(), "/Username", Value::Null),
            "body.Username: has to be of type string",
        ),
        (
            "SignUp",
            with(sign_up(), "/Username", json!("a b")),
            "body.Username: does not match",
        ),
        (
            "SignUp",
            with(sign_up(), "/Username", json!("a".repeat(129))),
            "body.Username: characters above 128",
        ),
        (
            "SignUp",
            with(sign_up(), "/UserAttributes", json!({})),
            "body.UserAttributes: has to be of type list",
        ),
        (
            "SignUp",
            with(sign_up(), "/UserAttributes", json!([{}])),
            "body.UserAttributes[0].Name: is required",
        ),
        (
            "SignUp",
            with(sign_up(), "/UserAttributes", attribute(&"n".repeat(33))),
            "body.UserAttributes[0].Name: characters above 32",
        ),
        (
            "SignUp",
            with(sign_up(), "/ClientMetadata", json!({ "a": 1 })),
            "body.ClientMetadata.a: has to be of type string",
        ),
        ("SignUp", json!("text"), "body: has to be of type structure"),
        (
            "ListDevices",
            json!({ "AccessToken": "a", "Limit": 61 }),
            "body.Limit: value above 60",
        ),
        (
            "ListDevices",
            json!({ "AccessToken": "a", "Limit": -1 }),
            "body.Limit: value below 0",
        ),
        (
            "ListDevices",
            json!({ "AccessToken": "a", "Limit": 1.5 }),
            "body.Limit: has to be of type integer",
        ),
        (
            "InitiateAuth",
            with(srp_auth(), "/Session", json!("short")),
            "body.Session: characters below",
        ),
        (
            "InitiateAuth",
            without(srp_auth(), "/AuthParameters/SRP_A"),
            "body.AuthParameters.SRP_A: is required",
        ),
        (
            "InitiateAuth",
            with(srp_auth(), "/AuthParameters/SRP_B", json!("x")),
            "body.AuthParameters.SRP_B: is no key of USER_SRP_AUTH",
        ),
        (
            "InitiateAuth",
            with(srp_auth(), "/AuthFlow", json!("ADMIN_USER_PASSWORD_AUTH")),
            "body.AuthFlow: ADMIN_USER_PASSWORD_AUTH is not for this operation",
        ),
        (
            "InitiateAuth",
            json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": CLIENT_ID }),
            "body.AuthParameters.REFRESH_TOKEN: is required",
        ),
        (
            "RespondToAuthChallenge",
            json!({ "ClientId": CLIENT_ID, "ChallengeName": "NEW_PASSWORD_REQUIRED",
                "ChallengeResponses": { "USERNAME": "id" } }),
            "body.ChallengeResponses.NEW_PASSWORD: is required",
        ),
    ] {
        assert_violation(&model.check_request(operation, &body), expected);
    }
    let unknown_flow = model.check_request("InitiateAuth", &with(srp_auth(), "/AuthFlow", json!("SRP")));
    assert!(
        unknown_flow[0].starts_with("body.AuthFlow: is none of"),
        "{unknown_flow:?}"
    );
    let unproved = json!({ "ClientId": CLIENT_ID, "ChallengeName": "PASSWORD_VERIFIER" });
    assert_eq!(model.check_request("RespondToAuthChallenge", &unproved).len(), 4);
}

#[test]
fn good_responses_pass() {
    let model = ServiceModel::load();
    let new_password = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": "a".repeat(20),
        "ChallengeParameters": { "USER_ID_FOR_SRP": "id", "requiredAttributes": "[]", "userAttributes": "{}" },
    });
    let tokens = json!({
        "ChallengeParameters": {},
        "AuthenticationResult": { "AccessToken": "a.b.c", "ExpiresIn": 3600, "TokenType": "Bearer" },
    });
    for (operation, body) in [
        ("InitiateAuth", password_verifier()),
        ("InitiateAuth", tokens.clone()),
        ("RespondToAuthChallenge", new_password),
        ("RespondToAuthChallenge", tokens),
        (
            "SignUp",
            json!({ "UserConfirmed": false, "UserSub": "3f1c9a50-7d7e-4f7a-9a57-1c2d3e4f5a6b" }),
        ),
        ("DeleteUser", json!({})),
        ("DeleteUser", Value::Null),
        ("GlobalSignOut", json!({})),
    ] {
        assert_eq!(
            model.check_response(operation, &body),
            Vec::<String>::new(),
            "{operation}"
        );
    }
}

#[test]
fn bad_responses_are_named() {
    let model = ServiceModel::load();
    for (operation, body, expected) in [
        (
            "SignUp",
            json!({ "UserConfirmed": false }),
            "body.UserSub: is required",
        ),
        (
            "SignUp",
            json!({ "UserConfirmed": "no", "UserSub": "x" }),
            "body.UserConfirmed: has to be of type boolean",
        ),
        (
            "DeleteUser",
            json!({ "Deleted": true }),
            "body: has to be an empty object",
        ),
        ("GlobalSignOut", Value::Null, "body: has to be of type structure"),
        (
            "InitiateAuth",
            json!({}),
            "body: neither a challenge nor a result",
        ),
        (
            "InitiateAuth",
            without(password_verifier(), "/ChallengeParameters/USER_ID_FOR_SRP"),
            "body.ChallengeParameters.USER_ID_FOR_SRP: is required",
        ),
        (
            "RespondToAuthChallenge",
            json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "ChallengeParameters": { "userAttributes": "{}" } }),
            "body.ChallengeParameters.requiredAttributes: is required",
        ),
    ] {
        assert_violation(&model.check_response(operation, &body), expected);
    }
}
