//! The control API's settings.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]
// Each test program uses a part of the support.
#![allow(dead_code)]

mod support;

use local_pool::{CLIENT_ID, Options, POOL_ID, Server};
use serde_json::{Value, json};
use support::Pool;

fn refusal(pool: &Pool, path: &str, body: &Value) -> String {
    let path = format!("/control/{path}");
    let reply = pool.send("POST", &path, &[], &body.to_string()).unwrap();
    assert_eq!(reply.status, 400, "{}", reply.body);
    reply.json()["message"].as_str().unwrap().to_owned()
}

#[test]
fn settings_of_a_pool_are_merged_and_checked() {
    let pool = Pool::start();
    let before = pool.control("pool", &json!({}));
    let changed = pool.control(
        "pool",
        &json!({
            "pool": POOL_ID,
            "password_policy": {"minimum_length": 6, "require_symbols": false},
            "mfa": {"configuration": "OPTIONAL", "software_token": true},
            "web_authn": {"relying_party_id": "localhost"},
        }),
    );
    assert_eq!(changed["password_policy"]["minimum_length"], 6);
    assert_eq!(changed["password_policy"]["require_uppercase"], true);
    assert_eq!(changed["mfa"]["software_token"], true);
    let sign_up = json!({"Username": "ada@example.com", "Password": "Abcde1"});
    pool.ok("SignUp", sign_up);
    let back = pool.control(
        "pool",
        &json!({"password_policy": null, "mfa": null, "web_authn": null}),
    );
    assert_eq!(back, before);

    for (change, words) in [
        (
            json!({"mfaa": true}),
            "unknown field `mfaa`, expected one of `name`",
        ),
        (
            json!({"mfa": {"configuration": "MAYBE"}}),
            "unknown variant `MAYBE`, expected one of `OFF`, `ON`, `OPTIONAL`",
        ),
        (
            json!({"password_policy": {"minimum_length": 5}}),
            "password_policy.minimum_length is 6 to 99",
        ),
        (
            json!({"pool": "eu-west-1_None"}),
            "User pool eu-west-1_None does not exist.",
        ),
    ] {
        let refusal = refusal(&pool, "pool", &change);
        assert!(refusal.contains(words), "{refusal}");
    }
    assert_eq!(pool.control("pool", &json!({})), before);
}

#[test]
fn any_field_of_a_client_can_be_set() {
    let pool = Pool::start();
    let changed = pool.control(
        "client",
        &json!({
            "client": CLIENT_ID,
            "read_attributes": ["email"],
            "oauth": {"callback_urls": ["http://localhost:8080/"], "flows": ["code"]},
        }),
    );
    assert_eq!(changed["read_attributes"], json!(["email"]));
    assert_eq!(changed["oauth"]["flows"], json!(["code"]));
    for (change, words) in [
        (json!({"access_token_validity_seconds": 0}), "at least 1 second"),
        (
            json!({"refresh_token_rotation": {"retry_grace_period_seconds": 61}}),
            "is 0 to 60",
        ),
        (
            json!({"explicit_auth_flows": ["ALLOW_ALL"]}),
            "ALLOW_ALL is none of",
        ),
        (
            json!({"oauth": {"logout_urls": ["/"]}}),
            "oauth.logout_urls: / is no absolute URL",
        ),
        (json!({"id": "other"}), "the id of a client cannot be changed"),
        (json!({"client": "other"}), "there is no client other"),
        (json!({"color": "red"}), "unknown field `color`"),
    ] {
        let refusal = refusal(&pool, "client", &change);
        assert!(refusal.contains(words), "{refusal}");
    }
}

#[test]
fn rotated_keys_sign_and_old_tokens_pass_once_longer() {
    let pool = Pool::start();
    let tokens = pool.sign_in("user@example.com", "Sunflower-42!")["AuthenticationResult"].clone();
    let own = || json!({"AccessToken": tokens["AccessToken"]});
    let before = pool.get(&format!("/{POOL_ID}/.well-known/jwks.json")).json();
    let rotated = pool.send("POST", "/control/keys/rotate", &[], "").unwrap().json();
    assert_eq!(rotated["keys"].as_array().unwrap().len(), 2);
    assert_eq!(rotated["keys"][1], before["keys"][0]);
    assert_eq!(
        pool.get(&format!("/{POOL_ID}/.well-known/jwks.json")).json(),
        rotated
    );
    pool.ok("GetUser", own());
    pool.control("keys/rotate", &json!({"pool": POOL_ID}));
    assert_eq!(pool.refused("GetUser", own()).1, "Invalid Access Token");
}

