//! SetUserMFAPreference: which second factors are asked for, and which of them first.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::settings::Settings;
use crate::pool::user::{Mfa, MfaFactor, User};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    set(pool, &bearer.username, request)
}

/// Sets the preferences of the user of that user name, as AdminSetUserMFAPreference does too. A factor that the
/// request does not name stays as it is.
///
/// # Errors
/// `InvalidParameterException` for a factor that the pool or the user does not have, or for two preferred ones;
/// `UserNotFoundException`.
pub(super) fn set(pool: &mut Pool, username: &str, request: &Request) -> Outcome {
    let user = pool.user(username)?;
    let mut mfa = user.mfa.clone();
    let mut preferred = Vec::new();
    for factor in [
        MfaFactor::SmsMfa,
        MfaFactor::SoftwareTokenMfa,
        MfaFactor::EmailOtp,
    ] {
        let Some(wish) = request.value(member(factor)) else {
            continue;
        };
        let wish = Wish::of(wish)?;
        if wish.enabled {
            check_available(pool.settings(), user, factor)?;
        }
        *switch(&mut mfa, factor) = wish.enabled;
        if wish.preferred == Some(true) {
            preferred.push(factor);
        } else if (!wish.enabled || wish.preferred == Some(false)) && mfa.preferred == Some(factor) {
            mfa.preferred = None;
        }
    }
    match preferred.as_slice() {
        [] => {}
        [factor] => mfa.preferred = Some(*factor),
        _ => return Err(invalid_parameter("Only one MFA method can be preferred.")),
    }
    if let Some(wish) = request.value("WebAuthnMfaSettings") {
        mfa.web_authn = Wish::of(wish)?.enabled;
    }
    check_passkeys(pool.settings(), &mfa)?;
    pool.user_mut(username)?.mfa = mfa;
    Ok(json!({}))
}

/// What a request says of one factor.
struct Wish {
    enabled: bool,
    preferred: Option<bool>,
}

impl Wish {
    fn of(settings: &Value) -> Result<Self, ApiError> {
        let flag = |name: &str| settings.get(name).and_then(Value::as_bool);
        let preferred = flag("PreferredMfa");
        match (flag("Enabled"), preferred) {
            (Some(false), Some(true)) => Err(invalid_parameter(
                "An MFA method has to be enabled to be preferred.",
            )),
            (enabled, _) => Ok(Self {
                enabled: enabled.or(preferred).unwrap_or(false),
                preferred,
            }),
        }
    }
}

fn member(factor: MfaFactor) -> &'static str {
    match factor {
        MfaFactor::SmsMfa => "SMSMfaSettings",
        MfaFactor::SoftwareTokenMfa => "SoftwareTokenMfaSettings",
        MfaFactor::EmailOtp => "EmailMfaSettings",
    }
}

fn switch(mfa: &mut Mfa, factor: MfaFactor) -> &mut bool {
    match factor {
        MfaFactor::SmsMfa => &mut mfa.sms,
        MfaFactor::SoftwareTokenMfa => &mut mfa.software_token,
        MfaFactor::EmailOtp => &mut mfa.email,
    }
}

/// Passes a factor that pool and user have. Codes go to addresses and numbers that are not verified as well:
/// the first code verifies them (developer guide, "SMS and email message MFA").
fn check_available(settings: &Settings, user: &User, factor: MfaFactor) -> Result<(), ApiError> {
    if !settings.mfa.has(factor) {
        return Err(invalid_parameter(format!(
            "{} is not enabled for the user pool.",
            factor.name()
        )));
    }
    let app_verified = || user.mfa.authenticator.as_ref().is_some_and(|app| app.verified);
    let has_contact = match factor {
        MfaFactor::SoftwareTokenMfa if app_verified() => true,
        MfaFactor::SoftwareTokenMfa => {
            return Err(invalid_parameter("User has not verified software token mfa"));
        }
        MfaFactor::SmsMfa => user.contact(Contact::PhoneNumber).is_some(),
        MfaFactor::EmailOtp => user.contact(Contact::Email).is_some(),
    };
    if has_contact {
        Ok(())
    } else {
        Err(invalid_parameter(format!(
            "User does not have delivery config set to turn on {}",
            factor.name()
        )))
    }
}

/// Passkeys count as two factors only where the pool says so, and only beside another second factor, lest the
/// loss of a passkey lock the user out (API reference, WebAuthnMfaSettingsType).
fn check_passkeys(settings: &Settings, mfa: &Mfa) -> Result<(), ApiError> {
    if !mfa.web_authn {
        return Ok(());
    }
    let passkeys = settings.web_authn.as_ref();
    if !passkeys.is_some_and(|passkeys| passkeys.multi_factor) {
        return Err(invalid_parameter("Passkey MFA is not enabled for the user pool."));
    }
    if mfa.enabled().is_empty() {
        return Err(invalid_parameter(
            "Passkey MFA requires at least one other MFA method.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
