//! Signing in with the pool's own users, and signing out.

use local_pool::POOL_ID;
use serde_json::json;

use super::browser::{Browser, CALLBACK, authorize, claims, login, parameter};
use crate::support::Pool;

const USER: &str = "user@example.com";
const PASSWORD: &str = "Sunflower-42!";

#[test]
fn a_password_leads_to_tokens() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let reply = browser.sign_in(&authorize(&[]), "User@Example.com", PASSWORD);
    let location = reply.location();
    assert!(location.starts_with(&format!("{CALLBACK}?code=")), "{location}");
    assert_eq!(parameter(location, "state").as_deref(), Some("s1"));
    let tokens = pool.redeem(location).json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    let (id, access) = (claims(&tokens["id_token"]), claims(&tokens["access_token"]));
    assert_eq!((&id["nonce"], &id["email"]), (&json!("n1"), &json!(USER)));
    assert_eq!(
        (&id["amr"], &id["acr"]),
        (&json!(["pwd"]), &json!("urn:cognito:loa:1"))
    );
    assert_eq!(
        access["scope"],
        "openid email profile aws.cognito.signin.user.admin"
    );
    pool.ok("GetUser", json!({"AccessToken": tokens["access_token"]}));
}

#[test]
fn state_comes_back_as_it_was() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    for state in [
        "a b+c%20d",
        "=&?#/:;,'\"<script>",
        "é\u{1f600}",
        "%2541",
        "x&error=access_denied",
    ] {
        let reply = browser.get(&authorize(&[("state", state), ("prompt", "none")]));
        let location = reply.location();
        assert_eq!(parameter(location, "state").as_deref(), Some(state));
        assert_eq!(parameter(location, "error").as_deref(), Some("login_required"));
        let mut fresh = Browser::new(&pool);
        let reply = fresh.sign_in(&authorize(&[("state", state)]), USER, PASSWORD);
        assert_eq!(parameter(reply.location(), "state").as_deref(), Some(state));
    }
    let reply = browser.get(&authorize(&[("state", ""), ("prompt", "none")]));
    assert_eq!(parameter(reply.location(), "state"), None);
}

#[test]
fn a_browser_signs_in_once_for_an_hour() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    browser.sign_in(&authorize(&[]), USER, PASSWORD);
    pool.control("clock", &json!({"advance_seconds": 100}));
    for more in [&[][..], &[("prompt", "none")], &[("max_age", "110")]] {
        let reply = browser.get(&authorize(more));
        let tokens = pool.redeem(reply.location()).json();
        let id = claims(&tokens["id_token"]);
        let age = id["iat"].as_i64().unwrap() - id["auth_time"].as_i64().unwrap();
        assert!((100..110).contains(&age), "{age}");
    }
    for more in [
        ("prompt", "login"),
        ("max_age", "99"),
        ("max_age", "0"),
        ("acr_values", "urn:cognito:loa:3"),
    ] {
        let page = browser.go(&authorize(&[more]));
        assert_eq!(page.status, 200, "{more:?}");
    }
    for prompt in ["select_account", "consent"] {
        let reply = browser.get(&authorize(&[("prompt", prompt)]));
        assert!(reply.location().contains("code="), "{prompt}");
    }
    let other = Browser::new(&pool).go(&authorize(&[]));
    assert_eq!(other.status, 200);
    pool.control("clock", &json!({"advance_seconds": 3500}));
    assert_eq!(browser.go(&authorize(&[])).status, 200);
}

#[test]
fn a_session_falls_short_of_a_higher_level_that_its_user_can_reach() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    browser.sign_in(&authorize(&[]), USER, PASSWORD);
    let levels = authorize(&[("acr_values", "urn:cognito:loa:3 urn:cognito:loa:1")]);
    let code = parameter(browser.get(&levels).location(), "code");
    assert!(
        code.is_some(),
        "without a second factor, the first level is enough"
    );
    let mfa = json!({"mfa": {"configuration": "OPTIONAL", "email": true}});
    pool.control("pool", &mfa);
    let preference = json!({
        "UserPoolId": POOL_ID,
        "Username": USER,
        "EmailMfaSettings": {"Enabled": true},
    });
    pool.ok("AdminSetUserMFAPreference", preference);
    assert_eq!(browser.go(&levels).status, 200);
}

