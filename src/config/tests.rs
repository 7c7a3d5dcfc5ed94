use serde_json::{Value, json};

use super::*;

/// A file with everything in it that schema 1.4 has for `auth`.
fn full() -> Value {
    json!({
        "$schema": "https://example.org/schema.json",
        "version": "1.4",
        "auth": {
            "aws_region": "eu-central-1",
            "user_pool_id": "eu-central-1_AbCdEfGhI",
            "user_pool_client_id": "1h57kf5cpq17m0eml12EXAMPLE",
            "identity_pool_id": "eu-central-1:11111111-2222-3333-4444-555555555555",
            "password_policy": {
                "min_length": 12,
                "require_lowercase": true,
                "require_numbers": true,
                "require_symbols": false,
                "require_uppercase": false
            },
            "oauth": {
                "identity_providers": ["GOOGLE", "SIGN_IN_WITH_APPLE"],
                "domain": "example.auth.eu-central-1.amazoncognito.com",
                "scopes": ["openid", "email"],
                "redirect_sign_in_uri": ["https://example.com/"],
                "redirect_sign_out_uri": ["https://example.com/bye"],
                "response_type": "code"
            },
            "standard_required_attributes": ["email", "family_name"],
            "username_attributes": ["email", "phone_number"],
            "user_verification_types": ["email"],
            "unauthenticated_identities_enabled": true,
            "mfa_configuration": "OPTIONAL",
            "mfa_methods": ["SMS", "TOTP", "EMAIL"],
            "passwordless": {
                "email_otp_enabled": true,
                "web_authn": { "relying_party_id": "example.com", "user_verification": "required" },
                "preferred_challenge": "WEB_AUTHN"
            },
            "groups": [{ "admins": { "precedence": 0 } }, { "staff": {} }]
        },
        "data": { "url": "https://example.org/graphql" },
        "custom": { "anything": [1, 2, 3] }
    })
}

fn set(mut file: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .insert(key.to_owned(), value);
    file
}

fn without(mut file: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(key)
        .unwrap();
    file
}

fn parse(file: &Value) -> Result<Config, ConfigProblem> {
    Config::parse(&file.to_string())
}

fn problem(file: &Value) -> ConfigProblem {
    parse(file).unwrap_err()
}

fn with_endpoint(endpoint: &str) -> Result<Config, ConfigProblem> {
    parse(&set(
        full(),
        "/custom",
        json!({ "cognito": { "endpoint": endpoint } }),
    ))
}

#[test]
fn reads_every_field() {
    let config = parse(&full()).unwrap();
    assert_eq!(config.region.as_str(), "eu-central-1");
    assert_eq!(config.user_pool_id.region(), "eu-central-1");
    assert_eq!(config.user_pool_id.name(), "AbCdEfGhI");
    assert_eq!(config.client_id.as_str(), "1h57kf5cpq17m0eml12EXAMPLE");
    assert_eq!(
        config.endpoint.as_str(),
        "https://cognito-idp.eu-central-1.amazonaws.com"
    );
    assert_eq!(
        config.issuer(),
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI"
    );
    assert_eq!(
        config.jwks_url(),
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/jwks.json"
    );
    assert_eq!(
        config.password_policy,
        PasswordPolicy {
            min_length: 12,
            require_lowercase: true,
            require_uppercase: false,
            require_numbers: true,
            require_symbols: false
        }
    );
    assert_eq!(
        config.username_attributes,
        [UsernameAttribute::Email, UsernameAttribute::PhoneNumber]
    );
    assert_eq!(config.standard_required_attributes, ["email", "family_name"]);
    assert_eq!(config.user_verification_types, [VerificationType::Email]);
    assert_eq!(config.mfa_configuration, MfaConfiguration::Optional);
    assert_eq!(
        config.mfa_methods,
        [MfaMethod::Sms, MfaMethod::Totp, MfaMethod::Email]
    );
    assert_eq!(
        config.groups,
        [
            Group {
                name: "admins".to_owned(),
                precedence: Some(0)
            },
            Group {
                name: "staff".to_owned(),
                precedence: None
            }
        ]
    );
    assert!(config.passwordless.email_otp_enabled);
    assert!(!config.passwordless.sms_otp_enabled);
    assert_eq!(
        config.passwordless.preferred_challenge,
        Some(PreferredChallenge::WebAuthn)
    );
    let web_authn = config.passwordless.web_authn.as_ref().unwrap();
    assert_eq!(web_authn.user_verification, UserVerification::Required);
    let oauth = config.oauth.as_ref().unwrap();
    assert_eq!(oauth.domain, "example.auth.eu-central-1.amazoncognito.com");
    assert_eq!(
        oauth.identity_providers,
        [IdentityProvider::Google, IdentityProvider::SignInWithApple]
    );

    let sent = serde_json::to_string(&config).unwrap();
    assert_eq!(serde_json::from_str::<Config>(&sent).unwrap(), config);
}