#[test]
fn the_only_pool_and_client_need_no_name() {
    let seed = std::env::temp_dir().join(format!("local-pool-{}-only.toml", std::process::id()));
    let one = "[[pools]]\nid = \"eu-west-1_Mine\"\nsettings = { username_attributes = [] }\nclients = [{ id = \"mine\" }]\n";
    let start = |text: &str| {
        std::fs::write(&seed, text).unwrap();
        let options = Options {
            seed: Some(seed.clone()),
            ..Options::default()
        };
        Pool {
            server: Server::start(options).unwrap(),
        }
    };
    let pool = start(one);
    assert_eq!(pool.control("client", &json!({}))["id"], "mine");
    let bob = json!({"username": "bob", "password": "Sunflower-42!"});
    assert_eq!(pool.control("users", &bob)["attributes"], json!({}));
    drop(pool);
    let pool = start(&format!("{one}{}", one.replace("ine", "ore")));
    for path in ["pool", "client"] {
        let message = refusal(&pool, path, &json!({}));
        assert_eq!(message, format!("{path} is missing: there is not just one"));
    }
    std::fs::remove_file(&seed).unwrap();
}

#[test]
fn triggers_refuse_as_told() {
    let pool = Pool::start();
    let sign_up = json!({"Username": "ada@example.com", "Password": "Sunflower-42!"});
    pool.control("pool", &json!({"triggers": {"pre_sign_up": "Not from there"}}));
    assert_eq!(
        pool.refused("SignUp", sign_up.clone()),
        (
            "UserLambdaValidationException".to_owned(),
            "PreSignUp failed with error Not from there.".to_owned()
        )
    );
    pool.control(
        "pool",
        &json!({"triggers": {"pre_sign_up": null, "pre_authentication": "Not now"}}),
    );
    pool.ok("SignUp", sign_up);
    let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    pool.control("client", &json!({"explicit_auth_flows": flows}));
    let who = json!({"USERNAME": "user@example.com", "PASSWORD": "Sunflower-42!"});
    let by_password = || json!({"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": who});
    assert_eq!(
        pool.refused("InitiateAuth", by_password()).1,
        "PreAuthentication failed with error Not now."
    );
    pool.control("pool", &json!({"triggers": null}));
    let signed_in = pool.ok("InitiateAuth", by_password());
    // What is refreshed was authenticated before.
    pool.control("pool", &json!({"triggers": {"pre_authentication": "Not now"}}));
    let refresh_token = &signed_in["AuthenticationResult"]["RefreshToken"];
    pool.ok(
        "InitiateAuth",
        json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": refresh_token}}),
    );
}

#[test]
fn endpoints_of_oauth_fail_as_told() {
    let pool = Pool::start();
    let revoke = || {
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        let body = format!("client_id={CLIENT_ID}&token=x");
        pool.send("POST", "/oauth2/revoke", &form, &body)
    };
    pool.control("faults", &json!({"operation": "*", "status": 500}));
    assert_eq!(revoke().unwrap().status, 200);
    for gone in ["drop", "lose"] {
        pool.control("faults", &json!({"operation": "/oauth2/revoke", gone: true}));
        assert!(revoke().is_none());
    }
    pool.control("faults", &json!({"operation": "/oauth2/revoke", "status": 503}));
    let reply = revoke().unwrap();
    assert_eq!(
        (reply.status, reply.json()),
        (503, json!({"error": "server_error"}))
    );
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    let log = pool.get("/control/log").json();
    let last = log["entries"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["operation"], &last["outcome"], &last["fault"]),
        (&json!("/oauth2/revoke"), &json!("server_error"), &json!(true))
    );
    assert_eq!(revoke().unwrap().status, 200);
    assert_eq!(
        refusal(&pool, "faults", &json!({"operation": "/login"})),
        "there is no operation /login"
    );
}

#[test]
fn a_user_who_exists_is_changed_by_user_name_too() {
    let pool = Pool::start();
    let sub = pool.control("users", &json!({"email": "user@example.com"}))["sub"].clone();
    let changed = pool.control("users", &json!({"username": sub, "disabled": true}));
    assert_eq!((&changed["sub"], &changed["disabled"]), (&sub, &json!(true)));
    assert_eq!(
        refusal(
            &pool,
            "users",
            &json!({"username": "nobody", "password": "Sunflower-42!"})
        ),
        "email has to be an e-mail address"
    );
}
