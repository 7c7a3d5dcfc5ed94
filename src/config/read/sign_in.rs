//! The ways to sign in: `authentication_flow_type`, `mfa_*` and `passwordless`.

use serde_json::Value;

use super::section::{Section, as_is, malformed};
use crate::config::{ConfigProblem, Factor, Mfa, MfaMethod, Passkey, Passwordless, SignInFlow};

const BOOL: &str = "It is true or false.";

pub(super) fn flow(auth: &Section<'_>) -> Result<SignInFlow, ConfigProblem> {
    let flow = auth.word(
        "authentication_flow_type",
        "It is \"USER_SRP_AUTH\", \"USER_PASSWORD_AUTH\", \"USER_AUTH\", \"CUSTOM_WITH_SRP\" or \
         \"CUSTOM_WITHOUT_SRP\".",
        as_is,
    )?;
    Ok(flow.unwrap_or_default())
}

pub(super) fn mfa(auth: &Section<'_>) -> Result<Mfa, ConfigProblem> {
    let requirement = auth.word(
        "mfa_configuration",
        "It is \"NONE\", \"OPTIONAL\" or \"REQUIRED\", in place of Cognito's own OFF, OPTIONAL and ON.",
        as_is,
    )?;
    Ok(Mfa {
        requirement: requirement.unwrap_or_default(),
        methods: auth.words(
            "mfa_methods",
            "It is a list of \"TOTP\", \"SMS\" or \"EMAIL\".",
            mfa_method,
        )?,
    })
}

fn mfa_method(value: &Value) -> Option<MfaMethod> {
    match value.as_str()? {
        "TOTP" => Some(MfaMethod::Totp),
        "SMS" => Some(MfaMethod::Sms),
        "EMAIL" => Some(MfaMethod::Email),
        _ => None,
    }
}

pub(super) fn passwordless(auth: &Section<'_>) -> Result<Option<Passwordless>, ConfigProblem> {
    let Some(section) = auth.section("passwordless", "auth.passwordless")? else {
        return Ok(None);
    };
    let on = |key| Ok(section.optional(key, BOOL)?.unwrap_or(false));
    let mut passwordless = Passwordless {
        email_otp: on("email_otp_enabled")?,
        sms_otp: on("sms_otp_enabled")?,
        passkey: passkey(&section)?,
        preferred: None,
    };
    let preferred = section.word(
        "preferred_challenge",
        "It is \"WEB_AUTHN\", \"EMAIL_OTP\", \"SMS_OTP\" or \"PASSWORD\".",
        as_is,
    )?;
    passwordless.preferred = match preferred {
        Some(Factor::Password) => Some(Factor::PasswordSrp),
        other => other,
    };
    match passwordless.preferred {
        Some(factor) if factor != Factor::PasswordSrp && !passwordless.factors().contains(&factor) => {
            let path = section.path_of("preferred_challenge");
            let found = section.get("preferred_challenge").unwrap_or(&Value::Null);
            Err(malformed(&path, found, not_enabled(factor)))
        }
        _ => Ok(Some(passwordless)),
    }
}

fn not_enabled(preferred: Factor) -> &'static str {
    match preferred {
        Factor::Passkey => "It is not enabled: that takes a web_authn section beside it.",
        Factor::EmailOtp => "It is not enabled: that takes \"email_otp_enabled\": true beside it.",
        _ => "It is not enabled: that takes \"sms_otp_enabled\": true beside it.",
    }
}

fn passkey(passwordless: &Section<'_>) -> Result<Option<Passkey>, ConfigProblem> {
    let Some(section) = passwordless.section("web_authn", "auth.passwordless.web_authn")? else {
        return Ok(None);
    };
    let relying_party_id = section.text(
        "relying_party_id",
        "It is a domain name alone, such as \"example.com\": without https://, port or path.",
        |id| !id.contains(|c: char| c.is_whitespace() || "/:@?#".contains(c)),
    )?;
    let user_verification =
        section.word("user_verification", "It is \"required\" or \"preferred\".", as_is)?;
    Ok(Some(Passkey {
        // `ampx` writes an empty text where the pool names none.
        relying_party_id: relying_party_id.filter(|id| !id.is_empty()),
        user_verification: user_verification.unwrap_or_default(),
    }))
}
