//! UserPoolPolicyType: the rules for passwords and the first factors.

use serde_json::{Value, json};

use crate::password_policy::PasswordPolicy;
use crate::pool::settings::{AuthFactor, Settings};
use crate::protocol::{ApiError, invalid_parameter};

/// Takes Policies; without them, AWS's defaults. Within a PasswordPolicy, a rule that is not given is off.
///
/// # Errors
/// `InvalidParameterException` for a first factor that the local pool does not have.
pub(in super::super) fn take(settings: &mut Settings, policies: Option<&Value>) -> Result<(), ApiError> {
    let part = |name: &str| policies.and_then(|policies| policies.get(name));
    settings.password_policy = part("PasswordPolicy").map_or_else(PasswordPolicy::default, password_policy);
    let factors = part("SignInPolicy").and_then(|policy| policy.get("AllowedFirstAuthFactors"));
    settings.allowed_first_auth_factors = match factors {
        Some(factors) => serde_json::from_value(factors.clone()).map_err(|_| {
            invalid_parameter("The local pool does not have one of the AllowedFirstAuthFactors.")
        })?,
        None => vec![AuthFactor::Password],
    };
    Ok(())
}

fn password_policy(shape: &Value) -> PasswordPolicy {
    let flag = |name: &str| shape.get(name).and_then(Value::as_bool).unwrap_or(false);
    let number = |name: &str| shape.get(name).and_then(Value::as_i64);
    let size = |name: &str| number(name).and_then(|number| usize::try_from(number).ok());
    let default = PasswordPolicy::default();
    let days = number("TemporaryPasswordValidityDays").filter(|days| *days > 0);
    PasswordPolicy {
        minimum_length: size("MinimumLength").unwrap_or(default.minimum_length),
        require_uppercase: flag("RequireUppercase"),
        require_lowercase: flag("RequireLowercase"),
        require_numbers: flag("RequireNumbers"),
        require_symbols: flag("RequireSymbols"),
        history_size: size("PasswordHistorySize").unwrap_or(default.history_size),
        temporary_password_validity_days: days.unwrap_or(default.temporary_password_validity_days),
    }
}

/// Policies as they are.
pub(in super::super) fn policies(settings: &Settings) -> Value {
    let policy = &settings.password_policy;
    let mut password = json!({
        "MinimumLength": policy.minimum_length,
        "RequireUppercase": policy.require_uppercase,
        "RequireLowercase": policy.require_lowercase,
        "RequireNumbers": policy.require_numbers,
        "RequireSymbols": policy.require_symbols,
        "TemporaryPasswordValidityDays": policy.temporary_password_validity_days,
    });
    if policy.history_size > 0 {
        password["PasswordHistorySize"] = json!(policy.history_size);
    }
    json!({
        "PasswordPolicy": password,
        "SignInPolicy": {"AllowedFirstAuthFactors": settings.allowed_first_auth_factors},
    })
}
