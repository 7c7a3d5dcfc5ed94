//! The second factor: which ones are asked for, and SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA, SELECT_MFA_TYPE.

use serde_json::{Map, Value, json};

use super::level::{Method, level, level_with};
use super::one_time_code::{self, Use};
use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, Kind, mfa_setup, next, required};
use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::settings::MfaConfiguration;
use crate::pool::user::{MfaFactor, User};
use crate::protocol::{ApiError, Outcome, Request, code_mismatch, invalid_parameter};
use crate::totp;

/// The factors that a user can be asked for now.
pub(super) fn usable(pool: &Pool, user: &User) -> Vec<MfaFactor> {
    let settings = &pool.settings().mfa;
    let reachable = |factor: &MfaFactor| match factor {
        MfaFactor::SmsMfa => user.contact(Contact::PhoneNumber).is_some(),
        MfaFactor::EmailOtp => user.contact(Contact::Email).is_some(),
        MfaFactor::SoftwareTokenMfa => user.mfa.authenticator.as_ref().is_some_and(|app| app.verified),
    };
    let enabled = user.mfa.enabled();
    let mut factors: Vec<MfaFactor> = enabled
        .into_iter()
        .filter(|factor| settings.has(*factor) && reachable(factor))
        .collect();
    if factors.is_empty() && settings.configuration == MfaConfiguration::On {
        // Where a second factor is required, a verified contact is one without the user's asking.
        let verified = [
            (Contact::PhoneNumber, MfaFactor::SmsMfa),
            (Contact::Email, MfaFactor::EmailOtp),
        ];
        factors = verified
            .into_iter()
            .filter(|(contact, factor)| settings.has(*factor) && user.has_verified(*contact))
            .map(|(_, factor)| factor)
            .take(1)
            .collect();
    }
    factors
}

/// PreferredMfaSetting and UserMFASettingList, as GetUser and GetUserAuthFactors have them.
pub(crate) fn settings(user: &User) -> Map<String, Value> {
    let mut settings = Map::new();
    let names: Vec<_> = user.mfa.enabled().into_iter().map(MfaFactor::name).collect();
    if let Some(preferred) = user.mfa.preferred {
        settings.insert("PreferredMfaSetting".to_owned(), json!(preferred.name()));
    }
    if !names.is_empty() {
        settings.insert("UserMFASettingList".to_owned(), json!(names));
    }
    settings
}

/// Whether a password alone lets this user in nowhere.
pub(super) fn is_required(pool: &Pool, user: &User) -> bool {
    match pool.settings().mfa.configuration {
        MfaConfiguration::Off => false,
        MfaConfiguration::On => true,
        MfaConfiguration::Optional => !usable(pool, user).is_empty(),
    }
}

/// The factors of which the flow needs one more; none if it needs no more. An empty list means that the user
/// has to set one up first.
///
/// # Errors
/// `UserNotFoundException`; `NotAuthorizedException` if the level asked for is out of the user's reach.
pub(super) fn wanted(pool: &Pool, flow: &Flow) -> Result<Option<Vec<MfaFactor>>, ApiError> {
    let user = pool.user(&flow.username)?;
    let usable = usable(pool, user);
    if let Some(target) = flow.target_level.filter(|target| level(&flow.methods) < *target) {
        let reaching: Vec<MfaFactor> = usable
            .into_iter()
            .filter(|factor| level_with(&flow.methods, (*factor).into()) >= target)
            .collect();
        return if reaching.is_empty() {
            Err(invalid_parameter(
                "The requested authentication level cannot be reached.",
            ))
        } else {
            Ok(Some(reaching))
        };
    }
    let has = |methods: &[Method]| flow.methods.iter().any(|method| methods.contains(method));
    let first = has(&[Method::Password]) || flow.custom_step > 0;
    let second = has(&[Method::SoftwareToken, Method::Sms, Method::Email]);
    let passkeys = pool.settings().web_authn.as_ref();
    let strong_passkey = passkeys.is_some_and(|passkeys| passkeys.multi_factor)
        && has(&[Method::PlatformPasskey, Method::RoamingPasskey]);
    // The code that confirmed a sign-up lets its user in once (developer guide, "Sign in after sign-up").
    let proven = (first && second) || strong_passkey || flow.kind == Kind::SignUp;
    Ok((!proven && is_required(pool, user)).then_some(usable))
}

