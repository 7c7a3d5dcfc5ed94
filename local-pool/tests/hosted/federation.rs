//! Signing in through identity providers.

use serde_json::{Value, json};

use super::browser::{Browser, authorize, claims, parameter};
use crate::support::Pool;

fn at(provider: &str) -> String {
    authorize(&[("identity_provider", provider)])
}

/// The ID token's claims of somebody who comes through `provider`.
fn id(pool: &Pool, provider: &str, answer: &[(&str, &str)]) -> Value {
    let reply = Browser::new(pool).federate(&at(provider), answer);
    let tokens = pool.redeem(reply.location());
    assert_eq!(tokens.status, 200, "{}", tokens.body);
    claims(&tokens.json()["id_token"])
}

/// Error and description that the client gets.
fn refused(pool: &Pool, provider: &str, answer: &[(&str, &str)]) -> (String, String) {
    let reply = Browser::new(pool).federate(&at(provider), answer);
    let location = reply.location();
    assert_eq!(parameter(location, "state").as_deref(), Some("s1"));
    assert_eq!(parameter(location, "code"), None);
    let text = |name| parameter(location, name).unwrap();
    (text("error"), text("error_description"))
}

#[test]
fn somebody_from_a_social_provider_becomes_a_user() {
    let pool = Pool::start();
    let id = id(&pool, "Google", &[("answer", "robin")]);
    let username = id["cognito:username"].as_str().unwrap().to_owned();
    let subject = username.strip_prefix("Google_").unwrap();
    assert!(subject.len() == 21 && subject.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(
        (&id["email"], &id["email_verified"], &id["name"]),
        (&json!("robin@example.com"), &json!(true), &json!("Robin Winter"))
    );
    assert_eq!(id["amr"], json!(["fed"]));
    assert!(id.get("acr").is_none());
    assert_eq!(id["cognito:groups"], json!(["us-east-1_LocalPool_Google"]));
    let identity = &id["identities"][0];
    assert_eq!(
        (
            &identity["providerName"],
            &identity["providerType"],
            &identity["userId"]
        ),
        (&json!("Google"), &json!("Google"), &json!(subject))
    );
    assert_eq!(identity["primary"], "true");
    assert_eq!(id["nonce"], "n1");

    let again = self::id(&pool, "Google", &[("answer", "robin")]);
    assert_eq!(
        (&again["sub"], &again["cognito:username"]),
        (&id["sub"], &id["cognito:username"])
    );
    let other = self::id(&pool, "Google", &[("answer", "kim")]);
    assert_ne!(other["sub"], id["sub"]);
    assert_eq!(other["email_verified"], json!(false));
}

#[test]
fn enterprise_providers_work_alike() {
    let pool = Pool::start();
    let oidc = id(&pool, "Workforce", &[("answer", "robin")]);
    assert_eq!(oidc["identities"][0]["providerType"], "OIDC");
    let saml = id(&pool, "Partner", &[("answer", "robin")]);
    assert_eq!(saml["cognito:username"], "Partner_robin@example.com");
    assert_eq!(saml["identities"][0]["providerType"], "SAML");
    assert_eq!(saml["email"], "robin@example.com");
    // This provider's mapping says nothing of it.
    assert_eq!(saml["email_verified"], json!(false));
    assert_ne!(oidc["sub"], saml["sub"]);
    let mut browser = Browser::new(&pool);
    let by_domain = authorize(&[("idp_identifier", "Partner.Example")]);
    assert!(
        browser
            .get(&by_domain)
            .location()
            .starts_with("/idp/us-east-1_LocalPool/Partner?state=")
    );
}

#[test]
fn whoever_one_says_one_is_arrives() {
    let pool = Pool::start();
    let answer = [
        ("answer", "other"),
        ("email", "Ämy+x@example.com"),
        ("given_name", "Amy <b>"),
        ("family_name", "O'Hara"),
    ];
    let id = id(&pool, "Google", &answer);
    assert_eq!(
        (&id["email"], &id["name"]),
        (&json!("Ämy+x@example.com"), &json!("Amy <b> O'Hara"))
    );
    assert_eq!(id["email_verified"], json!(false));
}

#[test]
fn failures_are_told_to_the_client() {
    let pool = Pool::start();
    assert_eq!(refused(&pool, "Google", &[("answer", "deny")]).0, "access_denied");
    let failed = refused(&pool, "Google", &[("answer", "error")]);
    assert_eq!(failed.0, "invalid_request");
    assert!(failed.1.starts_with("Google Error - 500"), "{}", failed.1);
    assert_eq!(
        refused(&pool, "Google", &[("answer", "sam")]),
        (
            "invalid_request".to_owned(),
            "attributes required: [email]".to_owned()
        )
    );
    let no_address = [("answer", "other"), ("email", "nonsense")];
    let failed = refused(&pool, "Google", &no_address);
    assert_eq!(failed.1, "Invalid user attributes: Invalid email address format.");
}

#[test]
fn an_address_from_elsewhere_does_not_take_over_a_user() {
    let pool = Pool::start();
    let federated = id(&pool, "Google", &[("answer", "user")]);
    assert_eq!(federated["email"], "user@example.com");
    pool.sign_in("user@example.com", "Sunflower-42!");
    let native = pool.hosted("user@example.com", "Sunflower-42!");
    assert_ne!(claims(&native["id_token"])["sub"], federated["sub"]);
}

#[test]
fn a_session_counts_for_the_provider_that_it_came_by() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    browser.federate(&at("Google"), &[("answer", "robin")]);
    for request in [at("Google"), authorize(&[])] {
        assert!(browser.get(&request).location().contains("code="));
    }
    assert!(browser.get(&at("Workforce")).location().starts_with("/idp/"));
    assert!(browser.get(&at("COGNITO")).location().starts_with("/login?"));
    pool.control("client", &json!({"oauth": {"identity_providers": ["COGNITO"]}}));
    assert!(browser.get(&authorize(&[])).location().starts_with("/login?"));
}

