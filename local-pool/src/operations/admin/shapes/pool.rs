//! UserPoolType and UserPoolDescriptionType.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{mfa, policies, schema};
use crate::pool::Pool;
use crate::pool::settings::{DeviceSettings, MfaConfiguration, Recovery, Settings};
use crate::protocol::{ApiError, Request, invalid_parameter};

/// Members on which nothing here depends; they are told as they were given.
const REPEATED: [&str; 14] = [
    "DeletionProtection",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "VerificationMessageTemplate",
    "SmsVerificationMessage",
    "SmsAuthenticationMessage",
    "EmailConfiguration",
    "SmsConfiguration",
    "UserPoolTags",
    "UserPoolAddOns",
    "DcrConfiguration",
    "UserPoolTier",
    "KeyConfiguration",
    "IssuerConfiguration",
];

/// The settings of a new pool: AWS's defaults, and what cannot be changed later.
///
/// # Errors
/// `InvalidParameterException`.
pub(in super::super) fn new_settings(request: &Request) -> Result<Settings, ApiError> {
    let case_sensitive = request
        .value("UsernameConfiguration")
        .and_then(|configuration| configuration.get("CaseSensitive"))
        .and_then(Value::as_bool);
    let mut settings = Settings {
        name: request.text("PoolName").to_owned(),
        username_attributes: list(request, "UsernameAttributes")?,
        alias_attributes: list(request, "AliasAttributes")?,
        case_sensitive: case_sensitive.unwrap_or(true),
        ..Settings::default()
    };
    if !settings.username_attributes.is_empty() && !settings.alias_attributes.is_empty() {
        return Err(invalid_parameter(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ));
    }
    schema::take(&mut settings.schema, request.value("Schema"), true)?;
    take(&mut settings, request)?;
    Ok(settings)
}

/// Takes what can be changed; what the request does not give goes back to AWS's default (API reference,
/// UpdateUserPool).
///
/// # Errors
/// `InvalidParameterException`.
pub(in super::super) fn take(settings: &mut Settings, request: &Request) -> Result<(), ApiError> {
    if let Some(name) = request.given("PoolName") {
        name.clone_into(&mut settings.name);
    }
    policies::take(settings, request.value("Policies"))?;
    settings.auto_verified_attributes = list(request, "AutoVerifiedAttributes")?;
    let update = request.value("UserAttributeUpdateSettings");
    let first = update.and_then(|update| update.get("AttributesRequireVerificationBeforeUpdate"));
    settings.verify_before_update = first.map(read).transpose()?.unwrap_or_default();
    let is_verified = |contact| settings.auto_verified_attributes.contains(contact);
    if !settings.verify_before_update.iter().all(is_verified) {
        return Err(invalid_parameter(
            "AttributesRequireVerificationBeforeUpdate has to be among AutoVerifiedAttributes.",
        ));
    }
    let invitations = request.value("AdminCreateUserConfig");
    let invited_only = invitations.and_then(|config| config.get("AllowAdminCreateUserOnly"));
    settings.self_sign_up = invited_only.and_then(Value::as_bool) != Some(true);
    settings.devices = request.value("DeviceConfiguration").map(devices);
    settings.account_recovery = recovery(request.value("AccountRecoverySetting"))?;
    settings.acr_values = acr_values(request.value("AcrConfiguration"))?;
    take_mfa(settings, request)
}

/// MfaConfiguration by itself means text messages, as long as no other factor is set up.
fn take_mfa(settings: &mut Settings, request: &Request) -> Result<(), ApiError> {
    let mfa = &mut settings.mfa;
    mfa.configuration = mfa::configuration(request).unwrap_or(MfaConfiguration::Off);
    if mfa.configuration == MfaConfiguration::Off {
        (mfa.sms, mfa.software_token, mfa.email) = (false, false, false);
        return Ok(());
    }
    mfa.sms |= request.value("SmsConfiguration").is_some();
    if mfa.sms || mfa.software_token || mfa.email {
        Ok(())
    } else {
        Err(invalid_parameter(
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
        ))
    }
}

/// A value of the request in the pool's own type, whose names are the same.
fn read<T: DeserializeOwned>(value: &Value) -> Result<T, ApiError> {
    serde_json::from_value(value.clone()).map_err(|_| invalid_parameter("A value is none of those allowed."))
}

fn list<T: DeserializeOwned>(request: &Request, member: &str) -> Result<Vec<T>, ApiError> {
    let list = request.value(member).map(read).transpose()?;
    Ok(list.unwrap_or_default())
}

fn devices(shape: &Value) -> DeviceSettings {
    let flag = |name: &str| shape.get(name).and_then(Value::as_bool).unwrap_or(false);
    DeviceSettings {
        challenge_required_on_new_device: flag("ChallengeRequiredOnNewDevice"),
        only_remembered_on_user_prompt: flag("DeviceOnlyRememberedOnUserPrompt"),
    }
}

