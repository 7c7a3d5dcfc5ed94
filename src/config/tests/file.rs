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
