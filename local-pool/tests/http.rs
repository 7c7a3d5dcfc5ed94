//! The pool as a client sees it.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

mod support;

use local_pool::{Options, Server, StartError, USERS};
use serde_json::{Value, json};
use support::{Pool, Srp};

const USER: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";

fn incorrect() -> (String, String) {
    (
        "NotAuthorizedException".to_owned(),
        "Incorrect username or password.".to_owned(),
    )
}

#[test]
fn srp_signs_in_and_the_tokens_work() {
    let pool = Pool::start();
    let result = pool.sign_in("User@Example.com", PASSWORD);
    let tokens = &result["AuthenticationResult"];
    assert_eq!(tokens["TokenType"], "Bearer");
    let user = pool.ok("GetUser", json!({"AccessToken": tokens["AccessToken"]}));
    assert_eq!(user["UserAttributes"][1], json!({"Name": "email", "Value": USER}));

    let refresh = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]},
    });
    let renewed = pool.ok("InitiateAuth", refresh.clone());
    assert!(renewed["AuthenticationResult"]["IdToken"].is_string());
    pool.ok("RevokeToken", json!({"Token": tokens["RefreshToken"]}));
    assert_eq!(
        pool.refused("InitiateAuth", refresh).1,
        "Refresh Token has been revoked"
    );
    let user = pool.refused("GetUser", json!({"AccessToken": tokens["AccessToken"]}));
    assert_eq!(user.1, "Access Token has been revoked");
}

#[test]
fn a_wrong_password_and_an_unknown_user_are_refused_alike() {
    let pool = Pool::start();
    for email in [USER, "nobody@example.com"] {
        let proof = pool.proof(email, "Sunflower-43!");
        assert_eq!(
            pool.refused("RespondToAuthChallenge", proof),
            incorrect(),
            "{email}"
        );
    }
    for _ in 0..4 {
        let proof = pool.proof(USER, "Sunflower-43!");
        pool.refused("RespondToAuthChallenge", proof);
    }
    let locked = pool.refused("InitiateAuth", Srp::new().start(USER));
    assert_eq!(locked.1, "Password attempts exceeded");
    pool.control("clock", &json!({"advance_seconds": 2}));
    assert!(pool.sign_in(USER, PASSWORD)["AuthenticationResult"].is_object());
}

#[test]
fn a_secret_block_answers_one_challenge_of_one_user() {
    let pool = Pool::start();
    let proof = pool.proof(USER, PASSWORD);
    pool.ok("RespondToAuthChallenge", proof.clone());
    assert_eq!(pool.refused("RespondToAuthChallenge", proof), incorrect());

    let mut stolen = pool.proof(USER, PASSWORD);
    let theirs = pool.proof("admin@example.com", PASSWORD);
    stolen["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"] =
        theirs["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"].clone();
    assert_eq!(pool.refused("RespondToAuthChallenge", stolen), incorrect());
}

#[test]
fn a_challenge_does_not_wait_and_a_timestamp_is_of_now() {
    let pool = Pool::start();
    let late = pool.proof(USER, PASSWORD);
    pool.control("clock", &json!({"advance_seconds": 180}));
    assert_eq!(pool.refused("RespondToAuthChallenge", late), incorrect());

    let client = Srp::new();
    let old = pool.timestamp();
    pool.control("clock", &json!({"advance_seconds": 301}));
    let challenge = pool.ok("InitiateAuth", client.start(USER));
    let answer = client.answer(&challenge["ChallengeParameters"], PASSWORD, &old);
    assert_eq!(pool.refused("RespondToAuthChallenge", answer), incorrect());
}

#[test]
fn sign_up_waits_for_its_code_which_expires() {
    let pool = Pool::start();
    let email = "ada@example.com";
    let answer = pool.ok("SignUp", json!({"Username": email, "Password": PASSWORD}));
    assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "a***@e***");
    let proof = pool.proof(email, PASSWORD);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", proof).0,
        "UserNotConfirmedException"
    );

    let confirm = |code: String| json!({"Username": email, "ConfirmationCode": code});
    let first = pool.code(email);
    pool.control("clock", &json!({"advance_seconds": 86_400}));
    assert_eq!(
        pool.refused("ConfirmSignUp", confirm(first)).0,
        "ExpiredCodeException"
    );
    pool.ok("ResendConfirmationCode", json!({"Username": email}));
    pool.ok("ConfirmSignUp", confirm(pool.code(email)));
    assert!(pool.sign_in(email, PASSWORD)["AuthenticationResult"].is_object());
}

#[test]
fn a_forgotten_password_is_replaced() {
    let pool = Pool::start();
    pool.ok("ForgotPassword", json!({"Username": USER}));
    let code = pool.code(USER);
    pool.ok(
        "ConfirmForgotPassword",
        json!({"Username": USER, "ConfirmationCode": code, "Password": "Tulip-Field-7"}),
    );
    let proof = pool.proof(USER, PASSWORD);
    assert_eq!(pool.refused("RespondToAuthChallenge", proof), incorrect());
    assert!(pool.sign_in(USER, "Tulip-Field-7")["AuthenticationResult"].is_object());
}