#[test]
fn the_three_ids_are_enough() {
    let config = parse(&json!({ "version": "1", "auth": {
        "aws_region": "cn-north-1",
        "user_pool_id": "cn-north-1_x",
        "user_pool_client_id": "c",
        "mfa_configuration": null
    }}))
    .unwrap();
    assert_eq!(
        config.endpoint.as_str(),
        "https://cognito-idp.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(config.password_policy, PasswordPolicy::default());
    assert_eq!(config.mfa_configuration, MfaConfiguration::None);
    assert!(config.groups.is_empty() && config.oauth.is_none());
}

#[test]
fn the_default_file_points_at_the_local_pool() {
    let config = Config::parse(include_str!("../../static/amplify_outputs.json")).unwrap();
    assert_eq!(config.issuer(), "http://127.0.0.1:9229/us-east-1_LocalPool");
    assert_eq!(config.client_id.as_str(), "localspaclient000000000001");
    assert_eq!(config.username_attributes, [UsernameAttribute::Email]);
}

#[test]
fn versions() {
    for version in ["1", "1.1", "1.5", "1.12"] {
        parse(&set(full(), "/version", json!(version))).unwrap();
    }
    for version in ["0", "2", "1.", "1.x", "1.1.1", "", "10", "1.+5"] {
        let found = version.to_owned();
        let version = set(full(), "/version", json!(version));
        assert_eq!(problem(&version), ConfigProblem::UnsupportedVersion { found });
    }
    assert!(matches!(
        problem(&set(full(), "/version", json!(1.4))),
        ConfigProblem::Malformed { .. }
    ));
}

#[test]
fn a_later_schema_may_have_values_unknown_here() {
    let file = set(full(), "/auth/mfa_methods", json!(["TOTP", "CARRIER_PIGEON"]));
    assert!(
        matches!(problem(&file), ConfigProblem::Malformed { path, found, .. }
        if path == "auth.mfa_methods" && found == "CARRIER_PIGEON")
    );
    let later = parse(&set(file, "/version", json!("1.6"))).unwrap();
    assert_eq!(later.mfa_methods, [MfaMethod::Totp]);
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    Config::parse(&format!("\u{feff}{}", full())).unwrap();
}

#[test]
fn what_is_not_json() {
    for (text, html) in [
        ("<!doctype html><title>App</title>", true),
        ("", false),
        ("{'a': 1}", false),
    ] {
        assert!(
            matches!(Config::parse(text), Err(ConfigProblem::NotJson { looks_like_html, .. }) if looks_like_html == html),
            "{text}"
        );
    }
    let broken = "{\n  \"version\": \"1\",\n}";
    assert!(matches!(
        Config::parse(broken),
        Err(ConfigProblem::NotJson {
            line: 3,
            column: 1,
            ..
        })
    ));
    assert!(matches!(
        Config::parse("[1]"),
        Err(ConfigProblem::Malformed { .. })
    ));
    Config::parse(&"[".repeat(100_000)).unwrap_err();
}

#[test]
fn gen1_files_are_recognised() {
    let exports = json!({
        "aws_project_region": "eu-central-1",
        "aws_user_pools_id": "eu-central-1_AbCdEfGhI",
        "aws_user_pools_web_client_id": "1h57kf5cpq17m0eml12EXAMPLE"
    });
    let script = format!("const awsmobile = {exports};\nexport default awsmobile;");
    let mobile = json!({ "version": "1.0", "auth": { "plugins": { "awsCognitoAuthPlugin": {} } } });
    let configure = json!({ "Auth": { "Cognito": { "userPoolId": "eu-central-1_AbCdEfGhI" } } });
    for text in [
        exports.to_string(),
        script,
        mobile.to_string(),
        configure.to_string(),
    ] {
        assert_eq!(Config::parse(&text), Err(ConfigProblem::Gen1File), "{text}");
    }
}

#[test]
fn required_fields() {
    assert_eq!(problem(&without(full(), "/auth")), ConfigProblem::NoAuthSection);
    for path in [
        "version",
        "auth.aws_region",
        "auth.user_pool_id",
        "auth.user_pool_client_id",
    ] {
        let pointer = format!("/{}", path.replace('.', "/"));
        let missing = ConfigProblem::MissingField {
            path: path.to_owned(),
        };
        assert_eq!(problem(&without(full(), &pointer)), missing);
        assert_eq!(problem(&set(full(), &pointer, Value::Null)), missing);
        assert!(matches!(problem(&set(full(), &pointer, json!(7))),
            ConfigProblem::Malformed { path: p, .. } if p == path));
    }
}

#[test]
fn usual_mistakes_with_ids_get_a_hint() {
    let pool = "/auth/user_pool_id";
    let client = "/auth/user_pool_client_id";
    for (pointer, text, expected) in [
        (
            pool,
            "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI",
            "ARN",
        ),
        (
            pool,
            "eu-central-1:11111111-2222-3333-4444-555555555555",
            "identity pool id",
        ),
        (pool, "1h57kf5cpq17m0eml12EXAMPLE", "swapped"),
        (pool, " eu-central-1_AbCdEfGhI", "white space"),
        (pool, "<your pool id>", "placeholder"),
        (
            pool,
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
            "address",
        ),
        (pool, "eu-central-1_Ab-CdEfGhI", "underscore"),
        (pool, "", "empty"),
        (client, "eu-central-1_AbCdEfGhI", "swapped"),
        (
            client,
            "eu-central-1:11111111-2222-3333-4444-555555555555",
            "identity pool id",
        ),
        (client, "1h57kf5cpq17m0eml12EXAMPLE\n", "white space"),
        (client, "me@example.com", "letters and digits"),
        ("/auth/aws_region", "Frankfurt", "eu-central-1"),
    ] {
        let problem = problem(&set(full(), pointer, json!(text)));
        assert!(
            matches!(&problem, ConfigProblem::Malformed { hint, .. } if hint.contains(expected)),
            "{problem:?}"
        );
        assert!(problem.explanation().contains(expected));
    }
    let long = format!("eu-central-1_{}", "a".repeat(43));
    assert!(UserPoolId::parse(&long).is_err());
    assert!(UserPoolId::parse(&long[..55]).is_ok());
    assert!(ClientId::parse(&"a".repeat(129)).is_err());
}

#[test]
fn wrong_values_are_cut_short() {
    let ConfigProblem::Malformed { found, .. } = problem(&set(
        full(),
        "/auth/user_pool_id",
        json!(format!("a\u{7}{}", "ü".repeat(500))),
    )) else {
        panic!("a malformed field");
    };
    assert_eq!(found.chars().count(), 61);
    assert!(found.starts_with("a\u{fffd}ü") && found.ends_with('…'));
}

#[test]
fn the_two_regions_have_to_agree() {
    assert_eq!(
        problem(&set(full(), "/auth/aws_region", json!("us-east-1"))),
        ConfigProblem::RegionMismatch {
            region: "us-east-1".to_owned(),
            pool: "eu-central-1".to_owned()
        }
    );
}

#[test]
fn a_client_secret_is_refused_wherever_it_is() {
    let secret = "51q3hsecretvaluethatmustnotbeshown0000000000000000";
    for (path, file) in [
        (
            "auth.user_pool_client_secret",
            set(full(), "/auth/user_pool_client_secret", json!(secret)),
        ),
        (
            "custom.a.1.clientSecret",
            set(full(), "/custom", json!({ "a": [1, { "clientSecret": secret }] })),
        ),
        (
            "auth.oauth.client_secret",
            set(full(), "/auth/oauth/client_secret", json!(secret)),
        ),
        (
            "aws_user_pools_web_client_secret",
            json!({ "aws_user_pools_web_client_secret": secret }),
        ),
        (
            "AppClientSecret",
            set(full(), "/AppClientSecret", json!({ "value": secret })),
        ),
    ] {
        let problem = problem(&file);
        assert_eq!(
            problem,
            ConfigProblem::ClientSecret {
                path: path.to_owned()
            }
        );
        let shown = format!(
            "{problem} {problem:?} {} {}",
            problem.explanation(),
            problem.remedy()
        );
        assert!(!shown.contains(secret) && shown.contains("public app client"));
    }
    for harmless in [json!(""), json!(null), json!(false)] {
        parse(&set(full(), "/auth/user_pool_client_secret", harmless)).unwrap();
    }
}

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

#[test]
fn every_problem_has_its_words() {
    let path = || "auth.user_pool_id".to_owned();
    for problem in [
        ConfigProblem::Missing,
        ConfigProblem::from_status(503),
        ConfigProblem::Unreachable { status: None },
        ConfigProblem::NotJson {
            line: 1,
            column: 1,
            looks_like_html: true,
        },
        ConfigProblem::NotJson {
            line: 1,
            column: 1,
            looks_like_html: false,
        },
        ConfigProblem::Gen1File,
        ConfigProblem::UnsupportedVersion {
            found: "2".to_owned(),
        },
        ConfigProblem::NoAuthSection,
        ConfigProblem::MissingField { path: path() },
        ConfigProblem::Malformed {
            path: path(),
            found: "x".to_owned(),
            hint: "Hint.",
        },
        ConfigProblem::RegionMismatch {
            region: "a".to_owned(),
            pool: "b".to_owned(),
        },
        ConfigProblem::ClientSecret { path: path() },
        ConfigProblem::BadEndpoint {
            path: path(),
            problem: EndpointProblem::Host,
        },
    ] {
        for text in [
            problem.title().to_owned(),
            problem.explanation(),
            problem.remedy().to_owned(),
        ] {
            assert!(text.len() > 20 && !text.contains("  "), "{text}");
        }
    }
    assert_eq!(ConfigProblem::from_status(404), ConfigProblem::Missing);
    assert!(ConfigProblem::from_status(503).is_retryable());
    assert!(!ConfigProblem::from_status(403).is_retryable());
}

#[test]
fn password_rules() {
    use Rule::*;
    let policy = PasswordPolicy::default();
    let broken = |password: &str| -> Vec<Rule> {
        policy
            .check(password)
            .filter(|(_, met)| !met)
            .map(|(rule, _)| rule)
            .collect()
    };
    assert_eq!(broken("Pa5$word"), []);
    assert_eq!(broken(""), [MinLength(8), Lowercase, Uppercase, Number, Symbol]);
    assert_eq!(broken("Pa5$wor"), [MinLength(8)]);
    assert_eq!(broken("PA5$WORD"), [Lowercase]);
    assert_eq!(broken("pa5$word"), [Uppercase]);
    assert_eq!(broken("Pass$word"), [Number]);
    assert_eq!(broken("Pa55word"), [Symbol]);
    assert_eq!(broken("Pa55 word"), []);
    assert_eq!(broken("Pa55word "), [Symbol, NoOuterSpace]);
    assert_eq!(broken("Pä55wörÄ€"), [Symbol], "no symbol outside AWS's list");
    assert_eq!(broken(&format!("Pa5$word{}", "ü".repeat(248))), []);
    assert_eq!(broken(&format!("Pa5$word{}", "ü".repeat(249))), [MaxLength]);
    for symbol in PASSWORD_SYMBOLS.chars() {
        assert!(policy.accepts(&format!("{symbol}Passw0rd")), "{symbol}");
    }
    assert_eq!(PASSWORD_SYMBOLS.chars().count(), 32);

    let lax = PasswordPolicy {
        min_length: 6,
        require_symbols: false,
        ..policy
    };
    assert!(lax.accepts("Passw0rd"));
    assert!(lax.check("").all(|(rule, _)| rule != Symbol));
}

#[test]
fn password_policy_of_the_file() {
    for min_length in [json!(5), json!(100), json!("8"), json!(-8), json!(8.5)] {
        let file = set(full(), "/auth/password_policy/min_length", min_length);
        assert!(matches!(problem(&file), ConfigProblem::Malformed { path, .. }
            if path == "auth.password_policy.min_length"));
    }
    let empty = parse(&set(full(), "/auth/password_policy", json!({}))).unwrap();
    assert!(empty.password_policy.accepts("aaaaaa") && !empty.password_policy.accepts("aaaaa"));
}
