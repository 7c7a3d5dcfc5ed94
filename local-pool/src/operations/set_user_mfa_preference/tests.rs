use super::*;
use crate::operations::testing::factors::{enrol, totp_pool, web_authn};
use crate::operations::testing::{perform, pool, refused};
use crate::world::World;

const OPERATION: &str = "SetUserMFAPreference";

fn input(token: &Value, member: &str, settings: Value) -> Value {
    let mut input = json!({"AccessToken": token});
    input[member] = settings;
    input
}

fn mfa(world: &mut World) -> Mfa {
    pool(world).find("user@example.com").unwrap().mfa.clone()
}

/// A pool with all second factors whose user has an app.
fn enrolled() -> (World, Value) {
    let (mut world, token) = totp_pool();
    let settings = &mut pool(&mut world).kept.settings.mfa;
    (settings.sms, settings.email) = (true, true);
    enrol(&mut world, &token);
    (world, token)
}

#[test]
fn an_app_has_to_be_verified_before_it_is_switched_on() {
    let (mut world, token) = totp_pool();
    let on = input(&token, "SoftwareTokenMfaSettings", json!({"Enabled": true}));
    let refusal = refused(&mut world, OPERATION, on.clone());
    assert_eq!(refusal.kind, "InvalidParameterException");
    assert_eq!(refusal.message, "User has not verified software token mfa");
    let off = input(&token, "SoftwareTokenMfaSettings", json!({"Enabled": false}));
    assert_eq!(perform(&mut world, OPERATION, off).unwrap(), json!({}));
    enrol(&mut world, &token);
    perform(&mut world, OPERATION, on).unwrap();
    assert_eq!(mfa(&mut world).enabled(), [MfaFactor::SoftwareTokenMfa]);
    assert_eq!(mfa(&mut world).preferred, None);
}

#[test]
fn codes_need_somewhere_to_go() {
    let (mut world, token) = enrolled();
    let sms = input(&token, "SMSMfaSettings", json!({"Enabled": true}));
    let refusal = refused(&mut world, OPERATION, sms.clone());
    assert_eq!(
        refusal.message,
        "User does not have delivery config set to turn on SMS_MFA"
    );
    let username = pool(&mut world)
        .find("user@example.com")
        .unwrap()
        .username
        .clone();
    let user = pool(&mut world).user_mut(&username).unwrap();
    user.attributes
        .insert("phone_number".to_owned(), "+12025550199".to_owned());
    perform(&mut world, OPERATION, sms).unwrap();
    assert!(mfa(&mut world).sms);
}

#[test]
fn factors_that_the_pool_does_not_have_are_refused() {
    let (mut world, token) = totp_pool();
    let email = input(&token, "EmailMfaSettings", json!({"Enabled": true}));
    let refusal = refused(&mut world, OPERATION, email);
    assert_eq!(refusal.message, "EMAIL_OTP is not enabled for the user pool.");
    assert!(!mfa(&mut world).email);
}

#[test]
fn one_factor_is_preferred_until_another_is_or_it_is_switched_off() {
    let (mut world, token) = enrolled();
    let mut set = |member: &str, settings| {
        perform(&mut world, OPERATION, input(&token, member, settings)).unwrap();
        mfa(&mut world).preferred
    };
    let app = "SoftwareTokenMfaSettings";
    assert_eq!(
        set(app, json!({"PreferredMfa": true})),
        Some(MfaFactor::SoftwareTokenMfa)
    );
    assert_eq!(
        set("EmailMfaSettings", json!({"Enabled": true})),
        Some(MfaFactor::SoftwareTokenMfa)
    );
    assert_eq!(
        set("EmailMfaSettings", json!({"Enabled": true, "PreferredMfa": true})),
        Some(MfaFactor::EmailOtp)
    );
    assert_eq!(
        set(
            "EmailMfaSettings",
            json!({"Enabled": true, "PreferredMfa": false})
        ),
        None
    );
    assert_eq!(
        set(app, json!({"Enabled": true, "PreferredMfa": true})),
        Some(MfaFactor::SoftwareTokenMfa)
    );
    assert_eq!(set(app, json!({"Enabled": false})), None);
    assert_eq!(mfa(&mut world).enabled(), [MfaFactor::EmailOtp]);
}

#[test]
fn a_refusal_changes_nothing() {
    let (mut world, token) = enrolled();
    let both = json!({
        "AccessToken": token,
        "SoftwareTokenMfaSettings": {"Enabled": true, "PreferredMfa": true},
        "EmailMfaSettings": {"Enabled": true, "PreferredMfa": true},
    });
    let off = input(
        &token,
        "EmailMfaSettings",
        json!({"Enabled": false, "PreferredMfa": true}),
    );
    for wrong in [both, off] {
        assert_eq!(
            refused(&mut world, OPERATION, wrong).kind,
            "InvalidParameterException"
        );
        assert!(mfa(&mut world).enabled().is_empty());
    }
}

#[test]
fn passkeys_count_as_two_factors_beside_another_one() {
    let (mut world, token) = enrolled();
    let passkeys = input(&token, "WebAuthnMfaSettings", json!({"Enabled": true}));
    let refusal = refused(&mut world, OPERATION, passkeys.clone());
    assert_eq!(refusal.message, "Passkey MFA is not enabled for the user pool.");
    web_authn(&mut world).multi_factor = true;
    let refusal = refused(&mut world, OPERATION, passkeys.clone());
    assert_eq!(
        refusal.message,
        "Passkey MFA requires at least one other MFA method."
    );
    let app = input(&token, "SoftwareTokenMfaSettings", json!({"Enabled": true}));
    perform(&mut world, OPERATION, app).unwrap();
    perform(&mut world, OPERATION, passkeys).unwrap();
    assert!(mfa(&mut world).web_authn);
    let alone = input(&token, "SoftwareTokenMfaSettings", json!({"Enabled": false}));
    assert_eq!(
        refused(&mut world, OPERATION, alone).kind,
        "InvalidParameterException"
    );
}