#[test]
fn an_invited_user_chooses_a_password() {
    let pool = Pool::start();
    let invited = USERS[2];
    let challenge = pool.sign_in(invited.email, invited.password);
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": challenge["Session"],
        "ChallengeResponses": {"USERNAME": invited.email, "NEW_PASSWORD": "Tulip-Field-7"},
    });
    assert!(pool.ok("RespondToAuthChallenge", answer.clone())["AuthenticationResult"].is_object());
    assert_eq!(
        pool.refused("RespondToAuthChallenge", answer).0,
        "NotAuthorizedException"
    );
}

#[test]
fn users_and_client_are_set_by_the_control_api() {
    let pool = Pool::start();
    pool.control("users", &json!({"email": USER, "disabled": true}));
    let proof = pool.proof(USER, PASSWORD);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", proof).1,
        "User is disabled."
    );
    pool.control(
        "users",
        &json!({"username": "reset@example.com", "password": PASSWORD, "status": "RESET_REQUIRED"}),
    );
    let proof = pool.proof("reset@example.com", PASSWORD);
    assert_eq!(
        pool.refused("RespondToAuthChallenge", proof).0,
        "PasswordResetRequiredException"
    );

    pool.control(
        "client",
        &json!({"prevent_user_existence_errors": "LEGACY", "access_token_validity_seconds": 5}),
    );
    let unknown = pool.refused("InitiateAuth", Srp::new().start("nobody@example.com"));
    assert_eq!(unknown.0, "UserNotFoundException");
    let tokens = pool.sign_in("admin@example.com", PASSWORD)["AuthenticationResult"].take();
    assert_eq!(tokens["ExpiresIn"], 5);
    pool.control("clock", &json!({"advance_seconds": 5}));
    let expired = pool.refused("GetUser", json!({"AccessToken": tokens["AccessToken"]}));
    assert_eq!(expired.1, "Access Token has expired");

    pool.control("reset", &json!({}));
    assert!(pool.sign_in(USER, PASSWORD)["AuthenticationResult"].is_object());
    assert_eq!(
        pool.proof("nobody@example.com", PASSWORD)["ChallengeName"],
        "PASSWORD_VERIFIER"
    );
}

