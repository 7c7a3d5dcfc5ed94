//! Files that are right, of every age.

use super::*;

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
    let groups = config.groups.iter();
    let groups: Vec<_> = groups
        .map(|group| (group.name.as_str(), group.precedence))
        .collect();
    assert_eq!(groups, [("admins", Some(0)), ("staff", None)]);

    let sent = serde_json::to_string(&config).unwrap();
    assert_eq!(serde_json::from_str::<Config>(&sent).unwrap(), config);
}

#[test]
fn the_three_ids_are_enough() {
    let config = parse(&json!({ "version": "1", "auth": {
        "aws_region": "cn-north-1",
        "user_pool_id": "cn-north-1_x",
        "user_pool_client_id": "c",
        "username_attributes": null
    }}))
    .unwrap();
    assert_eq!(
        config.endpoint.as_str(),
        "https://cognito-idp.cn-north-1.amazonaws.com.cn"
    );
    assert_eq!(config.password_policy, PasswordPolicy::default());
    assert!(config.username_attributes.is_empty() && config.user_verification_types.is_empty());
}

#[test]
fn the_default_file_points_at_the_local_pool() {
    let config = Config::parse(include_str!("../../../static/amplify_outputs.json")).unwrap();
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
    let file = set(
        full(),
        "/auth/username_attributes",
        json!(["email", "carrier_pigeon"]),
    );
    assert!(
        matches!(problem(&file), ConfigProblem::Malformed { path, found, .. }
        if path == "auth.username_attributes" && found == "carrier_pigeon")
    );
    let later = parse(&set(file, "/version", json!("1.6"))).unwrap();
    assert_eq!(later.username_attributes, [UsernameAttribute::Email]);
}

#[test]
fn what_nothing_here_uses_may_hold_anything() {
    let config = parse(&full()).unwrap();
    for pointer in ["/data", "/custom/anything"] {
        for odd in [json!("a typo"), json!([1]), json!({ "domain": 7 })] {
            let file = set(full(), pointer, odd);
            assert_eq!(parse(&file).as_ref(), Ok(&config), "{pointer}");
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    Config::parse(&format!("\u{feff}{}", full())).unwrap();
}
