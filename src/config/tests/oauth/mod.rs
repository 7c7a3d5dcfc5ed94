//! The hosted pages: `auth.oauth`, and `custom.cognito.oauth` beside it.

use super::*;

mod custom;

/// What a file comes to whose `auth.oauth` has `value` for `key`.
fn with(key: &str, value: Value) -> Result<OAuth, ConfigProblem> {
    of(&set(full(), &["/auth/oauth/", key].concat(), value))
}

fn of(file: &Value) -> Result<OAuth, ConfigProblem> {
    parse(file).map(|config| config.oauth.unwrap())
}

/// The same, with `custom.cognito.oauth`.
fn custom(more: Value) -> Result<OAuth, ConfigProblem> {
    of(&set(full(), "/custom", json!({ "cognito": { "oauth": more } })))
}

fn provider(name: &str, label: &str) -> IdentityProvider {
    IdentityProvider {
        name: name.to_owned(),
        label: label.to_owned(),
    }
}

#[track_caller]
fn assert_malformed(result: Result<OAuth, ConfigProblem>, at: &str, has: &str) {
    match result {
        Err(ConfigProblem::Malformed { path, hint, .. }) => {
            assert_eq!(path, at);
            assert!(hint.contains(has), "{hint}");
        }
        other => panic!("{at}: {other:?}"),
    }
}

#[test]
fn all_that_the_schema_has() {
    assert_eq!(
        of(&full()).unwrap(),
        OAuth {
            domain: Endpoint::parse("https://example.auth.eu-central-1.amazoncognito.com").unwrap(),
            scopes: vec!["openid".to_owned(), "email".to_owned()],
            redirect_sign_in: vec!["https://example.com/".to_owned()],
            redirect_sign_out: vec!["https://example.com/bye".to_owned()],
            providers: vec![provider("Google", "Google"), provider("SignInWithApple", "Apple")],
            email_domains: EmailDomains::None,
            managed_login: false,
            silent_sign_in: false,
            popup: false,
        }
    );
}

#[test]
fn without_the_section_there_are_no_hosted_pages() {
    assert_eq!(parse(&without(full(), "/auth/oauth")).unwrap().oauth, None);
    let cleared = set(full(), "/auth/oauth", Value::Null);
    assert_eq!(parse(&cleared).unwrap().oauth, None);
    for odd in [json!([]), json!("example.com"), json!(true), json!(1)] {
        assert_malformed(of(&set(full(), "/auth/oauth", odd)), "auth.oauth", "JSON object");
    }
}

#[test]
fn what_may_be_left_out() {
    let bare = json!({ "domain": "example.auth.eu-central-1.amazoncognito.com" });
    let bare = of(&set(full(), "/auth/oauth", bare)).unwrap();
    assert_eq!(bare.scopes, ["openid"]);
    assert!(bare.redirect_sign_in.is_empty() && bare.redirect_sign_out.is_empty());
    assert!(bare.providers.is_empty());
    let mut cleared = full();
    for key in [
        "scopes",
        "redirect_sign_in_uri",
        "redirect_sign_out_uri",
        "identity_providers",
        "response_type",
    ] {
        cleared = set(cleared, &["/auth/oauth/", key].concat(), Value::Null);
    }
    assert_eq!(of(&cleared).unwrap(), bare);
    for absent in [
        without(full(), "/auth/oauth/domain"),
        set(full(), "/auth/oauth/domain", Value::Null),
    ] {
        assert_eq!(
            problem(&absent),
            ConfigProblem::MissingField {
                path: "auth.oauth.domain".to_owned()
            }
        );
    }
}

#[test]
fn the_domain_may_be_written_as_an_address() {
    for (written, read) in [
        ("login.example.com", "https://login.example.com"),
        ("https://login.example.com", "https://login.example.com"),
        ("https://login.example.com/", "https://login.example.com"),
        ("login.example.com/", "https://login.example.com"),
        ("login.example.com:8443", "https://login.example.com:8443"),
        ("http://127.0.0.1:9229", "http://127.0.0.1:9229"),
        ("http://localhost:9229", "http://localhost:9229"),
    ] {
        assert_eq!(with("domain", json!(written)).unwrap().domain.as_str(), read);
    }
}

#[test]
fn the_domain_is_an_origin_that_nobody_reads_along_at() {
    for (written, expected) in [
        ("http://login.example.com", EndpointProblem::Plaintext),
        ("http://192.168.0.7:9229", EndpointProblem::Plaintext),
        ("ftp://login.example.com", EndpointProblem::NoScheme),
        ("HTTPS://login.example.com", EndpointProblem::NoScheme),
        ("javascript://login.example.com", EndpointProblem::NoScheme),
        ("login.example.com/oauth2", EndpointProblem::NotAnOrigin),
        ("https://login.example.com/login", EndpointProblem::NotAnOrigin),
        ("login.example.com?x=y", EndpointProblem::QueryOrFragment),
        ("login.example.com#x", EndpointProblem::QueryOrFragment),
        ("jane@login.example.com", EndpointProblem::UserInfo),
        ("login.example.com\\.evil.test", EndpointProblem::Path),
        ("", EndpointProblem::Host),
        (" login.example.com", EndpointProblem::Host),
        ("login example com", EndpointProblem::Host),
        ("login.example.com:0", EndpointProblem::Port),
    ] {
        assert_eq!(
            with("domain", json!(written)).unwrap_err(),
            ConfigProblem::BadEndpoint {
                path: "auth.oauth.domain".to_owned(),
                problem: expected
            },
            "{written}"
        );
    }
    for odd in [json!(7), json!(["login.example.com"]), json!({})] {
        assert_malformed(
            with("domain", odd),
            "auth.oauth.domain",
            "domain of the user pool",
        );
    }
}

