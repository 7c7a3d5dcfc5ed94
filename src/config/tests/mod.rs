//! Tests with one full file and changes to it.

use serde_json::{Value, json};

use super::*;

mod api_origins;
mod endpoint;
mod file;
mod groups;
mod identity_pool;
mod oauth;
mod password_policy;
mod problems;
mod session;
mod sign_in;

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
