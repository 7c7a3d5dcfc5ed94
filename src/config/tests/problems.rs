//! Files that are wrong, and what is said about them.

use super::*;

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
