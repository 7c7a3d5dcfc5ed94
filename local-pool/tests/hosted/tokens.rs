//! The token, revocation and userInfo endpoints.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use local_pool::{CLIENT_ID, POOL_ID};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::browser::{Browser, VERIFIER, authorize, challenge, claims, form, parameter, redemption};
use crate::support::{Pool, Reply};

const USER: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";

fn code(pool: &Pool, more: &[(&str, &str)]) -> String {
    let reply = Browser::new(pool).sign_in(&authorize(more), USER, PASSWORD);
    parameter(reply.location(), "code").unwrap()
}

fn error(reply: &Reply) -> (u16, String) {
    let error = reply.json()["error"].as_str().unwrap().to_owned();
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    (reply.status, error)
}

fn is(status: u16, error: &str) -> (u16, String) {
    (status, error.to_owned())
}

#[test]
fn a_code_works_once_for_five_minutes_and_for_whom_it_was_made() {
    let pool = Pool::start();
    let good = code(&pool, &[]);
    assert_eq!(pool.form("/oauth2/token", &redemption(&good)).status, 200);
    let replayed = pool.form("/oauth2/token", &redemption(&good));
    assert_eq!(error(&replayed), is(400, "invalid_grant"));
    let unknown = pool.form("/oauth2/token", &redemption("7f3b"));
    assert_eq!(error(&unknown), is(400, "invalid_grant"));

    for (name, value) in [
        ("code_verifier", ""),
        ("code_verifier", "a-verifier-of-somebody-else-that-is-long-enough"),
        ("redirect_uri", "http://localhost:8080/"),
        ("redirect_uri", ""),
    ] {
        let code = code(&pool, &[]);
        let mut fields = redemption(&code);
        fields.iter_mut().find(|(known, _)| *known == name).unwrap().1 = value;
        let refused = pool.form("/oauth2/token", &fields);
        assert_eq!(error(&refused), is(400, "invalid_grant"), "{name}={value}");
    }
    let late = code(&pool, &[]);
    pool.control("clock", &json!({"advance_seconds": 300}));
    let refused = pool.form("/oauth2/token", &redemption(&late));
    assert_eq!(error(&refused), is(400, "invalid_grant"));
}

#[test]
fn the_session_that_a_user_is_told_of_is_no_cookie() {
    let pool = Pool::start();
    let tokens = pool.form("/oauth2/token", &redemption(&code(&pool, &[]))).json();
    let sessions = pool.ok("ListUserSessions", json!({"AccessToken": tokens["access_token"]}));
    let sessions = sessions["Sessions"].as_array().unwrap();
    let ids = sessions
        .iter()
        .flat_map(|session| [&session["SessionId"], &session["OriginSessionId"]]);
    let ids: Vec<_> = ids.filter_map(Value::as_str).collect();
    assert_eq!(ids.len(), 3);
    for id in ids {
        let cookie = format!("cognito={id}");
        let headers = [("Cookie", cookie.as_str())];
        let silent = pool.send("GET", &authorize(&[("prompt", "none")]), &headers, "");
        let silent = silent.unwrap();
        assert_eq!(
            parameter(silent.location(), "error").as_deref(),
            Some("login_required")
        );
    }
}

#[test]
fn who_has_to_reset_the_password_gets_no_tokens_by_having_signed_in_before() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let granted = browser.sign_in(&authorize(&[]), USER, PASSWORD);
    let code = parameter(granted.location(), "code").unwrap();
    let user = json!({"UserPoolId": POOL_ID, "Username": USER});
    pool.ok("AdminResetUserPassword", user);
    let refused = pool.form("/oauth2/token", &redemption(&code));
    assert_eq!(error(&refused), is(400, "invalid_grant"));
    let silent = browser.get(&authorize(&[("prompt", "none")]));
    assert_eq!(
        parameter(silent.location(), "error").as_deref(),
        Some("login_required")
    );
}

#[test]
fn a_verifier_and_a_challenge_need_each_other() {
    let pool = Pool::start();
    let bare = [("code_challenge", ""), ("code_challenge_method", "")];
    let downgraded = code(&pool, &bare);
    let refused = pool.form("/oauth2/token", &redemption(&downgraded));
    assert_eq!(error(&refused), is(400, "invalid_grant"));
    let bare = code(&pool, &bare);
    let fields = redemption(&bare).map(|(name, value)| (name, if value == VERIFIER { "" } else { value }));
    assert_eq!(pool.form("/oauth2/token", &fields).status, 200);
    let short = "short";
    let code = code(&pool, &[("code_challenge", &challenge(short))]);
    let fields = redemption(&code).map(|(name, value)| (name, if value == VERIFIER { short } else { value }));
    assert_eq!(
        error(&pool.form("/oauth2/token", &fields)),
        is(400, "invalid_grant")
    );
}

