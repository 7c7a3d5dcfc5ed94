use serde_json::json;

use super::*;

#[test]
fn what_is_required_must_not_be_null() {
    for input in [json!({}), json!({ "AccessToken": null })] {
        assert_eq!(
            violation("GetUser", input),
            "at 'accessToken' failed to satisfy constraint: Member must not be null"
        );
    }
    assert_eq!(
        violation("CreateUserPool", json!({})),
        "null at 'poolName' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn every_required_member_is_demanded_at_once() {
    for operation in all() {
        let Kind::Structure(members) = &operation.input.kind else {
            panic!("{}", operation.name);
        };
        let required = members.iter().filter(|member| member.required).count();
        match operation.check_input(&Map::new()) {
            Ok(()) => assert_eq!(required, 0, "{}", operation.name),
            Err(error) => assert!(
                error.message.starts_with(&format!("{required} validation error")),
                "{}: {}",
                operation.name,
                error.message
            ),
        }
    }
}

#[test]
fn requirements_reach_every_depth() {
    assert_eq!(
        violation(
            "SignUp",
            sign_up("UserAttributes", json!([{ "Name": "a" }, { "Value": "b" }]))
        ),
        "null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null"
    );
    let setting = json!({ "RecoveryMechanisms": [{ "Priority": 1 }] });
    assert_eq!(
        violation("CreateUserPool", pool("AccountRecoverySetting", setting)),
        "null at 'accountRecoverySetting.recoveryMechanisms.1.member.name' failed to satisfy constraint: \
         Member must not be null"
    );
}

#[test]
fn texts_have_patterns_and_lengths() {
    assert_eq!(
        violation("SignUp", sign_up("Password", json!("two words"))),
        "at 'password' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\S]+"
    );
    assert_eq!(
        violation("SignUp", sign_up("Username", json!("a b"))),
        "at 'username' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
    );
    assert_eq!(
        violation("SignUp", sign_up("Username", json!("a".repeat(129)))),
        "at 'username' failed to satisfy constraint: Member must have length less than or equal to 128"
    );
    assert_eq!(
        violation("CreateUserPool", json!({ "PoolName": "a/b" })),
        "'a/b' at 'poolName' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+"
    );
    assert_eq!(
        violation("ConfirmForgotPassword", {
            let mut input = sign_up("ConfirmationCode", json!("1"));
            input["SecretHash"] = json!("h".repeat(129));
            input
        }),
        "at 'secretHash' failed to satisfy constraint: Member must have length less than or equal to 128"
    );
    let session = json!({ "ClientId": CLIENT_ID, "ChallengeName": "SMS_MFA", "Session": "short" });
    assert_eq!(
        violation("RespondToAuthChallenge", session),
        "at 'session' failed to satisfy constraint: Member must have length greater than or equal to 20"
    );
}

#[test]
fn lengths_count_as_java_counts() {
    let name = |length: usize| sign_up("Username", json!("\u{1f600}".repeat(length)));
    assert_eq!(check("SignUp", name(64)), Ok(()));
    assert!(violation("SignUp", name(65)).ends_with("less than or equal to 128"));
}

#[test]
fn one_value_may_break_several_constraints() {
    let error = refusal("SignUp", sign_up("UserAttributes", json!([{ "Name": "" }])));
    assert_eq!(
        error.message,
        "2 validation errors detected: \
         Value '' at 'userAttributes.1.member.name' failed to satisfy constraint: Member must satisfy regular \
         expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+; \
         Value '' at 'userAttributes.1.member.name' failed to satisfy constraint: Member must have length greater \
         than or equal to 1"
    );
    let error = refusal("SignUp", json!({ "Password": "x" }));
    assert!(
        error
            .message
            .starts_with("2 validation errors detected: Value at 'clientId'")
    );
}

#[test]
fn enums_name_their_values() {
    assert_eq!(
        violation("CreateUserPool", pool("MfaConfiguration", json!("MAYBE"))),
        "'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: \
         Member must satisfy enum value set: [OFF, ON, OPTIONAL]"
    );
}

#[test]
fn integers_have_bounds() {
    assert_eq!(
        violation("ListDevices", list_devices("Limit", json!(61))),
        "'61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60"
    );
    assert_eq!(
        violation("ListDevices", list_devices("Limit", json!(-1))),
        "'-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 0"
    );
    assert_eq!(
        violation(
            "CreateUserPool",
            pool("Policies", json!({ "PasswordPolicy": { "MinimumLength": 5 } }))
        ),
        "'5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: \
         Member must have value greater than or equal to 6"
    );
}

#[test]
fn lists_name_the_constraints_of_their_members_once() {
    assert_eq!(
        violation(
            "CreateUserPoolClient",
            client("CallbackURLs", json!(["https://a", "", "b c"]))
        ),
        "'[https://a, , b c]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, \
         Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+]"
    );
    assert_eq!(
        violation(
            "CreateUserPoolClient",
            client("AllowedOAuthFlows", json!(["code", "magic"]))
        ),
        "'[code, magic]' at 'allowedOAuthFlows' failed to satisfy constraint: Member must satisfy constraint: \
         [Member must satisfy enum value set: [code, implicit, client_credentials]]"
    );
}

#[test]
fn lists_and_maps_have_sizes() {
    let urls = |count: usize| client("LogoutURLs", json!(vec![json!("u"); count]));
    assert_eq!(check("CreateUserPoolClient", urls(100)), Ok(()));
    assert!(violation("CreateUserPoolClient", urls(101)).ends_with(
        "at 'logoutURLs' failed to satisfy constraint: Member must have length less than or equal to 100"
    ));
    assert_eq!(
        violation("CreateUserPool", pool("Schema", json!([]))),
        "'[]' at 'schema' failed to satisfy constraint: Member must have length greater than or equal to 1"
    );
    assert!(
        violation("CreateUserPool", pool("Schema", json!([null]))).ends_with("greater than or equal to 1")
    );
}

#[test]
fn maps_have_keys_and_values() {
    assert_eq!(
        violation("CreateUserPool", pool("UserPoolTags", json!({ "": "v" }))),
        "'{=v}' at 'userPoolTags' failed to satisfy constraint: Map keys must satisfy constraint: \
         [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]"
    );
    assert_eq!(
        violation(
            "CreateUserPool",
            pool("UserPoolTags", json!({ "a": "b", "k": "v".repeat(257) }))
        ),
        format!(
            "'{{a=b, k={}}}' at 'userPoolTags' failed to satisfy constraint: Map value must satisfy constraint: \
             [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]",
            "v".repeat(257)
        )
    );
}
