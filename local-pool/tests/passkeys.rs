//! Signing in with a passkey, as a browser does it.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "support/authenticator.rs"]
mod authenticator;
mod support;

use authenticator::{Authenticator, decode, encode};
use serde_json::{Value, json};
use support::Pool;

const USER: &str = "user@example.com";
const ADMIN: &str = "admin@example.com";
const PASSWORD: &str = "Sunflower-42!";
const ORIGIN: &str = "http://localhost:8080";

/// A pool that has passkeys, and whose client may use them.
fn pool() -> Pool {
    let pool = Pool::start();
    let passkeys = json!({
        "allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"],
        "web_authn": {"relying_party_id": "localhost"},
    });
    pool.control("pool", &passkeys);
    let flows = json!({"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]});
    pool.control("client", &flows);
    pool
}

/// Signs in by password and registers a new authenticator, which counts.
fn register(pool: &Pool, email: &str) -> (Authenticator, Value) {
    let token = pool.sign_in(email, PASSWORD)["AuthenticationResult"]["AccessToken"].clone();
    let start = json!({"AccessToken": token});
    let options = pool.ok("StartWebAuthnRegistration", start)["CredentialCreationOptions"].clone();
    let mut authenticator = Authenticator::es256();
    (authenticator.sign_count, authenticator.step) = (1, 1);
    let credential = authenticator.create(&options, ORIGIN);
    let complete = json!({"AccessToken": token, "Credential": credential});
    assert_eq!(pool.ok("CompleteWebAuthnRegistration", complete), json!({}));
    (authenticator, token)
}

fn begin(pool: &Pool) -> Value {
    let start = json!({
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": USER, "PREFERRED_CHALLENGE": "WEB_AUTHN"},
    });
    let challenge = pool.ok("InitiateAuth", start);
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    challenge
}

fn options(challenge: &Value) -> Value {
    let text = &challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"];
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}

fn answer(challenge: &Value, credential: &Value) -> Value {
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": challenge["Session"],
        "ChallengeResponses": {"USERNAME": USER, "CREDENTIAL": credential.to_string()},
    })
}

fn claims(token: &Value) -> Value {
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&decode(&json!(payload))).unwrap()
}

fn not_good() -> (String, String) {
    (
        "NotAuthorizedException".to_owned(),
        "Invalid WebAuthn credential.".to_owned(),
    )
}

#[test]
fn a_passkey_signs_in_without_a_password() {
    let pool = pool();
    let (mut authenticator, _) = register(&pool, USER);
    let challenge = begin(&pool);
    let credential = authenticator.get(&options(&challenge), ORIGIN);
    let answer = answer(&challenge, &credential);
    let result = &pool.ok("RespondToAuthChallenge", answer.clone())["AuthenticationResult"];
    for token in ["AccessToken", "IdToken"] {
        let claims = claims(&result[token]);
        assert_eq!(claims["acr"], "urn:cognito:loa:3");
        assert_eq!(claims["amr"], json!(["swk"]));
    }
    let user = pool.ok("GetUser", json!({"AccessToken": result["AccessToken"]}));
    assert_eq!(user["UserAttributes"][1]["Value"], USER);
    // The same answer again: its Session is used up.
    let (kind, message) = pool.refused("RespondToAuthChallenge", answer);
    assert_eq!(kind, "NotAuthorizedException");
    assert_eq!(
        message,
        "Invalid session for the user, session can only be used once."
    );
}