/// Asks for one of `factors`: the preferred one, the only one, or the one that the user selects.
///
/// # Errors
/// See [`one_time_code::challenge`].
pub(super) fn challenge(pool: &mut Pool, flow: Flow, factors: &[MfaFactor]) -> Outcome {
    let preferred = pool.user(&flow.username)?.mfa.preferred;
    match (preferred.filter(|preferred| factors.contains(preferred)), factors) {
        (Some(factor), _) | (None, &[factor]) => challenge_factor(pool, flow, factor),
        (None, []) => Ok(mfa_setup::challenge(pool, flow)),
        (None, _) => {
            let names: Vec<_> = factors.iter().map(|factor| factor.name()).collect();
            let parameters = json!({
                "MFAS_CAN_CHOOSE": json!(names).to_string(),
                "USER_ID_FOR_SRP": flow.username,
            });
            let awaiting = Awaiting::MfaChoice(factors.to_vec());
            Ok(super::challenge(
                pool,
                flow,
                awaiting,
                "SELECT_MFA_TYPE",
                parameters,
            ))
        }
    }
}

fn challenge_factor(pool: &mut Pool, flow: Flow, factor: MfaFactor) -> Outcome {
    match factor {
        MfaFactor::SmsMfa => one_time_code::challenge(pool, flow, Contact::PhoneNumber, Use::SecondFactor),
        MfaFactor::EmailOtp => one_time_code::challenge(pool, flow, Contact::Email, Use::SecondFactor),
        MfaFactor::SoftwareTokenMfa => {
            pool.check_lockout(&flow.username)?;
            let app = pool.user(&flow.username)?.mfa.authenticator.as_ref();
            let name = app.and_then(|app| app.friendly_name.clone());
            let mut parameters = Map::from_iter([("USER_ID_FOR_SRP".to_owned(), json!(flow.username))]);
            parameters.extend(name.map(|name| ("FRIENDLY_DEVICE_NAME".to_owned(), json!(name))));
            Ok(super::challenge(
                pool,
                flow,
                Awaiting::SoftwareToken,
                "SOFTWARE_TOKEN_MFA",
                Value::Object(parameters),
            ))
        }
    }
}

/// An answer to SELECT_MFA_TYPE.
///
/// # Errors
/// `InvalidParameterException` for a factor that was not offered, which leaves the Session for another try.
pub(crate) fn answer_choice(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::MfaChoice(offered) = &open.awaiting else {
        return Err(super::sessions::invalid());
    };
    let given = required(request, "ANSWER")?;
    // The API reference calls the e-mail's code EMAIL_MFA here; MFAS_CAN_CHOOSE and clients, EMAIL_OTP.
    let given = if given == "EMAIL_MFA" { "EMAIL_OTP" } else { given };
    let chosen = offered
        .iter()
        .find(|factor| factor.name() == given)
        .ok_or_else(|| invalid_parameter("Invalid MFA type selected."))?;
    let factor = *chosen;
    pool.sessions.spend(&open.ticket);
    challenge_factor(pool, open.flow, factor)
}

/// An answer to SOFTWARE_TOKEN_MFA.
///
/// # Errors
/// `CodeMismatchException` for a wrong code, which leaves the Session for another try;
/// `ExpiredCodeException` for one that was used already.
pub(crate) fn answer_software_token(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    if !matches!(open.awaiting, Awaiting::SoftwareToken) {
        return Err(invalid());
    }
    let given = required(request, "SOFTWARE_TOKEN_MFA_CODE")?;
    let now = pool.now();
    pool.check_lockout(&open.flow.username)?;
    let app = pool.user_mut(&open.flow.username)?.mfa.authenticator.as_mut();
    let app = app.ok_or_else(|| {
        ApiError::new(
            "SoftwareTokenMFANotFoundException",
            "Software Token MFA does not exist for the user.",
        )
    })?;
    match totp::matching_step(&app.secret, given, now) {
        Some(step) if app.last_step.is_none_or(|last| step > last) => app.last_step = Some(step),
        Some(_) => {
            return Err(ApiError::new(
                "ExpiredCodeException",
                "Your software token has already been used once.",
            ));
        }
        None => {
            pool.note_failure(&open.flow.username);
            return Err(code_mismatch());
        }
    }
    pool.sessions.spend(&open.ticket);
    let mut flow = open.flow;
    flow.prove(Method::SoftwareToken);
    next::proceed(pool, flow)
}
