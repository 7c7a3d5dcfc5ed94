//! The ways to sign in, and what authenticator apps call the app.

use super::*;

/// A mistake at a path: what is repeated of it, and a word of the hint.
fn refused(file: &Value, at: &str, repeated: &str, hinted: &str) {
    let problem = problem(file);
    assert!(
        matches!(&problem, ConfigProblem::Malformed { path, found, hint }
            if path == at && found == repeated && hint.contains(hinted)),
        "{problem:?}"
    );
    assert!(problem.explanation().contains(hinted));
}

fn bare() -> Value {
    let mut file = full();
    for key in ["mfa_configuration", "mfa_methods", "passwordless"] {
        file = without(file, &format!("/auth/{key}"));
    }
    file
}

#[test]
fn by_default_a_password_that_stays_on_the_device_and_nothing_else() {
    let config = parse(&bare()).unwrap();
    assert_eq!(config.sign_in_flow, SignInFlow::UserSrp);
    assert_eq!(config.mfa.requirement, MfaRequirement::None);
    assert!(config.mfa.methods.is_empty());
    assert_eq!(config.passwordless, None);
    assert_eq!(config.totp_issuer, None);
    let nulls = [
        "authentication_flow_type",
        "mfa_configuration",
        "mfa_methods",
        "passwordless",
    ]
    .into_iter()
    .fold(bare(), |file, key| {
        set(file, &format!("/auth/{key}"), Value::Null)
    });
    assert_eq!(parse(&nulls).unwrap(), config);
}

#[test]
fn passwordless_ways_leave_the_flow_of_the_password_alone() {
    let config = parse(&full()).unwrap();
    assert_eq!(config.sign_in_flow, SignInFlow::UserSrp);
    let passwordless = config.passwordless.unwrap();
    assert_eq!(passwordless.factors(), [Factor::Passkey, Factor::EmailOtp]);
    assert_eq!(passwordless.preferred, Some(Factor::Passkey));
    assert_eq!(
        passwordless.passkey,
        Some(Passkey {
            relying_party_id: Some("example.com".to_owned()),
            user_verification: UserVerification::Required,
        })
    );
}

#[test]
fn every_flow_by_amplifys_name() {
    let key = "/auth/authentication_flow_type";
    for (name, flow) in [
        ("USER_SRP_AUTH", SignInFlow::UserSrp),
        ("USER_PASSWORD_AUTH", SignInFlow::UserPassword),
        ("USER_AUTH", SignInFlow::UserAuth),
        ("CUSTOM_WITH_SRP", SignInFlow::CustomWithSrp),
        ("CUSTOM_WITHOUT_SRP", SignInFlow::CustomWithoutSrp),
    ] {
        let config = parse(&set(full(), key, json!(name))).unwrap();
        assert_eq!(config.sign_in_flow, flow);
    }
    let path = "auth.authentication_flow_type";
    // Gen 1's name for both custom flows.
    refused(
        &set(full(), key, json!("CUSTOM_AUTH")),
        path,
        "CUSTOM_AUTH",
        "CUSTOM_WITH_SRP",
    );
    refused(
        &set(full(), key, json!("user_auth")),
        path,
        "user_auth",
        "USER_AUTH",
    );
    refused(
        &set(full(), key, json!(["USER_AUTH"])),
        path,
        "[\"USER_AUTH\"]",
        "USER_AUTH",
    );
}

#[test]
fn second_factors() {
    let config = parse(&full()).unwrap();
    assert_eq!(config.mfa.requirement, MfaRequirement::Optional);
    assert_eq!(
        config.mfa.methods,
        [MfaMethod::Sms, MfaMethod::Totp, MfaMethod::Email]
    );
    let key = "/auth/mfa_configuration";
    for (word, requirement) in [
        ("NONE", MfaRequirement::None),
        ("OPTIONAL", MfaRequirement::Optional),
        ("REQUIRED", MfaRequirement::Required),
    ] {
        assert_eq!(
            parse(&set(full(), key, json!(word))).unwrap().mfa.requirement,
            requirement
        );
    }
    refused(
        &set(full(), key, json!("ON")),
        "auth.mfa_configuration",
        "ON",
        "REQUIRED",
    );
    let key = "/auth/mfa_methods";
    for (methods, repeated) in [
        (json!(["TOTP", "SOFTWARE_TOKEN_MFA"]), "SOFTWARE_TOKEN_MFA"),
        (json!(["totp"]), "totp"),
        (json!([true]), "true"),
        (json!("TOTP"), "TOTP"),
    ] {
        refused(
            &set(full(), key, methods),
            "auth.mfa_methods",
            repeated,
            "\"TOTP\"",
        );
    }
}

#[test]
fn passwordless_ways_one_by_one() {
    let key = "/auth/passwordless";
    for (section, factors) in [
        (json!({}), vec![]),
        (
            json!({ "email_otp_enabled": false, "sms_otp_enabled": true }),
            vec![Factor::SmsOtp],
        ),
        (
            json!({ "sms_otp_enabled": true, "email_otp_enabled": true, "web_authn": {} }),
            vec![Factor::Passkey, Factor::EmailOtp, Factor::SmsOtp],
        ),
    ] {
        let passwordless = parse(&set(full(), key, section)).unwrap().passwordless.unwrap();
        assert_eq!(passwordless.factors(), factors);
        assert_eq!(passwordless.preferred, None);
    }
    for web_authn in [
        json!({}),
        json!({ "relying_party_id": "", "user_verification": "preferred" }),
    ] {
        let file = set(full(), "/auth/passwordless/web_authn", web_authn);
        assert_eq!(
            parse(&file).unwrap().passwordless.unwrap().passkey,
            Some(Passkey::default())
        );
    }
}

