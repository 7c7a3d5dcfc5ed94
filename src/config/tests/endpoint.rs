//! Which addresses may be the endpoint.

use super::*;

#[test]
fn endpoints_that_may_be_used() {
    for (text, kept) in [
        ("http://127.0.0.1:9229", "http://127.0.0.1:9229"),
        ("http://127.8.9.10/", "http://127.8.9.10"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:65535", "http://[::1]:65535"),
        (
            "https://login.example.com/cognito//",
            "https://login.example.com/cognito",
        ),
        ("https://192.0.2.1:8443", "https://192.0.2.1:8443"),
    ] {
        let config = with_endpoint(text).unwrap();
        assert_eq!(config.endpoint.as_str(), kept);
        assert_eq!(config.issuer(), format!("{kept}/eu-central-1_AbCdEfGhI"));
    }
}

#[test]
fn endpoints_that_may_not_be_used() {
    use EndpointProblem::*;
    for (text, expected) in [
        ("", NoScheme),
        ("//example.com", NoScheme),
        ("ftp://example.com", NoScheme),
        (" https://example.com", NoScheme),
        ("http://example.com", Plaintext),
        ("http://localhost.example.com", Plaintext),
        ("http://127.0.0.1.example.com", Plaintext),
        ("http://128.0.0.1", Plaintext),
        ("http://0x7f000001", Plaintext),
        ("http://localhost@example.com", UserInfo),
        ("http://example.com\\@localhost", Path),
        ("http://localhost\\.example.com", Path),
        ("https://user:password@example.com", UserInfo),
        ("https://example.com?x=1", QueryOrFragment),
        ("https://example.com/#x", QueryOrFragment),
        ("https://", Host),
        ("https://:443", Host),
        ("https://ex ample.com", Host),
        ("https://a..b", Host),
        ("https://exämple.com", Host),
        ("https://[::1", Host),
        ("http://[::1].example.com", Host),
        ("https://example.com:", Port),
        ("https://example.com:0", Port),
        ("https://example.com:65536", Port),
        ("https://example.com:+443", Port),
        ("https://example.com/a b", Path),
        ("https://example.com/a/../b", Path),
        ("https://example.com/%2e%2e", Path),
    ] {
        assert_eq!(
            with_endpoint(text).unwrap_err(),
            ConfigProblem::BadEndpoint {
                path: "custom.cognito.endpoint".to_owned(),
                problem: expected
            },
            "{text}"
        );
    }
}

#[test]
fn a_proxy_can_keep_the_pools_own_issuer() {
    let issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";
    let custom = json!({ "cognito": { "endpoint": "https://login.example.com", "issuer": issuer } });
    let config = parse(&set(full(), "/custom", custom)).unwrap();
    assert_eq!(config.endpoint.as_str(), "https://login.example.com");
    assert_eq!(config.issuer(), issuer);
}
