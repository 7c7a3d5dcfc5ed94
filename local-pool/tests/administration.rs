//! A pool that is set up with AWS's own operations, and a sign-in there.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use rsa::{BigUint, RsaPublicKey};
use serde_json::{Value, json};
use sha2::Sha256;
use support::{Pool, Reply};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "Marigold-43!";

fn call(pool: &Pool, operation: &str, input: &Value, headers: &[(&str, &str)]) -> Reply {
    let target = format!("AWSCognitoIdentityProviderService.{operation}");
    let mut all = vec![
        ("x-amz-target", target.as_str()),
        ("Content-Type", "application/x-amz-json-1.1"),
    ];
    all.extend(headers);
    pool.send("POST", "/", &all, &input.to_string()).unwrap()
}

fn done(pool: &Pool, operation: &str, input: Value) -> Value {
    // As the AWS CLI signs; nobody looks at it.
    let signature = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/aws4_request, Signature=0";
    let reply = call(pool, operation, &input, &[("Authorization", signature)]);
    assert_eq!(reply.status, 200, "{operation}: {}", reply.body);
    reply.json()
}

/// A pool with a user in a group: the ids of pool and client.
fn set_up(pool: &Pool) -> (String, String) {
    let created = done(
        pool,
        "CreateUserPool",
        json!({"PoolName": "mine", "UsernameAttributes": ["email"]}),
    );
    let id = created["UserPool"]["Id"].as_str().unwrap().to_owned();
    let client = json!({
        "UserPoolId": id,
        "ClientName": "web",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let client = done(pool, "CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].clone();
    let user = json!({"UserPoolId": id, "Username": EMAIL, "MessageAction": "SUPPRESS"});
    done(pool, "AdminCreateUser", user);
    let password = json!({"UserPoolId": id, "Username": EMAIL, "Password": PASSWORD, "Permanent": true});
    done(pool, "AdminSetUserPassword", password);
    done(
        pool,
        "CreateGroup",
        json!({"UserPoolId": id, "GroupName": "editors"}),
    );
    let member = json!({"UserPoolId": id, "Username": EMAIL, "GroupName": "editors"});
    done(pool, "AdminAddUserToGroup", member);
    (id, client.as_str().unwrap().to_owned())
}

fn decoded(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).unwrap()
}

/// Whether one of the keys that the pool of that id publishes has signed the token.
fn is_signed_by(pool: &Pool, id: &str, token: &str) -> bool {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let header: Value = serde_json::from_slice(&decoded(token.split('.').next().unwrap())).unwrap();
    let keys = pool.get(&format!("/{id}/.well-known/jwks.json")).json();
    let Some(key) = keys["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["kid"] == header["kid"])
    else {
        return false;
    };
    let number = |name: &str| BigUint::from_bytes_be(&decoded(key[name].as_str().unwrap()));
    let key = VerifyingKey::<Sha256>::new(RsaPublicKey::new(number("n"), number("e")).unwrap());
    let signature = Signature::try_from(decoded(signature).as_slice()).unwrap();
    key.verify(signed.as_bytes(), &signature).is_ok()
}

#[test]
fn a_pool_of_ones_own_signs_in_with_its_own_issuer_and_keys() {
    let pool = Pool::start();
    let (id, client) = set_up(&pool);
    let sign_in = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": client,
        "AuthParameters": {"USERNAME": EMAIL, "PASSWORD": PASSWORD},
    });
    let result = done(&pool, "InitiateAuth", sign_in.clone());
    let token = result["AuthenticationResult"]["IdToken"].as_str().unwrap();
    let claims: Value = serde_json::from_slice(&decoded(token.split('.').nth(1).unwrap())).unwrap();
    let issuer = format!("http://{}/{id}", pool.server.address());
    assert_eq!(claims["iss"], json!(issuer));
    assert_eq!(claims["aud"], json!(client));
    assert_eq!(claims["cognito:groups"], json!(["editors"]));
    assert_eq!(claims["email"], EMAIL);
    assert!(is_signed_by(&pool, &id, token));
    assert!(!is_signed_by(&pool, local_pool::POOL_ID, token));
    let document = pool
        .get(&format!("/{id}/.well-known/openid-configuration"))
        .json();
    assert_eq!(document["issuer"], json!(issuer));

    done(&pool, "DeleteUserPool", json!({"UserPoolId": id}));
    assert_eq!(pool.get(&format!("/{id}/.well-known/jwks.json")).status, 404);
    let gone = call(&pool, "InitiateAuth", &sign_in, &[]);
    assert_eq!(gone.json()["__type"], "ResourceNotFoundException");
}

#[test]
fn the_page_of_another_origin_administers_nothing() {
    let pool = Pool::start();
    let input = json!({"MaxResults": 1});
    let refused = call(
        &pool,
        "ListUserPools",
        &input,
        &[("Origin", "https://example.com")],
    );
    assert_eq!(refused.json()["__type"], "AccessDeniedException");
    assert_eq!(call(&pool, "ListUserPools", &input, &[]).status, 200);
}
