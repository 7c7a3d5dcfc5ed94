//! MFA_SETUP: a second factor is set up on the way in. AWS chains four Sessions for an authenticator app:
//! MFA_SETUP's leads to AssociateSoftwareToken, whose own leads to VerifySoftwareToken, whose own answers
//! MFA_SETUP.

use serde_json::{Value, json};

use super::level::Method;
use super::one_time_code::{self, Use};
use super::sessions::{Awaiting, Open, Setup, invalid};
use super::{Flow, RESPONSES, keep, mfa, next};
use crate::pool::Pool;
use crate::pool::attributes;
use crate::pool::contact::Contact;
use crate::pool::user::{Authenticator, MfaFactor};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::totp;

/// Asks for a second factor to be set up.
pub(super) fn challenge(pool: &mut Pool, flow: Flow) -> Value {
    let settings = &pool.settings().mfa;
    let factors = [
        MfaFactor::SmsMfa,
        MfaFactor::SoftwareTokenMfa,
        MfaFactor::EmailOtp,
    ];
    let names: Vec<_> = factors
        .into_iter()
        .filter(|factor| settings.has(*factor))
        .map(MfaFactor::name)
        .collect();
    let parameters = json!({
        "MFAS_CAN_SETUP": json!(names).to_string(),
        "USER_ID_FOR_SRP": flow.username,
    });
    let awaiting = Awaiting::MfaSetup(Setup::Begun);
    super::challenge(pool, flow, awaiting, "MFA_SETUP", parameters)
}

/// Passes a pool that has authenticator apps.
///
/// # Errors
/// `SoftwareTokenMFANotFoundException`.
pub(crate) fn check_apps_allowed(pool: &Pool) -> Result<(), ApiError> {
    if pool.settings().mfa.has(MfaFactor::SoftwareTokenMfa) {
        Ok(())
    } else {
        Err(ApiError::new(
            "SoftwareTokenMFANotFoundException",
            "Software Token MFA has not been enabled by the userPool",
        ))
    }
}

/// Passes a user who still has no second factor. Who has set one up since MFA_SETUP was given has to show it.
fn check_has_none(pool: &Pool, flow: &Flow) -> Result<(), ApiError> {
    if mfa::usable(pool, pool.user(&flow.username)?).is_empty() {
        Ok(())
    } else {
        Err(invalid())
    }
}

/// AssociateSoftwareToken with a Session: a secret, and the next Session.
///
/// # Errors
/// `NotAuthorizedException` for a Session that is not MFA_SETUP's.
pub(crate) fn associate(pool: &mut Pool, session: &str) -> Outcome {
    let open = pool.sessions.find(session, pool.now())?;
    let Awaiting::MfaSetup(Setup::Begun | Setup::Associated { .. }) = open.awaiting else {
        return Err(invalid());
    };
    check_has_none(pool, &open.flow)?;
    check_apps_allowed(pool)?;
    pool.sessions.spend(&open.ticket);
    let secret = pool.shared.random.bytes(totp::SECRET_BYTES);
    let code = totp::base32(&secret);
    let next = pool.shared.random.base64url(192);
    let awaiting = Awaiting::MfaSetup(Setup::Associated { secret });
    keep(pool, next.clone(), open.flow, awaiting);
    Ok(json!({"SecretCode": code, "Session": next}))
}

/// VerifySoftwareToken with a Session: the app is the user's, and the next Session answers MFA_SETUP.
///
/// # Errors
/// `EnableSoftwareTokenMFAException` for a wrong code, which leaves the Session for another try.
pub(crate) fn verify(pool: &mut Pool, session: &str, code: &str, friendly_name: Option<&str>) -> Outcome {
    let open = pool.sessions.find(session, pool.now())?;
    let Awaiting::MfaSetup(Setup::Associated { secret }) = open.awaiting else {
        return Err(invalid());
    };
    check_has_none(pool, &open.flow)?;
    pool.check_lockout(&open.flow.username)?;
    let Some(step) = totp::matching_step(&secret, code, pool.now()) else {
        pool.note_failure(&open.flow.username);
        return Err(totp::setup_mismatch());
    };
    pool.sessions.spend(&open.ticket);
    pool.user_mut(&open.flow.username)?.mfa.authenticator = Some(app(secret, step, friendly_name));
    let next = pool.shared.random.base64url(192);
    keep(pool, next.clone(), open.flow, Awaiting::MfaSetup(Setup::Verified));
    Ok(json!({"Session": next, "Status": "SUCCESS"}))
}

/// An authenticator app that has shown its code of a time step; that code is used up.
pub(crate) fn app(secret: Vec<u8>, step: i64, friendly_name: Option<&str>) -> Authenticator {
    Authenticator {
        secret,
        verified: true,
        friendly_name: friendly_name.map(str::to_owned),
        last_step: Some(step),
    }
}

/// An answer to MFA_SETUP: after an authenticator app was verified, or with the EMAIL to send codes to.
///
/// # Errors
/// `InvalidParameterException` for an address that is none; `NotAuthorizedException` for a Session whose
/// setup is not done.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::MfaSetup(setup) = &open.awaiting else {
        return Err(invalid());
    };
    check_has_none(pool, &open.flow)?;
    match (setup, request.entry(RESPONSES, "EMAIL")) {
        (Setup::Verified, _) => {
            pool.sessions.spend(&open.ticket);
            let mut flow = open.flow;
            pool.user_mut(&flow.username)?.mfa.software_token = true;
            flow.prove(Method::SoftwareToken);
            next::proceed(pool, flow)
        }
        (Setup::Begun, Some(email)) if pool.settings().mfa.has(MfaFactor::EmailOtp) => {
            pool.settings().schema.check("email", email)?;
            if email.is_empty() {
                return Err(invalid_parameter("Missing required parameter EMAIL"));
            }
            attributes::check_free(pool, &open.flow.username, "email", email)?;
            pool.sessions.spend(&open.ticket);
            one_time_code::challenge(pool, open.flow, Contact::Email, Use::Setup(email.to_owned()))
        }
        _ => Err(invalid()),
    }
}

#[cfg(test)]
mod tests;
