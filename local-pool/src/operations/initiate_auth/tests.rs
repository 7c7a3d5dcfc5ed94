use super::*;
use crate::operations::testing::{allow, client, perform, pool, refused, tokens, user, world};
use crate::pool::client::Rotation;
use crate::protocol::{incorrect_credentials, not_authorized};
use crate::srp;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

fn password(username: &str, password: &str) -> Value {
    json!({"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": username, "PASSWORD": password}})
}

fn refresh(token: &Value) -> Value {
    json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": token}})
}

#[test]
fn srp_gives_a_challenge_without_a_session() {
    let input = json!({
        "AuthFlow": "USER_SRP_AUTH",
        "AuthParameters": {"USERNAME": "USER@example.com", "SRP_A": "abcdef"},
    });
    let mut world = world();
    let answer = perform(&mut world, "InitiateAuth", input).unwrap();
    let parameters = &answer["ChallengeParameters"];
    assert_eq!(answer["ChallengeName"], "PASSWORD_VERIFIER");
    assert_eq!(
        parameters["USER_ID_FOR_SRP"],
        json!(user(&world, "user@example.com").sub)
    );
    assert!(answer.get("Session").is_none());
    for name in ["SALT", "SRP_B", "SECRET_BLOCK", "USERNAME"] {
        assert!(
            parameters[name].as_str().is_some_and(|value| !value.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn what_srp_needs_is_asked_for() {
    let mut world = world();
    let input = |parameters: Value| json!({"AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters});
    for (parameters, message) in [
        (json!({}), "Missing required parameter USERNAME"),
        (json!({"USERNAME": "a@b.c"}), "Missing required parameter SRP_A"),
        (json!({"USERNAME": "a@b.c", "SRP_A": "0"}), "Invalid SRP_A"),
    ] {
        assert_eq!(
            refused(&mut world, "InitiateAuth", input(parameters)),
            invalid_parameter(message)
        );
    }
}

#[test]
fn passwords_are_taken_only_where_the_client_allows_it() {
    let mut world = world();
    let right = password("user@example.com", "Sunflower-42!");
    let refusal = refused(&mut world, "InitiateAuth", right.clone());
    assert_eq!(
        refusal,
        invalid_parameter("USER_PASSWORD_AUTH flow not enabled for this client")
    );
    allow(&mut world, "ALLOW_USER_PASSWORD_AUTH");
    let answer = perform(&mut world, "InitiateAuth", right).unwrap();
    assert!(answer["AuthenticationResult"]["RefreshToken"].is_string());
    for (name, reason) in [
        ("user@example.com", "wrong password"),
        ("nobody@example.com", "no such user"),
    ] {
        assert_eq!(
            refused(&mut world, "InitiateAuth", password(name, "wrong")),
            incorrect_credentials().because(reason)
        );
    }
}

#[test]
fn refresh_gives_no_new_refresh_token_and_rotation_turns_the_flow_off() {
    let mut world = world();
    let first = tokens(&mut world, "user@example.com");
    let answer = perform(&mut world, "InitiateAuth", refresh(&first["RefreshToken"])).unwrap();
    assert!(answer["AuthenticationResult"]["AccessToken"].is_string());
    assert!(answer["AuthenticationResult"].get("RefreshToken").is_none());
    let unknown = refused(&mut world, "InitiateAuth", refresh(&json!("unknown")));
    assert_eq!(unknown, not_authorized("Invalid Refresh Token"));
    client(&mut world).refresh_token_rotation = Rotation {
        enabled: true,
        retry_grace_period_seconds: 0,
    };
    let refusal = refused(&mut world, "InitiateAuth", refresh(&first["RefreshToken"]));
    assert_eq!(
        refusal,
        invalid_parameter("Refresh Token flow not enabled for this client")
    );
}

#[test]
fn flows_that_the_pool_does_not_have_are_refused() {
    let mut world = world();
    for flow in ["CUSTOM_AUTH", "USER_AUTH", "ADMIN_NO_SRP_AUTH", "PASSWORD"] {
        let refusal = refused(&mut world, "InitiateAuth", json!({"AuthFlow": flow}));
        assert_eq!(refusal.kind, "InvalidParameterException", "{flow}");
    }
}

#[test]
fn a_second_holds_as_many_sign_ins_as_the_pool_says() {
    let mut world = world();
    world.shared.clock.freeze(1_800_000_000);
    pool(&mut world).kept.settings.sign_ins_per_second = Some(1);
    let begin = json!({
        "AuthFlow": "USER_SRP_AUTH",
        "AuthParameters": {"USERNAME": "user@example.com", "SRP_A": "abcdef"},
    });
    assert!(perform(&mut world, "InitiateAuth", begin.clone()).is_ok());
    let refusal = refused(&mut world, "InitiateAuth", begin.clone());
    assert_eq!(refusal.kind, "TooManyRequestsException");
    world.shared.clock.advance(1);
    assert!(perform(&mut world, "InitiateAuth", begin).is_ok());
}

#[test]
fn the_secrets_hash_is_that_of_the_name_that_signs_in() {
    const SECRET: &str = "9example87654321";
    let mut world = world();
    allow(&mut world, "ALLOW_USER_PASSWORD_AUTH");
    let own = tokens(&mut world, "admin@example.com");
    client(&mut world).secret = Some(SECRET.to_owned());
    let hash = |name: &str| {
        let parts = [name.as_bytes(), crate::seed::CLIENT_ID.as_bytes()];
        STANDARD.encode(srp::hmac_sha256(SECRET.as_bytes(), &parts))
    };
    let input = |name: &str, token: &Value| {
        let mut input = password("user@example.com", "Sunflower-42!");
        input["AuthParameters"]["SECRET_HASH"] = json!(hash(name));
        input["AuthParameters"]["REFRESH_TOKEN"] = token.clone();
        input["Username"] = json!("admin@example.com");
        input["SecretHash"] = json!(hash("admin@example.com"));
        input
    };
    let admin = user(&world, "admin@example.com").username;
    let refresh_token = &own["RefreshToken"];
    for (name, token) in [("admin@example.com", &Value::Null), (&admin, refresh_token)] {
        let refusal = refused(&mut world, "InitiateAuth", input(name, token));
        assert!(
            refusal.message.starts_with("Unable to verify secret hash"),
            "{name}"
        );
    }
    let right = input("user@example.com", &Value::Null);
    assert!(perform(&mut world, "InitiateAuth", right).is_ok());
}