#[test]
fn mistakes_have_the_names_of_rfc_6749() {
    let pool = Pool::start();
    for (fields, expected) in [
        (&[("client_id", CLIENT_ID)][..], is(400, "invalid_request")),
        (
            &[("client_id", CLIENT_ID), ("grant_type", "password")],
            is(400, "unsupported_grant_type"),
        ),
        (
            &[("client_id", CLIENT_ID), ("grant_type", "client_credentials")],
            is(400, "unsupported_grant_type"),
        ),
        (
            &[("client_id", CLIENT_ID), ("grant_type", "authorization_code")],
            is(400, "invalid_request"),
        ),
        (
            &[("client_id", CLIENT_ID), ("grant_type", "refresh_token")],
            is(400, "invalid_request"),
        ),
        (
            &[("grant_type", "authorization_code"), ("code", "x")],
            is(400, "invalid_client"),
        ),
        (
            &[("client_id", "x"), ("grant_type", "authorization_code")],
            is(400, "invalid_client"),
        ),
        (
            &[
                ("client_id", CLIENT_ID),
                ("client_secret", "x"),
                ("grant_type", "refresh_token"),
            ],
            is(400, "invalid_client"),
        ),
        (
            &[("client_id", CLIENT_ID), ("grant_type", "a"), ("grant_type", "b")],
            is(400, "invalid_request"),
        ),
    ] {
        assert_eq!(error(&pool.form("/oauth2/token", fields)), expected, "{fields:?}");
    }
    pool.control("client", &json!({"explicit_auth_flows": []}));
    let fields = [
        ("client_id", CLIENT_ID),
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
    ];
    assert_eq!(
        error(&pool.form("/oauth2/token", &fields)),
        is(400, "unauthorized_client")
    );
}

fn with_basic(pool: &Pool, id: &str, secret: &str, fields: &[(&str, &str)]) -> Reply {
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Authorization", basic.as_str()),
    ];
    pool.send("POST", "/oauth2/token", &headers, &form(fields))
        .unwrap()
}

#[test]
fn a_confidential_client_shows_its_secret_in_one_of_two_ways() {
    let pool = Pool::start();
    let secret = "1example2secret3of4a5client6with7enough8length9";
    pool.control("client", &json!({"secret": secret}));
    for right in [true, false] {
        let given = if right { secret } else { "1example2other3" };
        let expected = if right { 200 } else { 400 };
        let one = code(&pool, &[]);
        let basic = with_basic(&pool, CLIENT_ID, given, &redemption(&one));
        assert_eq!(basic.status, expected, "{}", basic.body);
        let two = code(&pool, &[]);
        let mut fields = redemption(&two).to_vec();
        fields.push(("client_secret", given));
        let in_form = pool.form("/oauth2/token", &fields);
        assert_eq!(in_form.status, expected, "{}", in_form.body);
        if right {
            let both = with_basic(&pool, CLIENT_ID, given, &fields);
            assert_eq!(error(&both), is(400, "invalid_request"));
        } else {
            assert_eq!(error(&basic), is(400, "invalid_client"));
        }
    }
    let none = code(&pool, &[]);
    assert_eq!(
        error(&pool.form("/oauth2/token", &redemption(&none))),
        is(400, "invalid_client")
    );
    assert_eq!(
        error(&with_basic(&pool, "other", secret, &redemption(&none))),
        is(400, "invalid_client")
    );
    // Nobody who could not prove to be the client has used the code up.
    assert_eq!(
        with_basic(&pool, CLIENT_ID, secret, &redemption(&none)).status,
        200
    );
}

fn refresh(pool: &Pool, token: &Value) -> Reply {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("refresh_token", token.as_str().unwrap()),
    ];
    pool.form("/oauth2/token", &fields)
}

#[test]
fn a_refresh_token_renews_and_is_rotated_as_the_client_says() {
    let pool = Pool::start();
    let first = pool.hosted(USER, PASSWORD);
    let renewed = refresh(&pool, &first["refresh_token"]).json();
    assert!(renewed.get("refresh_token").is_none());
    for tokens in [&first, &renewed] {
        let hash = Sha256::digest(tokens["access_token"].as_str().unwrap());
        let half = URL_SAFE_NO_PAD.encode(&hash[..16]);
        assert_eq!(claims(&tokens["id_token"])["at_hash"], json!(half));
    }
    assert_eq!(claims(&first["id_token"])["nonce"], "n1");
    assert!(claims(&renewed["id_token"]).get("nonce").is_none());
    assert_eq!(
        claims(&renewed["access_token"])["scope"],
        claims(&first["access_token"])["scope"]
    );
    pool.control(
        "client",
        &json!({"refresh_token_rotation": {"enabled": true, "retry_grace_period_seconds": 0}}),
    );
    let second = refresh(&pool, &first["refresh_token"]).json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    let reused = refresh(&pool, &first["refresh_token"]);
    assert_eq!(error(&reused), is(400, "invalid_grant"));
    assert_eq!(refresh(&pool, &second["refresh_token"]).status, 200);
}