#[test]
fn the_implicit_grant_is_refused() {
    assert!(with("response_type", json!("code")).is_ok());
    for other in [
        json!("token"),
        json!("CODE"),
        json!(""),
        json!(["code"]),
        json!(true),
    ] {
        assert_malformed(
            with("response_type", other),
            "auth.oauth.response_type",
            "\"code\"",
        );
    }
}

#[test]
fn scopes_hold_openid() {
    let scopes = |list: &[&str]| with("scopes", json!(list)).map(|oauth| oauth.scopes);
    assert_eq!(scopes(&["email", "openid"]).unwrap(), ["email", "openid"]);
    assert_eq!(scopes(&[]).unwrap(), ["openid"]);
    let own = [
        "openid",
        "aws.cognito.signin.user.admin",
        "https://api.example.com/read",
    ];
    assert_eq!(scopes(&own).unwrap(), own);
    for list in [&["email"][..], &["OPENID"], &["openid2", "profile"]] {
        assert_malformed(with("scopes", json!(list)), "auth.oauth.scopes", "ID token");
    }
    for odd in [
        json!("openid email"),
        json!(["openid email"]),
        json!(["openid", ""]),
        json!(["openid", 7]),
        json!(["openid", null]),
        json!({ "openid": true }),
    ] {
        assert_malformed(with("scopes", odd), "auth.oauth.scopes", "list of scopes");
    }
}

#[test]
fn addresses_stay_letter_by_letter() {
    for key in ["redirect_sign_in_uri", "redirect_sign_out_uri"] {
        let listed = [
            "https://Example.com/callback/?x=%2f",
            "http://localhost:8080/callback",
            "myapp://callback",
            "myapp:/callback",
        ];
        let oauth = with(key, json!(listed)).unwrap();
        let read = match key {
            "redirect_sign_in_uri" => oauth.redirect_sign_in,
            _ => oauth.redirect_sign_out,
        };
        assert_eq!(read, listed);
        for odd in [
            json!("https://example.com/"),
            json!(["/callback"]),
            json!(["example.com"]),
            json!(["https://example.com/#there"]),
            json!(["https://example.com/ https://example.org/"]),
            json!(["https://example.com/\n"]),
            json!([""]),
            json!([null]),
            json!([["https://example.com/"]]),
            json!(false),
        ] {
            let path = ["auth.oauth.", key].concat();
            assert_malformed(with(key, odd), &path, "absolute addresses");
        }
    }
}

#[test]
fn social_providers_by_the_schemas_words() {
    let all = ["GOOGLE", "FACEBOOK", "LOGIN_WITH_AMAZON", "SIGN_IN_WITH_APPLE"];
    assert_eq!(
        with("identity_providers", json!(all)).unwrap().providers,
        [
            provider("Google", "Google"),
            provider("Facebook", "Facebook"),
            provider("LoginWithAmazon", "Amazon"),
            provider("SignInWithApple", "Apple"),
        ]
    );
    for odd in [
        json!(["Google"]),
        json!(["TWITTER"]),
        json!([7]),
        json!([null]),
        json!("GOOGLE"),
    ] {
        let path = "auth.oauth.identity_providers";
        assert_malformed(
            with("identity_providers", odd),
            path,
            "custom.cognito.oauth.providers",
        );
    }
}

#[test]
fn a_provider_given_twice_is_offered_once() {
    let twice = with("identity_providers", json!(["GOOGLE", "FACEBOOK", "GOOGLE"])).unwrap();
    assert_eq!(
        twice.providers,
        [provider("Google", "Google"), provider("Facebook", "Facebook")]
    );
}

#[test]
fn a_later_schema_may_know_more() {
    let later = |key: &str, value: Value| {
        let file = set(full(), "/version", json!("1.99"));
        of(&set(file, &["/auth/oauth/", key].concat(), value))
    };
    let oauth = later("identity_providers", json!(["HOLOGRAM", "GOOGLE"])).unwrap();
    assert_eq!(oauth.providers, [provider("Google", "Google")]);
    // What the sign-in rests on is none of its news.
    assert_malformed(
        later("response_type", json!("token")),
        "auth.oauth.response_type",
        "implicit",
    );
    assert_malformed(later("scopes", json!(["email"])), "auth.oauth.scopes", "openid");
    assert!(matches!(
        later("domain", json!("http://login.example.com")),
        Err(ConfigProblem::BadEndpoint { .. })
    ));
    assert_malformed(
        later("redirect_sign_in_uri", json!("https://example.com/")),
        "auth.oauth.redirect_sign_in_uri",
        "absolute addresses",
    );
    // `custom` is ours.
    let file = set(full(), "/version", json!("1.99"));
    let file = set(
        file,
        "/custom",
        json!({ "cognito": { "oauth": { "providers": [7] } } }),
    );
    assert_malformed(of(&file), "custom.cognito.oauth.providers", "list of providers");
}

#[test]
fn a_client_secret_is_found_here_too() {
    let file = set(full(), "/auth/oauth/client_secret", json!("example"));
    assert_eq!(
        problem(&file),
        ConfigProblem::ClientSecret {
            path: "auth.oauth.client_secret".to_owned()
        }
    );
}
