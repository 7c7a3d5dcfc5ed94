//! The members of SetUserPoolMfaConfig and GetUserPoolMfaConfig.

use serde_json::{Value, json};

use crate::pool::Kept;
use crate::pool::settings::{MfaConfiguration, MfaSettings, WebAuthnSettings};
use crate::protocol::{ApiError, Request, invalid_parameter};
use crate::webauthn::UserVerification;

/// The members whose texts are repeated as they were given.
const REPEATED: [&str; 2] = ["SmsMfaConfiguration", "EmailMfaConfiguration"];

/// Passes settings that do not contradict themselves.
///
/// # Errors
/// `InvalidParameterException` in AWS's words.
pub(in super::super) fn check(mfa: &MfaSettings) -> Result<(), ApiError> {
    let any = mfa.sms || mfa.software_token || mfa.email;
    match mfa.configuration {
        MfaConfiguration::Off if any => Err(invalid_parameter(
            "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        )),
        MfaConfiguration::On | MfaConfiguration::Optional if !any => Err(invalid_parameter(
            "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
        )),
        _ => Ok(()),
    }
}

/// `MfaConfiguration` of a request.
pub(in super::super) fn configuration(request: &Request) -> Option<MfaConfiguration> {
    match request.text("MfaConfiguration") {
        "OFF" => Some(MfaConfiguration::Off),
        "ON" => Some(MfaConfiguration::On),
        "OPTIONAL" => Some(MfaConfiguration::Optional),
        _ => None,
    }
}

/// Takes what SetUserPoolMfaConfig gives: the second factors as a whole if it names any of them, and how passkeys
/// work.
///
/// # Errors
/// `InvalidParameterException`.
pub(in super::super) fn take(kept: &mut Kept, request: &Request) -> Result<(), ApiError> {
    let software_token = request.value("SoftwareTokenMfaConfiguration");
    let configuration = configuration(request);
    let names_factors = REPEATED.iter().any(|member| request.value(member).is_some());
    if names_factors || software_token.is_some() || configuration.is_some() {
        let enabled = software_token.and_then(|token| token.get("Enabled"));
        let mfa = MfaSettings {
            configuration: configuration.unwrap_or(kept.settings.mfa.configuration),
            sms: request.value("SmsMfaConfiguration").is_some(),
            software_token: enabled.and_then(Value::as_bool).unwrap_or(false),
            email: request.value("EmailMfaConfiguration").is_some(),
        };
        check(&mfa)?;
        kept.settings.mfa = mfa;
        for member in REPEATED {
            match request.value(member) {
                Some(value) => kept.described.insert(member.to_owned(), value.clone()),
                None => kept.described.remove(member),
            };
        }
    }
    if let Some(shape) = request.value("WebAuthnConfiguration") {
        kept.settings.web_authn = Some(web_authn(shape, kept.settings.web_authn.as_ref())?);
    }
    Ok(())
}

fn web_authn(shape: &Value, before: Option<&WebAuthnSettings>) -> Result<WebAuthnSettings, ApiError> {
    let text = |name: &str| shape.get(name).and_then(Value::as_str);
    let relying_party_id = text("RelyingPartyId").or(before.map(|before| before.relying_party_id.as_str()));
    let relying_party_id =
        relying_party_id.ok_or_else(|| invalid_parameter("WebAuthnConfiguration needs a RelyingPartyId."))?;
    Ok(WebAuthnSettings {
        relying_party_id: relying_party_id.to_owned(),
        user_verification: if text("UserVerification") == Some("required") {
            UserVerification::Required
        } else {
            UserVerification::Preferred
        },
        multi_factor: text("FactorConfiguration") == Some("MULTI_FACTOR_WITH_USER_VERIFICATION"),
    })
}

/// What GetUserPoolMfaConfig answers.
pub(in super::super) fn config(kept: &Kept) -> Value {
    let mfa = &kept.settings.mfa;
    let mut config = json!({"MfaConfiguration": mfa.configuration});
    for (member, on) in REPEATED.into_iter().zip([mfa.sms, mfa.email]) {
        if on {
            config[member] = kept.described.get(member).cloned().unwrap_or_else(|| json!({}));
        }
    }
    if mfa.configuration != MfaConfiguration::Off {
        config["SoftwareTokenMfaConfiguration"] = json!({"Enabled": mfa.software_token});
    }
    if let Some(passkeys) = &kept.settings.web_authn {
        config["WebAuthnConfiguration"] = json!({
            "RelyingPartyId": passkeys.relying_party_id,
            "UserVerification": match passkeys.user_verification {
                UserVerification::Required => "required",
                UserVerification::Preferred => "preferred",
            },
            "FactorConfiguration": if passkeys.multi_factor {
                "MULTI_FACTOR_WITH_USER_VERIFICATION"
            } else {
                "SINGLE_FACTOR"
            },
        });
    }
    config
}
