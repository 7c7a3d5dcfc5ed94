//! What is refused, where, and that nobody is ever sent to an address that was not registered.

use serde_json::json;

use super::browser::{Browser, CALLBACK, authorize, parameter};
use crate::support::Pool;

#[test]
fn no_redirect_leads_to_an_address_that_is_not_registered() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    for uri in [
        "",
        "http://localhost:8080",
        "http://localhost:8080/callback/",
        "http://localhost:8080/callback?x=1",
        "http://localhost:8080/callback#x",
        "http://localhost:8080/Callback",
        "http://localhost:8080/callback/../x",
        "https://localhost:8080/callback",
        "http://localhost:8080@evil.example/callback",
        "http://localhost:8080.evil.example/callback",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        for more in [&[][..], &[("prompt", "none")], &[("response_type", "x")]] {
            let request = authorize(&[&[("redirect_uri", uri)], more].concat());
            for path in [
                request.clone(),
                request.replace("/oauth2/authorize", "/login"),
                request.replace("/oauth2/authorize", "/logout"),
            ] {
                let reply = browser.get(&path);
                assert_eq!((reply.status, reply.header("location")), (400, None), "{path}");
                assert!(reply.body.contains("redirect_mismatch"));
            }
        }
    }
    let reply = browser.get(&authorize(&[("client_id", "unknown")]));
    assert_eq!((reply.status, reply.header("location")), (400, None));
    let twice = format!("{}&redirect_uri=https%3A%2F%2Fevil.example", authorize(&[]));
    let reply = browser.get(&twice);
    assert_eq!((reply.status, reply.header("location")), (400, None));
}

#[test]
fn other_mistakes_are_told_to_the_client() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    for (more, error) in [
        (&[("response_type", "")][..], "invalid_request"),
        (&[("response_type", "id_token")], "invalid_request"),
        (&[("response_type", "token")], "unauthorized_client"),
        (&[("scope", "openid admin")], "invalid_scope"),
        (&[("scope", "email")], "invalid_scope"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", "short")], "invalid_request"),
        (&[("prompt", "none login")], "invalid_request"),
        (&[("prompt", "sometimes")], "invalid_request"),
        (&[("max_age", "-1")], "invalid_request"),
        (&[("resource", "orders")], "invalid_request"),
        (
            &[
                ("resource", "https://a.example"),
                ("resource", "https://b.example"),
            ],
            "invalid_request",
        ),
        (&[("max_age", "soon")], "invalid_request"),
        (&[("identity_provider", "Nobody")], "invalid_request"),
        (&[("idp_identifier", "nowhere.example")], "invalid_request"),
        (
            &[("prompt", "none"), ("identity_provider", "Google")],
            "login_required",
        ),
    ] {
        let reply = browser.get(&authorize(more));
        let location = reply.location();
        assert!(location.starts_with(&format!("{CALLBACK}?")), "{location}");
        assert_eq!(parameter(location, "error").as_deref(), Some(error), "{more:?}");
        assert_eq!(parameter(location, "state").as_deref(), Some("s1"));
    }
    pool.control("client", &json!({"oauth": {"flows": []}}));
    let reply = browser.get(&authorize(&[]));
    assert_eq!(
        parameter(reply.location(), "error").as_deref(),
        Some("unauthorized_client")
    );
}

#[test]
fn what_a_request_need_not_say_may_be_left_out() {
    let pool = Pool::start();
    let mut browser = Browser::new(&pool);
    let bare = authorize(&[
        ("state", ""),
        ("nonce", ""),
        ("scope", ""),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
        ("lang", "de"),
        ("resource", "https://api.example"),
    ]);
    assert_eq!(browser.go(&bare).status, 200);
}

#[test]
fn other_sites_and_hosts_get_nothing() {
    let pool = Pool::start();
    let request = authorize(&[]);
    let host = [("Host", "evil.example:80")];
    assert_eq!(pool.send("GET", &request, &host, "").unwrap().status, 403);
    for origin in ["http://evil.example", "null", "http://localhost:8080"] {
        let headers = [("Origin", origin)];
        let path = request.replace("/oauth2/authorize", "/login");
        assert_eq!(
            pool.send("POST", &path, &headers, "").unwrap().status,
            403,
            "{origin}"
        );
    }
    let page = pool.get(&request);
    assert!(page.header("access-control-allow-origin").is_none());
    for (method, path) in [
        ("OPTIONS", "/oauth2/token"),
        ("OPTIONS", "/oauth2/userInfo"),
        ("OPTIONS", "/oauth2/revoke"),
        ("POST", "/oauth2/token"),
        ("GET", "/oauth2/userInfo"),
    ] {
        let headers = [("Origin", "http://localhost:8080")];
        let reply = pool.send(method, path, &headers, "").unwrap();
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{path}");
    }
}
