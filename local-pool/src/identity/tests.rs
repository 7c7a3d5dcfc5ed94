use serde_json::{Value, json};

use super::*;
use crate::operations::testing::{pool, tokens, world};
use crate::protocol::{Outcome, Request};
use crate::seed::{IDENTITY_POOL_ID, POOL_ID};
use crate::world::World;

const PROVIDER: &str = "cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool";

fn call(world: &mut World, operation: &str, input: &Value) -> Outcome {
    let operation = crate::operations::named(operation).unwrap();
    operation.perform(world, &Request::new(input.as_object().unwrap().clone()))
}

fn id(world: &mut World, token: Option<&Value>) -> Result<String, ApiError> {
    let mut input = json!({ "IdentityPoolId": IDENTITY_POOL_ID });
    if let Some(token) = token {
        input["Logins"] = json!({ PROVIDER: token });
    }
    call(world, "GetId", &input).map(|answer| answer["IdentityId"].as_str().unwrap().to_owned())
}

fn credentials(world: &mut World, id: &str, token: Option<&Value>) -> Outcome {
    let mut input = json!({ "IdentityId": id });
    if let Some(token) = token {
        input["Logins"] = json!({ PROVIDER: token });
    }
    call(world, "GetCredentialsForIdentity", &input)
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(outcome: Result<T, ApiError>, kind: &str, message: &str) {
    let error = outcome.unwrap_err();
    assert_eq!(error.kind, kind);
    assert!(error.message.contains(message), "{}", error.message);
}

fn settings(world: &mut World) -> &mut Settings {
    &mut world.identity_pools.get_mut(IDENTITY_POOL_ID).unwrap().settings
}

#[test]
fn a_user_has_one_identity_and_credentials_of_an_hour() {
    let mut world = world();
    let first = tokens(&mut world, "user@example.com");
    let again = tokens(&mut world, "user@example.com");
    let other = tokens(&mut world, "admin@example.com");
    let identity = id(&mut world, Some(&first["IdToken"])).unwrap();
    assert_eq!(id(&mut world, Some(&again["IdToken"])).unwrap(), identity);
    let others = id(&mut world, Some(&other["IdToken"])).unwrap();
    assert_ne!(others, identity);
    let now = world.shared.clock.now();
    let answer = credentials(&mut world, &identity, Some(&again["IdToken"])).unwrap();
    assert_eq!(answer["IdentityId"], identity);
    let given = &answer["Credentials"];
    assert_eq!(given["Expiration"], now + 3600);
    let key = given["AccessKeyId"].as_str().unwrap();
    assert!(key.starts_with("ASIA") && key.len() == 20, "{key}");
    assert_eq!(given["SecretKey"].as_str().unwrap().len(), 40);
    let forbidden = credentials(&mut world, &others, Some(&first["IdToken"]));
    assert_refused(forbidden, "NotAuthorizedException", "is forbidden");
    let forbidden = credentials(&mut world, &identity, None);
    assert_refused(forbidden, "NotAuthorizedException", "is forbidden");
}

#[test]
fn guests_are_let_in_where_the_pool_says_so() {
    let mut world = world();
    let guest = id(&mut world, None).unwrap();
    assert_ne!(id(&mut world, None).unwrap(), guest);
    assert!(credentials(&mut world, &guest, None).is_ok());
    settings(&mut world).allow_unauthenticated_identities = false;
    let words = "Unauthenticated access is not supported";
    assert_refused(id(&mut world, None), "NotAuthorizedException", words);
    assert_refused(
        credentials(&mut world, &guest, None),
        "NotAuthorizedException",
        words,
    );
}

#[test]
fn a_guest_who_signs_in_goes_on_as_the_user() {
    let mut world = world();
    let guest = id(&mut world, None).unwrap();
    let tokens = tokens(&mut world, "user@example.com");
    let answer = credentials(&mut world, &guest, Some(&tokens["IdToken"])).unwrap();
    let identity = id(&mut world, Some(&tokens["IdToken"])).unwrap();
    assert_eq!(answer["IdentityId"], identity);
    assert_refused(
        credentials(&mut world, &guest, None),
        "ResourceNotFoundException",
        "not found",
    );
}

#[test]
fn only_good_id_tokens_of_the_pools_client_are_taken() {
    let mut world = world();
    let tokens = tokens(&mut world, "user@example.com");
    let token = &tokens["IdToken"];
    let refused = |world: &mut World, token: &Value, words: &str| {
        assert_refused(id(world, Some(token)), "NotAuthorizedException", words);
    };
    refused(&mut world, &json!("a.b.c"), "Not a valid OpenId Connect");
    refused(&mut world, &tokens["AccessToken"], "Not a valid OpenId Connect");
    settings(&mut world).cognito_identity_providers[0].client_id = "another".to_owned();
    refused(&mut world, token, "not from a supported provider");
    settings(&mut world).cognito_identity_providers[0].client_id = crate::seed::CLIENT_ID.to_owned();
    world.shared.clock.advance(3600);
    refused(&mut world, token, "Token expired");
}

#[test]
fn a_login_may_be_named_by_the_issuer() {
    let mut world = world();
    let tokens = tokens(&mut world, "user@example.com");
    let identity = id(&mut world, Some(&tokens["IdToken"])).unwrap();
    let mut named = |name: &str| {
        let logins = json!({ name: tokens["IdToken"] });
        let input = json!({ "IdentityPoolId": IDENTITY_POOL_ID, "Logins": logins });
        call(&mut world, "GetId", &input)
    };
    let answer = named(&format!("127.0.0.1:1/{POOL_ID}")).unwrap();
    assert_eq!(answer["IdentityId"], identity);
    assert_refused(
        named("127.0.0.1:2/us-east-1_LocalPool"),
        "NotAuthorizedException",
        "not from a supported provider",
    );
}

#[test]
fn a_token_of_another_key_is_not_taken() {
    let mut world = world();
    let tokens = tokens(&mut world, "user@example.com");
    let shared = std::sync::Arc::clone(&world.shared);
    let keys = &mut pool(&mut world).kept.keys;
    keys.rotate(&shared.random);
    keys.rotate(&shared.random);
    assert_refused(
        id(&mut world, Some(&tokens["IdToken"])),
        "NotAuthorizedException",
        "Couldn't verify signed token",
    );
}

#[test]
fn a_revoked_session_counts_only_where_the_pool_looks() {
    let mut world = world();
    let tokens = tokens(&mut world, "user@example.com");
    let username = pool(&mut world)
        .find("user@example.com")
        .unwrap()
        .username
        .clone();
    world
        .pools
        .get_mut(POOL_ID)
        .unwrap()
        .kept
        .tokens
        .revoke_all(&username);
    assert!(id(&mut world, Some(&tokens["IdToken"])).is_ok());
    settings(&mut world).cognito_identity_providers[0].server_side_token_check = true;
    assert_refused(
        id(&mut world, Some(&tokens["IdToken"])),
        "NotAuthorizedException",
        "revoked",
    );
}

#[test]
fn what_is_not_there_or_malformed_is_told_as_aws_does() {
    let mut world = world();
    let unknown = "us-east-1:00000000-0000-4000-8000-000000000000";
    let absent = call(&mut world, "GetId", &json!({ "IdentityPoolId": unknown }));
    assert_refused(absent, "ResourceNotFoundException", "IdentityPool");
    let absent = credentials(&mut world, unknown, None);
    assert_refused(absent, "ResourceNotFoundException", "Identity");
    let malformed = call(&mut world, "GetId", &json!({ "IdentityPoolId": POOL_ID }));
    assert_refused(malformed, "ValidationException", "[\\w-]+:[0-9a-f-]+");
}

#[test]
fn a_role_of_choice_has_to_be_the_tokens() {
    let mut world = world();
    let role = "arn:aws:iam::123456789012:role/admins";
    pool(&mut world).kept.groups.get_mut("admins").unwrap().role_arn = Some(role.to_owned());
    let tokens = tokens(&mut world, "admin@example.com");
    let identity = id(&mut world, Some(&tokens["IdToken"])).unwrap();
    let mut with_role = |role: &str| {
        let input = json!({
            "IdentityId": identity,
            "Logins": { PROVIDER: tokens["IdToken"] },
            "CustomRoleArn": role,
        });
        call(&mut world, "GetCredentialsForIdentity", &input)
    };
    assert!(with_role(role).is_ok());
    assert_refused(
        with_role("arn:aws:iam::123456789012:role/owner"),
        "NotAuthorizedException",
        "CustomRoleArn",
    );
}

#[test]
fn a_pool_id_stands_in_the_providers_name() {
    assert_eq!(pool_id_of(PROVIDER), Some(POOL_ID));
    let china = "cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a";
    assert_eq!(pool_id_of(china), Some("cn-north-1_a"));
    for other in [
        "cognito-idp.eu-west-1.amazonaws.com/us-east-1_LocalPool",
        "accounts.google.com",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
        "cognito-idp.us-east-1.amazonaws.com",
    ] {
        assert_eq!(pool_id_of(other), None, "{other}");
    }
}