#[test]
fn without_openid_there_is_no_id_token_and_no_user_info() {
    let pool = Pool::start();
    let code = code(&pool, &[("scope", "aws.cognito.signin.user.admin")]);
    let tokens = pool.form("/oauth2/token", &redemption(&code)).json();
    assert!(tokens.get("id_token").is_none() && tokens["refresh_token"].is_string());
    assert!(
        refresh(&pool, &tokens["refresh_token"])
            .json()
            .get("id_token")
            .is_none()
    );
    let refused = user_info(&pool, tokens["access_token"].as_str().unwrap());
    assert_eq!(refused.status, 401);
    assert!(
        refused
            .header("www-authenticate")
            .unwrap()
            .contains("openid scope")
    );
}

fn user_info(pool: &Pool, token: &str) -> Reply {
    let bearer = format!("Bearer {token}");
    pool.send("GET", "/oauth2/userInfo", &[("Authorization", &bearer)], "")
        .unwrap()
}

#[test]
fn user_info_tells_what_the_scopes_open() {
    let pool = Pool::start();
    let code = code(&pool, &[("scope", "openid email")]);
    let tokens = pool.form("/oauth2/token", &redemption(&code)).json();
    let access = tokens["access_token"].as_str().unwrap();
    let user = user_info(&pool, access).json();
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        user,
        json!({
            "sub": id["sub"],
            "username": id["cognito:username"],
            "email": USER,
            "email_verified": "true",
        })
    );
    for token in ["x", "a.b.c", tokens["id_token"].as_str().unwrap()] {
        let refused = user_info(&pool, token);
        assert_eq!(
            (refused.status, &refused.json()["error"]),
            (401, &json!("invalid_token"))
        );
        assert!(
            refused
                .header("www-authenticate")
                .unwrap()
                .starts_with("Bearer error=\"invalid_token\"")
        );
    }
    assert_eq!(error(&pool.get("/oauth2/userInfo")), is(400, "invalid_request"));
    pool.control("clock", &json!({"advance_seconds": 3600}));
    assert_eq!(user_info(&pool, access).status, 401);
}

#[test]
fn a_revoked_session_is_over() {
    let pool = Pool::start();
    let tokens = pool.hosted(USER, PASSWORD);
    let text = |name: &str| tokens[name].as_str().unwrap();
    let revoke = |client: &str, token: &str| {
        let fields = [("client_id", client), ("token", token)];
        pool.form("/oauth2/revoke", &fields)
    };
    assert_eq!(error(&revoke("other", "x")), is(401, "invalid_client"));
    assert_eq!(error(&revoke(CLIENT_ID, "")), is(400, "invalid_request"));
    for name in ["access_token", "id_token"] {
        assert_eq!(
            error(&revoke(CLIENT_ID, text(name))),
            is(400, "unsupported_token_type")
        );
    }
    let nobodys = revoke(CLIENT_ID, "x");
    assert_eq!((nobodys.status, nobodys.body.as_str()), (200, ""));
    assert_eq!(user_info(&pool, text("access_token")).status, 200);
    for _ in 0..2 {
        assert_eq!(revoke(CLIENT_ID, text("refresh_token")).status, 200);
    }
    assert_eq!(user_info(&pool, text("access_token")).status, 401);
    let refused = refresh(&pool, &tokens["refresh_token"]);
    assert_eq!(error(&refused), is(400, "invalid_grant"));
}

#[test]
fn the_discovery_document_names_the_endpoints() {
    let pool = Pool::start();
    let document = pool
        .get("/us-east-1_LocalPool/.well-known/openid-configuration")
        .json();
    let url = pool.server.url();
    for (name, path) in [
        ("authorization_endpoint", "/oauth2/authorize"),
        ("token_endpoint", "/oauth2/token"),
        ("userinfo_endpoint", "/oauth2/userInfo"),
        ("revocation_endpoint", "/oauth2/revoke"),
        ("end_session_endpoint", "/logout"),
    ] {
        assert_eq!(document[name], json!(format!("{url}{path}")), "{name}");
    }
    assert_eq!(document["issuer"], json!(pool.server.issuer()));
    assert_eq!(
        pool.get("/us-east-1_Other/.well-known/openid-configuration")
            .status,
        404
    );
}
