//! The identity pool beside the user pool.

use super::*;

const ID: &str = "eu-central-1:11111111-2222-3333-4444-555555555555";

fn identity_pool(file: &Value) -> IdentityPool {
    parse(file).unwrap().identity_pool.unwrap()
}

#[test]
fn a_file_may_name_an_identity_pool_and_let_guests_in() {
    let pool = identity_pool(&full());
    assert_eq!(pool.id.as_str(), ID);
    assert_eq!(
        pool.endpoint.as_str(),
        "https://cognito-identity.eu-central-1.amazonaws.com"
    );
    assert!(pool.allows_guests);
    let silent = without(full(), "/auth/unauthenticated_identities_enabled");
    assert!(!identity_pool(&silent).allows_guests);
    let none = without(full(), "/auth/identity_pool_id");
    assert_eq!(parse(&none).unwrap().identity_pool, None);
}

#[test]
fn its_region_is_its_own() {
    for (id, endpoint) in [
        (
            "us-west-2:1-a",
            "https://cognito-identity.us-west-2.amazonaws.com",
        ),
        (
            "cn-north-1:1-a",
            "https://cognito-identity.cn-north-1.amazonaws.com.cn",
        ),
    ] {
        let pool = identity_pool(&set(full(), "/auth/identity_pool_id", json!(id)));
        assert_eq!(pool.endpoint.as_str(), endpoint);
    }
}

#[test]
fn it_may_be_elsewhere_than_at_aws() {
    let at = |address: &str| {
        let cognito = json!({ "cognito": { "identity_endpoint": address } });
        parse(&set(full(), "/custom", cognito))
    };
    let pool = at("http://127.0.0.1:9229/").unwrap().identity_pool.unwrap();
    assert_eq!(pool.endpoint.as_str(), "http://127.0.0.1:9229");
    assert_eq!(
        at("http://example.com").unwrap_err(),
        ConfigProblem::BadEndpoint {
            path: "custom.cognito.identity_endpoint".to_owned(),
            problem: EndpointProblem::Plaintext,
        }
    );
}

#[test]
fn what_is_no_identity_pool_id_gets_a_hint() {
    for (id, expected) in [
        (json!("eu-central-1_AbCdEfGhI"), "This is a user pool id."),
        (json!(""), "It is empty."),
        (
            json!("11111111-2222-3333-4444-555555555555"),
            "An identity pool id is",
        ),
        (json!("eu-central-1:ABCDEF"), "An identity pool id is"),
        (json!("eu-central-1:"), "An identity pool id is"),
        (json!("a/b:1"), "An identity pool id is"),
        (
            json!("eu-central-1:11111111-2222-3333-4444-555555555555-66666666"),
            "An identity pool id is",
        ),
        (json!(7), "It has to be a text"),
    ] {
        match problem(&set(full(), "/auth/identity_pool_id", id.clone())) {
            ConfigProblem::Malformed { path, hint, .. } => {
                assert_eq!(path, "auth.identity_pool_id");
                assert!(hint.starts_with(expected), "{id}: {hint}");
            }
            other => panic!("{id}: {other:?}"),
        }
    }
    let guests = set(full(), "/auth/unauthenticated_identities_enabled", json!("yes"));
    assert!(matches!(problem(&guests),
        ConfigProblem::Malformed { path, .. } if path == "auth.unauthenticated_identities_enabled"));
}