#[test]
fn signing_in_gives_the_browser_a_session_of_its_own() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let session = |browser: &Browser<'_>| {
        let found = browser.cookies.iter().find(|(name, _)| name == "cognito");
        found.map(|(_, value)| value.clone())
    };
    browser.cookies.push(("cognito".to_owned(), "planted".to_owned()));
    browser.sign_in(&authorize(&[]), USER, PASSWORD);
    let first = session(&browser).unwrap();
    assert_ne!(first, "planted");
    let again = authorize(&[("prompt", "login")]);
    browser.sign_in(&again, "admin@example.com", PASSWORD);
    assert_ne!(session(&browser).unwrap(), first);
    let mut thief = Browser::new(&pool);
    thief.cookies.push(("cognito".to_owned(), first));
    assert_eq!(thief.go(&authorize(&[])).status, 200);
}

#[test]
fn signing_out_ends_the_browsers_session_but_not_its_tokens() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let reply = browser.sign_in(&authorize(&[]), USER, PASSWORD);
    let tokens = pool.redeem(reply.location()).json();
    let client = local_pool::CLIENT_ID;
    let out = "http%3A%2F%2Flocalhost%3A8080%2F";
    for bad in [
        format!("/logout?client_id={client}&logout_uri=http%3A%2F%2Flocalhost%3A8080%2Fother"),
        format!("/logout?client_id={client}&logout_uri=https%3A%2F%2Fevil.example%2F"),
        format!("/logout?client_id=other&logout_uri={out}"),
        format!("/logout?client_id={client}"),
        "/logout".to_owned(),
    ] {
        let reply = browser.get(&bad);
        assert_eq!((reply.status, reply.header("location")), (400, None), "{bad}");
    }
    let cookies = browser.cookies.clone();
    let reply = browser.get(&format!("/logout?client_id={client}&logout_uri={out}"));
    assert_eq!(reply.location(), "http://localhost:8080/");
    assert!(browser.cookies.iter().all(|(name, _)| name != "cognito"));
    browser.cookies = cookies;
    assert_eq!(browser.go(&authorize(&[])).status, 200);
    pool.ok("GetUser", json!({"AccessToken": tokens["access_token"]}));
    let back = authorize(&[]).replace("/oauth2/authorize?", "/logout?");
    assert!(browser.get(&back).location().starts_with("/login?"));
}

#[test]
fn a_wrong_password_is_said_and_may_be_tried_again() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    for email in [USER, "nobody@example.com"] {
        let page = browser.sign_in(&authorize(&[]), email, "Wrong-42!");
        assert_eq!(
            (page.status, page.alert()),
            (400, "Incorrect username or password.")
        );
        assert!(page.body.contains(&format!("value=\"{email}\"")), "{}", page.body);
        assert!(page.header("location").is_none());
    }
    let log = pool.get("/control/log").json();
    let told = |index: usize| {
        (
            log["entries"][index]["operation"].clone(),
            log["entries"][index]["reason"].clone(),
        )
    };
    assert_eq!(told(0), (json!("/login"), json!("wrong password")));
    assert_eq!(told(1), (json!("/login"), json!("no such user")));
    let request = authorize(&[]);
    let page = browser.go(&request);
    let fields = [("username", USER), ("password", PASSWORD)];
    let mut stranger = Browser::new(&pool);
    let refused = stranger.answer(&login(&request), &page, &fields);
    assert_eq!(refused.status, 403);
    let mut tampered = vec![("_csrf", "0")];
    tampered.extend(fields);
    assert_eq!(browser.post(&login(&request), &tampered).status, 403);
    assert!(
        browser
            .answer(&login(&request), &page, &fields)
            .location()
            .contains("code=")
    );
}

