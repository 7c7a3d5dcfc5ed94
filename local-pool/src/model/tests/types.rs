use serde_json::json;

use super::*;

#[test]
fn sound_requests_pass() {
    for (name, input) in [
        ("SignUp", sign_up("Unknown", json!(1))),
        (
            "SignUp",
            sign_up(
                "UserAttributes",
                json!([{ "Name": "email", "Value": "a@b" }, { "Name": "x" }, null]),
            ),
        ),
        (
            "SignUp",
            sign_up("ClientMetadata", json!({ "a": "1", "b": null })),
        ),
        ("SignUp", sign_up("ForceAliasCreation", Value::Null)),
        (
            "SignUp",
            sign_up(
                "AnalyticsMetadata",
                json!({ "AnalyticsEndpointId": "x", "More": {} }),
            ),
        ),
        ("ListDevices", list_devices("Limit", json!(60))),
        (
            "AdminCreateUser",
            json!({ "UserPoolId": "us-east-1_a", "Username": "u", "ForceAliasCreation": true }),
        ),
        ("CreateUserPool", pool("MfaConfiguration", json!("OPTIONAL"))),
        (
            "CompleteWebAuthnRegistration",
            json!({ "AccessToken": "a.b.c", "Credential": { "any": ["thing", 1, null] } }),
        ),
        (
            "CompleteWebAuthnRegistration",
            json!({ "AccessToken": "a.b.c", "Credential": 7 }),
        ),
    ] {
        assert_eq!(check(name, input.clone()), Ok(()), "{name} {input}");
    }
}

#[test]
fn wrong_json_types_are_serialization_errors() {
    for (input, message) in [
        (
            sign_up("Username", json!(1)),
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            sign_up("Username", json!(true)),
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            sign_up("Username", json!([])),
            "Start of list found where not expected",
        ),
        (
            sign_up("Username", json!({})),
            "Start of structure or map found where not expected.",
        ),
        (
            sign_up("ClientMetadata", json!({ "a": false })),
            "FALSE_VALUE can not be converted to a String",
        ),
        (sign_up("ClientMetadata", json!("a")), "Expected map or null"),
        (sign_up("UserAttributes", json!("a")), "Expected list or null"),
        (
            sign_up("UserAttributes", json!({})),
            "Start of structure or map found where not expected.",
        ),
        (
            sign_up("UserAttributes", json!([[]])),
            "Start of list found where not expected",
        ),
        (sign_up("UserAttributes", json!([1])), "Expected null"),
        (sign_up("AnalyticsMetadata", json!("a")), "Expected null"),
        (
            sign_up("UserAttributes", json!([{ "Name": "a", "Value": true }])),
            "TRUE_VALUE can not be converted to a String",
        ),
    ] {
        let error = refusal("SignUp", input);
        assert_eq!(
            (error.kind.as_str(), error.message.as_str()),
            ("SerializationException", message)
        );
    }
    for limit in [json!("1"), json!(1.5), json!(2_147_483_648_i64), json!(true)] {
        let error = refusal("ListDevices", list_devices("Limit", limit));
        assert_eq!(error.kind, "SerializationException");
        assert!(
            error.message.ends_with(" can not be converted to an Integer"),
            "{}",
            error.message
        );
    }
    let create = json!({ "UserPoolId": "us-east-1_a", "Username": "u", "ForceAliasCreation": 1 });
    assert_eq!(
        refusal("AdminCreateUser", create).message,
        "NUMBER_VALUE can not be converted to a Boolean"
    );
}

#[test]
fn a_wrong_type_counts_before_any_constraint() {
    let error = refusal("SignUp", json!({ "ClientId": "not this", "Username": 1 }));
    assert_eq!(error.kind, "SerializationException");
}

#[test]
fn sensitive_values_stay_out_of_the_message() {
    let attribute = json!([{ "Name": "a", "Value": "secret".repeat(400) }]);
    let parameters = json!({ "PASSWORD": "secret".repeat(22_000) });
    for (name, input) in [
        ("SignUp", sign_up("Password", json!("the secret"))),
        ("SignUp", sign_up("UserAttributes", attribute)),
        (
            "InitiateAuth",
            json!({ "ClientId": CLIENT_ID, "AuthFlow": "USER_AUTH", "AuthParameters": parameters }),
        ),
        ("GetUser", json!({ "AccessToken": "the secret" })),
    ] {
        let message = refusal(name, input).message;
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn what_the_caller_sent_stays_out_of_the_log() {
    let error = refusal(
        "ConfirmForgotPassword",
        sign_up("ConfirmationCode", json!("123 456")),
    );
    assert!(error.message.contains("123 456"));
    assert_eq!(error.log_text(), "validation failed at confirmationCode");
    let error = refusal(
        "CreateUserPool",
        pool("AcrConfiguration", json!({ "Level1": {} })),
    );
    assert!(
        error
            .message
            .contains("Value null at 'acrConfiguration.Level1.member.acrValue' failed")
    );
    assert_eq!(
        error.log_text(),
        "validation failed at acrConfiguration.*.member.acrValue"
    );
}