#[test]
fn nobody_comes_back_in_anothers_place() {
    let pool = Pool::start();
    let mut attacker = Browser::new(&pool);
    let first = attacker.get(&at("Google")).location().to_owned();
    let page = attacker.get(&first);
    let fields = [
        ("_csrf", page.input("_csrf")),
        ("state", page.input("state")),
        ("answer", "robin"),
    ];
    let path = first.split('?').next().unwrap();
    let mut victim = Browser::new(&pool);
    victim.go(&authorize(&[]));
    assert_eq!(victim.get(&first).status, 400);
    assert_eq!(victim.post(path, &fields).status, 400);
    let back = attacker.post(path, &fields).location().to_owned();
    assert_eq!(victim.get(&back).status, 400);
    let state = page.input("state").to_owned();
    for tampered in [
        format!("/oauth2/idpresponse?code=x&state={state}"),
        format!("/oauth2/idpresponse?state={state}"),
        "/oauth2/idpresponse?code=&state=".to_owned(),
        "/saml2/idpresponse?SAMLResponse=&RelayState=".to_owned(),
        "/oauth2/idpresponse".to_owned(),
    ] {
        assert_eq!(attacker.get(&tampered).status, 400, "{tampered}");
    }
    assert!(attacker.get(&back).location().contains("code="));
    assert_eq!(attacker.get(&back).status, 400);
    assert_eq!(
        attacker.get("/idp/us-east-1_LocalPool/Google?state=x").status,
        400
    );
    assert_eq!(attacker.get("/idp/other/Google").status, 400);
}

#[test]
fn a_client_of_one_provider_goes_there_at_once() {
    let pool = Pool::start();
    pool.control("client", &json!({"oauth": {"identity_providers": ["Workforce"]}}));
    let mut browser = Browser::new(&pool);
    assert!(browser.get(&authorize(&[])).location().contains("/Workforce?"));
    let request = authorize(&[]);
    let page = browser.get(&request.replace("/oauth2/authorize", "/login"));
    assert!(page.body.contains("Continue with Workforce") && !page.body.contains("password"));
    let login = request.replace("/oauth2/authorize", "/login");
    let posted = [("username", "user@example.com"), ("password", "Sunflower-42!")];
    let refused = browser.post(&login, &posted);
    assert!(refused.header("location").is_none());
}

#[test]
fn triggers_refuse_or_link_newcomers() {
    let pool = Pool::start();
    pool.control("pool", &json!({"triggers": {"pre_sign_up": "Use your password"}}));
    let words = "PreSignUp failed with error Use your password. ";
    assert_eq!(
        refused(&pool, "Google", &[("answer", "user")]),
        ("invalid_request".to_owned(), words.to_owned())
    );
    assert_eq!(
        refused(&pool, "Partner", &[("answer", "user")]),
        (
            "server_error".to_owned(),
            format!("Invalid SAML response received: {words}")
        )
    );

    pool.control(
        "pool",
        &json!({"triggers": {"pre_sign_up": null, "link_by_email": true}}),
    );
    let (error, words) = refused(&pool, "Google", &[("answer", "user")]);
    assert_eq!(error, "invalid_request");
    assert!(
        words.starts_with("Already found an entry for username Google_1"),
        "{words}"
    );
    let linked = id(&pool, "Google", &[("answer", "user")]);
    let own = pool.hosted("user@example.com", "Sunflower-42!");
    assert_eq!(claims(&own["id_token"])["sub"], linked["sub"]);
    assert_eq!(linked["identities"][0]["primary"], "false");

    // Who does not prove the address is somebody else.
    let claimed = [("answer", "other"), ("email", "admin@example.com")];
    let stranger = id(&pool, "Google", &claimed);
    assert_eq!(stranger["identities"][0]["primary"], "true");
    let nobody = id(&pool, "Google", &[("answer", "robin")]);
    assert_eq!(nobody["email"], "robin@example.com");
}