#[test]
fn a_temporary_password_is_replaced_on_the_way() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let request = authorize(&[]);
    let page = browser.sign_in(&request, "new@example.com", "Temporary-42!");
    assert!(page.body.contains("Choose a new password"), "{}", page.body);
    let weak = browser.answer(&login(&request), &page, &[("NEW_PASSWORD", "short")]);
    assert!(
        weak.alert().starts_with("Password did not conform"),
        "{}",
        weak.alert()
    );
    let done = browser.answer(&login(&request), &weak, &[("NEW_PASSWORD", "Brand-new-42!")]);
    assert_eq!(pool.redeem(done.location()).status, 200);
    pool.sign_in("new@example.com", "Brand-new-42!");
}

#[test]
fn a_second_factor_is_asked_for() {
    let pool = Pool::start();
    pool.control(
        "pool",
        &json!({"mfa": {"configuration": "ON", "email": true, "software_token": false, "sms": false}}),
    );
    let mut browser = Browser::new(&pool);
    let request = authorize(&[]);
    let page = browser.sign_in(&request, USER, PASSWORD);
    assert!(page.body.contains("u***@e***"), "{}", page.body);
    let session = page.input("session").to_owned();
    // What the page hands out is of no use at the API.
    let stolen = json!({
        "ChallengeName": "EMAIL_OTP",
        "Session": session,
        "ChallengeResponses": {"USERNAME": USER, "EMAIL_OTP_CODE": pool.code(USER)},
    });
    assert_eq!(
        pool.refused("RespondToAuthChallenge", stolen).0,
        "NotAuthorizedException"
    );
    let code = pool.code(USER);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let again = browser.answer(&login(&request), &page, &[("EMAIL_OTP_CODE", wrong)]);
    assert!(again.alert().starts_with("Invalid verification code"));
    let done = browser.answer(&login(&request), &again, &[("EMAIL_OTP_CODE", &code)]);
    let tokens = pool.redeem(done.location()).json();
    let id = claims(&tokens["id_token"]);
    assert_eq!(id["amr"], json!(["pwd", "email_otp", "mfa"]));
    let replayed = browser.answer(&login(&request), &again, &[("EMAIL_OTP_CODE", &code)]);
    assert_eq!(replayed.status, 400);
}

#[test]
fn an_authenticator_app_is_set_up_on_the_way() {
    let pool = Pool::start();
    pool.control(
        "pool",
        &json!({"mfa": {"configuration": "ON", "software_token": true, "email": false, "sms": false}}),
    );
    let mut browser = Browser::new(&pool);
    let request = authorize(&[]);
    let page = browser.sign_in(&request, USER, PASSWORD);
    let secret = |page: &crate::support::Reply| {
        let (_, rest) = page.body.split_once("class=\"secret\">").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let first = secret(&page);
    assert_eq!(first.len(), 52);
    let again = browser.answer(&login(&request), &page, &[("SOFTWARE_TOKEN_MFA_CODE", "x")]);
    assert_eq!(again.status, 400);
    assert_eq!(secret(&again), first);
}

#[test]
fn pages_are_strict_and_say_nothing_as_markup() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let bad = "\"><script>alert(1)</script>'";
    let page = browser.go(&authorize(&[("login_hint", bad), ("state", bad)]));
    assert!(page.body.contains("&quot;&gt;&lt;script&gt;"), "{}", page.body);
    assert!(!page.body.contains("<script"), "{}", page.body);
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'"),
        "{policy}"
    );
    assert!(
        policy.ends_with("form-action 'self' http://localhost:8080"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let wrong = browser.sign_in(&authorize(&[("lang", bad)]), bad, bad);
    assert!(!wrong.body.contains("<script"), "{}", wrong.body);
    let stand_in = browser.go(&authorize(&[
        ("identity_provider", "Workforce"),
        ("login_hint", bad),
    ]));
    assert!(
        stand_in.body.contains("&quot;&gt;&lt;script&gt;"),
        "{}",
        stand_in.body
    );
    assert!(!stand_in.body.contains("<script"), "{}", stand_in.body);
    let style = browser.get("/hosted.css");
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
}