/// Without a setting, a text message is preferred to an e-mail (API reference, AccountRecoverySettingType).
fn recovery(setting: Option<&Value>) -> Result<Vec<Recovery>, ApiError> {
    let ways = setting.and_then(|setting| setting.get("RecoveryMechanisms"));
    let Some(ways) = ways.and_then(Value::as_array) else {
        return Ok(vec![Recovery::VerifiedPhoneNumber, Recovery::VerifiedEmail]);
    };
    let mut ways: Vec<&Value> = ways.iter().collect();
    ways.sort_by_key(|way| way["Priority"].as_i64());
    let ways = ways.into_iter().map(|way| read(&way["Name"]));
    let ways: Vec<Recovery> = ways.collect::<Result<_, _>>()?;
    if ways.len() > 1 && ways.contains(&Recovery::AdminOnly) {
        return Err(invalid_parameter(
            "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.",
        ));
    }
    Ok(ways)
}

/// No two levels may have the same name, be it given or the default (API reference, AcrConfiguration).
fn acr_values(configuration: Option<&Value>) -> Result<[String; 4], ApiError> {
    let named = |level: i32| {
        let shape = configuration.and_then(|levels| levels.get(format!("Level{level}")));
        let name = shape
            .and_then(|shape| shape.get("AcrValue"))
            .and_then(Value::as_str);
        name.map_or_else(|| default_acr_value(level), str::to_owned)
    };
    let values = [1, 2, 3, 4].map(named);
    let mut distinct = values.to_vec();
    distinct.sort();
    distinct.dedup();
    if distinct.len() < values.len() {
        return Err(invalid_parameter("Each ACR level has to have a name of its own."));
    }
    Ok(values)
}

fn default_acr_value(level: i32) -> String {
    format!("urn:cognito:loa:{level}")
}

/// Remembers what is only to be told again; what is not given is forgotten.
pub(in super::super) fn remember(pool: &mut Pool, request: &Request) {
    for member in REPEATED {
        match request.value(member) {
            Some(value) => pool.kept.described.insert(member.to_owned(), value.clone()),
            None => pool.kept.described.remove(member),
        };
    }
}

/// As lists show the pool.
pub(in super::super) fn description(pool: &Pool) -> Value {
    json!({
        "Id": pool.kept.id,
        "Name": pool.settings().name,
        "LambdaConfig": {},
        "LastModifiedDate": pool.kept.modified_at,
        "CreationDate": pool.kept.created_at,
    })
}

/// The whole pool.
pub(in super::super) fn user_pool(pool: &Pool) -> Value {
    let (kept, settings) = (&pool.kept, pool.settings());
    let mut shape = description(pool);
    let region = kept.id.split('_').next().unwrap_or_default();
    shape["Arn"] = json!(format!(
        "arn:aws:cognito-idp:{region}:000000000000:userpool/{}",
        kept.id
    ));
    shape["Policies"] = policies::policies(settings);
    shape["SchemaAttributes"] = json!(schema::attributes(&settings.schema));
    shape["MfaConfiguration"] = json!(settings.mfa.configuration);
    shape["EstimatedNumberOfUsers"] = json!(kept.users.len());
    shape["UsernameConfiguration"] = json!({"CaseSensitive": settings.case_sensitive});
    shape["AccountRecoverySetting"] = json!({"RecoveryMechanisms": recovery_mechanisms(settings)});
    shape["AdminCreateUserConfig"] = json!({
        "AllowAdminCreateUserOnly": !settings.self_sign_up,
        "UnusedAccountValidityDays": settings.password_policy.temporary_password_validity_days,
    });
    shape["DeletionProtection"] = json!("INACTIVE");
    shape["UserPoolTier"] = json!("ESSENTIALS");
    shape["EmailConfiguration"] = json!({"EmailSendingAccount": "COGNITO_DEFAULT"});
    let lists = [
        ("UsernameAttributes", json!(settings.username_attributes)),
        ("AliasAttributes", json!(settings.alias_attributes)),
        ("AutoVerifiedAttributes", json!(settings.auto_verified_attributes)),
    ];
    for (member, list) in lists {
        if list != json!([]) {
            shape[member] = list;
        }
    }
    if !settings.verify_before_update.is_empty() {
        shape["UserAttributeUpdateSettings"] =
            json!({"AttributesRequireVerificationBeforeUpdate": settings.verify_before_update});
    }
    if let Some(devices) = settings.devices {
        shape["DeviceConfiguration"] = json!({
            "ChallengeRequiredOnNewDevice": devices.challenge_required_on_new_device,
            "DeviceOnlyRememberedOnUserPrompt": devices.only_remembered_on_user_prompt,
        });
    }
    let levels = (1..).zip(&settings.acr_values);
    for (level, name) in levels.filter(|(level, name)| **name != default_acr_value(*level)) {
        shape["AcrConfiguration"][format!("Level{level}")] = json!({"AcrValue": name});
    }
    if let Some(domain) = &kept.domain {
        shape["Domain"] = json!(domain);
    }
    for member in REPEATED {
        if let Some(value) = kept.described.get(member) {
            shape[member] = value.clone();
        }
    }
    shape
}

fn recovery_mechanisms(settings: &Settings) -> Vec<Value> {
    let ways = (1..).zip(&settings.account_recovery);
    ways.map(|(priority, way)| json!({"Priority": priority, "Name": way}))
        .collect()
}