#[test]
fn mistakes_in_the_passwordless_section() {
    let path = "auth.passwordless";
    for (key, value, repeated, hinted) in [
        ("", json!(true), "true", "object"),
        ("/email_otp_enabled", json!("yes"), "yes", "true or false"),
        ("/sms_otp_enabled", json!(1), "1", "true or false"),
        ("/web_authn", json!(true), "true", "object"),
        (
            "/web_authn/user_verification",
            json!("discouraged"),
            "discouraged",
            "preferred",
        ),
        (
            "/web_authn/relying_party_id",
            json!("https://example.com"),
            "https://example.com",
            "without https://",
        ),
        (
            "/web_authn/relying_party_id",
            json!("localhost:8080"),
            "localhost:8080",
            "without https://",
        ),
        (
            "/web_authn/relying_party_id",
            json!(["example.com"]),
            "[\"example.com\"]",
            "domain name",
        ),
        ("/preferred_challenge", json!("PASSKEY"), "PASSKEY", "WEB_AUTHN"),
    ] {
        let file = set(full(), &format!("/auth/passwordless{key}"), value);
        refused(
            &file,
            &format!("{path}{}", key.replace('/', ".")),
            repeated,
            hinted,
        );
    }
}

#[test]
fn what_is_preferred_has_to_be_enabled() {
    let key = "/auth/passwordless";
    for (preferred, beside) in [
        ("WEB_AUTHN", "web_authn"),
        ("EMAIL_OTP", "email_otp_enabled"),
        ("SMS_OTP", "sms_otp_enabled"),
    ] {
        let alone = set(full(), key, json!({ "preferred_challenge": preferred }));
        refused(&alone, "auth.passwordless.preferred_challenge", preferred, beside);
    }
    for (word, preferred) in [("EMAIL_OTP", Factor::EmailOtp), ("WEB_AUTHN", Factor::Passkey)] {
        let file = set(full(), "/auth/passwordless/preferred_challenge", json!(word));
        assert_eq!(
            parse(&file).unwrap().passwordless.unwrap().preferred,
            Some(preferred)
        );
    }
}

#[test]
fn a_preferred_password_is_not_sent_for_that() {
    for word in ["PASSWORD", "PASSWORD_SRP"] {
        let file = set(
            full(),
            "/auth/passwordless",
            json!({ "preferred_challenge": word }),
        );
        let config = parse(&file).unwrap();
        assert_eq!(config.passwordless.unwrap().preferred, Some(Factor::PasswordSrp));
        assert_eq!(config.sign_in_flow, SignInFlow::UserSrp);
    }
}

#[test]
fn a_later_schema_may_have_ways_unknown_here() {
    let news = [
        ("/auth/authentication_flow_type", json!("USER_TELEPATHY")),
        ("/auth/mfa_configuration", json!("SOMETIMES")),
        ("/auth/mfa_methods", json!(["PIGEON", "TOTP"])),
        ("/auth/passwordless/preferred_challenge", json!("PIGEON")),
        ("/auth/passwordless/web_authn/user_verification", json!("twice")),
    ];
    for (key, value) in &news {
        let path = key[1..].replace('/', ".");
        assert!(matches!(problem(&set(full(), key, value.clone())),
            ConfigProblem::Malformed { path: at, .. } if at == path));
    }
    let file = news
        .into_iter()
        .fold(full(), |file, (key, value)| set(file, key, value));
    let config = parse(&set(file, "/version", json!("1.6"))).unwrap();
    assert_eq!(config.sign_in_flow, SignInFlow::UserSrp);
    assert_eq!(config.mfa.requirement, MfaRequirement::None);
    assert_eq!(config.mfa.methods, [MfaMethod::Totp]);
    let passwordless = config.passwordless.unwrap();
    assert_eq!(passwordless.preferred, None);
    assert_eq!(passwordless.factors(), [Factor::Passkey, Factor::EmailOtp]);
    // News is a new word, not another kind of value.
    let file = set(full(), "/auth/mfa_configuration", json!(7));
    refused(
        &set(file, "/version", json!("1.6")),
        "auth.mfa_configuration",
        "7",
        "OPTIONAL",
    );
}

#[test]
fn what_authenticator_apps_call_the_app() {
    let named = |issuer: Value| set(full(), "/custom", json!({ "cognito": { "totp_issuer": issuer } }));
    let config = parse(&named(json!("Café & Söhne"))).unwrap();
    assert_eq!(config.totp_issuer.as_deref(), Some("Café & Söhne"));
    assert_eq!(parse(&named(Value::Null)).unwrap().totp_issuer, None);
    for (issuer, repeated) in [
        (json!(""), ""),
        (json!("  "), "  "),
        (json!("ACME: shop"), "ACME: shop"),
        (json!("ACME\n"), "ACME\u{fffd}"),
        (json!({}), "{}"),
    ] {
        refused(
            &named(issuer),
            "custom.cognito.totp_issuer",
            repeated,
            "without a colon",
        );
    }
}