#[test]
fn nonsense_for_the_control_api_is_refused_with_a_reason() {
    let pool = Pool::start();
    for (path, body) in [
        ("client", json!({"access_token_validity_seconds": 0})),
        (
            "client",
            json!({"refresh_token_rotation": {"enabled": true, "retry_grace_period_seconds": 61}}),
        ),
        ("client", json!({"explicit_auth_flows": ["PASSWORD"]})),
        ("client", json!({"acces_token_validity_seconds": 5})),
        ("clock", json!({})),
        ("users", json!({"email": "nobody"})),
        ("users", json!({"email": "without@password.example"})),
        ("faults", json!({"operation": "GetUser", "status": 200})),
        ("faults", json!({"operation": "GetUsr", "status": 500})),
    ] {
        let reply = pool
            .send("POST", &format!("/control/{path}"), &[], &body.to_string())
            .unwrap();
        assert_eq!(reply.status, 400, "{path} {body}");
        assert!(!reply.json()["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn the_log_counts_operations_and_holds_no_secret() {
    let pool = Pool::start();
    let proof = pool.proof(USER, PASSWORD);
    let signature = proof["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"]
        .as_str()
        .unwrap()
        .to_owned();
    let tokens = pool.ok("RespondToAuthChallenge", proof)["AuthenticationResult"].take();
    pool.refused("GetUser", json!({"AccessToken": tokens["IdToken"]}));
    let log = pool.get("/control/log");
    let entries = log.json()["entries"].take();
    let told: Vec<(&str, &str)> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["operation"].as_str().unwrap(),
                entry["outcome"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("InitiateAuth", "PASSWORD_VERIFIER"),
            ("RespondToAuthChallenge", "ok"),
            ("GetUser", "NotAuthorizedException"),
        ]
    );
    assert_eq!(entries[0]["flow"], "USER_SRP_AUTH");
    for secret in [PASSWORD, &signature, tokens["IdToken"].as_str().unwrap()] {
        assert!(!log.body.contains(secret));
    }
}

#[test]
fn faults_strike_as_told() {
    let pool = Pool::start();
    let call = || pool.call("GetUser", json!({"AccessToken": "x"}));
    pool.control(
        "faults",
        &json!({"operation": "GetUser", "times": 2, "drop": true}),
    );
    assert!(call().is_none() && call().is_none());
    assert_eq!(call().unwrap().status, 400);

    pool.control("faults", &json!({"operation": "GetUser", "lose": true}));
    assert!(call().is_none());
    assert_eq!(call().unwrap().status, 400);

    let throttled =
        json!({"operation": "GetUser", "status": 429, "type": "TooManyRequestsException", "message": "Slow"});
    pool.control("faults", &throttled);
    let reply = call().unwrap();
    assert_eq!(
        (reply.status, reply.json()),
        (
            429,
            json!({"__type": "TooManyRequestsException", "message": "Slow"})
        )
    );

    for body in ["truncated", "malformed"] {
        pool.control("faults", &json!({"operation": "*", "body": body}));
        let reply = call().unwrap();
        assert!(
            serde_json::from_str::<Value>(&reply.body).is_err(),
            "{}",
            reply.body
        );
    }
    let log = pool.get("/control/log").json();
    assert_eq!(
        (&log["entries"][0]["outcome"], &log["entries"][0]["fault"]),
        (&json!("dropped"), &json!(true))
    );
}

#[test]
fn any_page_may_speak_the_protocol_and_none_may_drive_the_pool() {
    let pool = Pool::start();
    let page = ("Origin", "http://localhost:8080");
    let preflight = pool
        .send(
            "OPTIONS",
            "/",
            &[page, ("Access-Control-Request-Method", "POST")],
            "",
        )
        .unwrap();
    assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
    for name in ["x-amz-target", "x-amz-user-agent", "content-type"] {
        assert!(
            preflight
                .header("access-control-allow-headers")
                .unwrap()
                .contains(name),
            "{name}"
        );
    }
    let refusal = pool.call("GetUser", json!({})).unwrap();
    assert_eq!(refusal.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        refusal.header("access-control-expose-headers"),
        Some("x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date")
    );
    pool.control("clock", &json!({"freeze_at": 784_111_777}));
    let dated = pool.call("GetUser", json!({})).unwrap();
    assert_eq!(
        dated.header("date"),
        Some("Sun, 06 Nov 1994 08:49:37 GMT"),
        "the pool's own"
    );
    assert!(refusal.header("x-amzn-requestid").is_some());

    for path in ["/control/mailbox", "/control/log", "/mailbox", "/events"] {
        assert_eq!(pool.send("GET", path, &[page], "").unwrap().status, 403, "{path}");
        assert_eq!(
            pool.send("GET", path, &[("Host", "evil.example")], "")
                .unwrap()
                .status,
            403,
            "{path}"
        );
    }
    assert_eq!(
        pool.send("POST", "/control/reset", &[page], "{}").unwrap().status,
        403
    );
}

#[test]
fn what_is_no_operation_is_unknown() {
    let pool = Pool::start();
    let json = ("Content-Type", "application/x-amz-json-1.1");
    let target = ("x-amz-target", "AWSCognitoIdentityProviderService.GetUser");
    for headers in [
        vec![json],
        vec![
            json,
            (
                "x-amz-target",
                "AWSCognitoIdentityProviderService.NoSuchOperation",
            ),
        ],
        vec![json, ("x-amz-target", "GetUser")],
        vec![target, ("Content-Type", "application/json")],
    ] {
        let reply = pool.send("POST", "/", &headers, "{}").unwrap();
        assert_eq!(
            (reply.status, &reply.json()["__type"]),
            (400, &json!("UnknownOperationException"))
        );
    }
    let reply = pool.send("POST", "/", &[json, target], "[]").unwrap();
    assert_eq!(reply.json()["__type"], "SerializationException");
}

#[test]
fn discovery_names_the_issuer_of_the_tokens() {
    let pool = Pool::start();
    let issuer = pool.server.issuer();
    let document = pool
        .get("/us-east-1_LocalPool/.well-known/openid-configuration")
        .json();
    assert_eq!(document["issuer"], json!(issuer));
    assert_eq!(
        document["jwks_uri"],
        json!(format!("{issuer}/.well-known/jwks.json"))
    );
    let keys = pool.get("/us-east-1_LocalPool/.well-known/jwks.json").json();
    assert_eq!(
        (&keys["keys"][0]["alg"], &keys["keys"][0]["use"]),
        (&json!("RS256"), &json!("sig"))
    );
}

#[test]
fn the_mailbox_page_is_escaped_and_strict() {
    let pool = Pool::start();
    let empty = pool.get("/mailbox");
    assert!(empty.body.contains("No mail yet"));
    assert!(
        empty
            .header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'none'; script-src 'self'")
    );
    let email = "<b>&\"x\"@example.com";
    pool.ok("SignUp", json!({"Username": email, "Password": PASSWORD}));
    let page = pool.get("/mailbox").body;
    assert!(page.contains("&lt;b&gt;&amp;&quot;x&quot;@example.com") && !page.contains(email));
    assert!(pool.get("/").body.contains("us-east-1_LocalPool"));
}

#[test]
fn a_taken_port_is_told_and_dropping_the_server_frees_it() {
    let pool = Pool::start();
    let port = pool.server.address().port();
    let taken = Server::start(Options {
        port,
        ..Options::default()
    })
    .unwrap_err();
    assert!(matches!(taken, StartError::PortTaken(taken) if taken == port));
    assert!(taken.to_string().contains(&port.to_string()));
    drop(pool);
    assert!(
        Server::start(Options {
            port,
            ..Options::default()
        })
        .is_ok()
    );
}