#[test]
fn a_passkey_is_selected_among_the_factors_on_offer() {
    let pool = pool();
    let (mut authenticator, token) = register(&pool, USER);
    let factors = pool.ok("GetUserAuthFactors", json!({"AccessToken": token}));
    assert_eq!(
        factors["ConfiguredUserAuthFactors"],
        json!(["PASSWORD", "WEB_AUTHN"])
    );
    let earlier = authenticator.get(&options(&begin(&pool)), ORIGIN);
    let start = json!({"AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": USER}});
    let choice = pool.ok("InitiateAuth", start);
    assert_eq!(choice["ChallengeName"], "SELECT_CHALLENGE");
    let select = json!({
        "ChallengeName": "SELECT_CHALLENGE",
        "Session": choice["Session"],
        "ChallengeResponses": {
            "USERNAME": USER,
            "ANSWER": "WEB_AUTHN",
            // Of no use: it answers another challenge than the one that is to come.
            "CREDENTIAL": earlier.to_string(),
        },
    });
    let challenge = pool.ok("RespondToAuthChallenge", select);
    assert_eq!(challenge["ChallengeName"], "WEB_AUTHN");
    let options = options(&challenge);
    assert_eq!(
        options["allowCredentials"][0]["id"],
        encode(&authenticator.credential_id)
    );
    let credential = authenticator.get(&options, ORIGIN);
    let result = pool.ok("RespondToAuthChallenge", answer(&challenge, &credential));
    assert!(result["AuthenticationResult"]["RefreshToken"].is_string());
}

#[test]
fn what_is_not_the_users_passkeys_answer_is_refused() {
    let pool = pool();
    let (mut users, _) = register(&pool, USER);
    let (mut others, _) = register(&pool, ADMIN);
    let attempt = |authenticator: &mut Authenticator, origin: &str, tamper: bool| {
        let challenge = begin(&pool);
        let mut credential = authenticator.get(&options(&challenge), origin);
        if tamper {
            let mut signature = decode(&credential["response"]["signature"]);
            *signature.last_mut().unwrap() ^= 1;
            credential["response"]["signature"] = json!(encode(&signature));
        }
        pool.call("RespondToAuthChallenge", answer(&challenge, &credential))
            .unwrap()
    };
    assert_eq!(attempt(&mut users, ORIGIN, false).status, 200);
    let refused = |reply: support::Reply| {
        assert_eq!(reply.status, 400);
        let body = reply.json();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        assert_eq!((text("__type"), text("message")), not_good());
    };
    refused(attempt(&mut users, ORIGIN, true));
    refused(attempt(&mut users, "https://evil.example", false));
    refused(attempt(&mut others, ORIGIN, false));
    users.sign_count = 1;
    refused(attempt(&mut users, ORIGIN, false));
    users.sign_count = 9;
    assert_eq!(attempt(&mut users, ORIGIN, false).status, 200);
}

#[test]
fn an_assertion_does_not_answer_a_later_challenge() {
    let pool = pool();
    let (mut authenticator, _) = register(&pool, USER);
    let [first, second] = [(); 2].map(|()| begin(&pool));
    let credential = authenticator.get(&options(&first), ORIGIN);
    let replayed = pool.refused("RespondToAuthChallenge", answer(&second, &credential));
    assert_eq!(replayed, not_good());
    pool.ok("RespondToAuthChallenge", answer(&first, &credential));
}

#[test]
fn a_deleted_passkey_is_no_longer_asked_for() {
    let pool = pool();
    let (authenticator, token) = register(&pool, USER);
    let listed = pool.ok("ListWebAuthnCredentials", json!({"AccessToken": token}));
    let id = listed["Credentials"][0]["CredentialId"].clone();
    assert_eq!(id, encode(&authenticator.credential_id));
    let delete = json!({"AccessToken": token, "CredentialId": id});
    pool.ok("DeleteWebAuthnCredential", delete.clone());
    let (kind, _) = pool.refused("DeleteWebAuthnCredential", delete);
    assert_eq!(kind, "ResourceNotFoundException");
    let start = json!({
        "AuthFlow": "USER_AUTH",
        "AuthParameters": {"USERNAME": USER, "PREFERRED_CHALLENGE": "WEB_AUTHN"},
    });
    let choice = pool.ok("InitiateAuth", start);
    assert_eq!(choice["AvailableChallenges"], json!(["PASSWORD", "PASSWORD_SRP"]));
}
