//! EMAIL_OTP and SMS_OTP: a code as the first factor, and EMAIL_OTP as the second.

use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::level::Method;
use super::sessions::{Awaiting, Open, invalid};
use super::{Flow, next, required, subject};
use crate::mailbox::{Message, Reason};
use crate::pool::Pool;
use crate::pool::attributes;
use crate::pool::contact::{Contact, masked};
use crate::protocol::{ApiError, Outcome, Request, code_mismatch};

/// The digits of a code that stands for a password; a second factor's are those of other codes.
const FIRST_FACTOR_DIGITS: usize = 8;

/// What a code is asked for.
pub(crate) enum Use {
    FirstFactor,
    SecondFactor,
    /// The second factor, at an address that it verifies.
    Setup(String),
}

fn challenge_name(contact: Contact, second_factor: bool) -> &'static str {
    match (contact, second_factor) {
        (Contact::Email, _) => "EMAIL_OTP",
        (Contact::PhoneNumber, false) => "SMS_OTP",
        (Contact::PhoneNumber, true) => "SMS_MFA",
    }
}

/// Sends a code and asks for it. A simulated user is asked too, but nothing is sent.
///
/// # Errors
/// `NotAuthorizedException` during a lockout.
pub(crate) fn challenge(pool: &mut Pool, flow: Flow, contact: Contact, asked: Use) -> Outcome {
    pool.check_lockout(&flow.username)?;
    let second_factor = !matches!(asked, Use::FirstFactor);
    let is_new = matches!(asked, Use::Setup(_));
    let known = || Some(subject::real(pool, &flow.username)?.contact(contact)?.to_owned());
    let to = match asked {
        Use::Setup(address) => Some(address),
        Use::FirstFactor | Use::SecondFactor => known(),
    };
    let digits = if second_factor { 6 } else { FIRST_FACTOR_DIGITS };
    let code = to.as_ref().map(|_| pool.shared.random.digits(digits));
    if let (Some(to), Some(code)) = (&to, &code) {
        let reason = if second_factor {
            Reason::Mfa
        } else {
            Reason::SignIn
        };
        pool.deliver(&Message {
            contact,
            to,
            username: &flow.username,
            reason,
            code,
        });
    }
    let to = to.unwrap_or_else(|| subject::seeming_contact(contact, &flow.alias));
    let parameters = json!({
        "CODE_DELIVERY_DELIVERY_MEDIUM": contact.medium(),
        "CODE_DELIVERY_DESTINATION": masked(contact, &to),
        "USERNAME": flow.username,
        "USER_ID_FOR_SRP": flow.username,
    });
    let awaiting = Awaiting::Code {
        contact,
        code,
        to,
        second_factor,
        is_new,
    };
    let name = challenge_name(contact, second_factor);
    Ok(super::challenge(pool, flow, awaiting, name, parameters))
}

/// An answer: EMAIL_OTP_CODE, SMS_OTP_CODE or SMS_MFA_CODE.
///
/// # Errors
/// `CodeMismatchException` for a wrong code, which leaves the Session for another try.
pub(crate) fn answer(pool: &mut Pool, open: Open, request: &Request) -> Outcome {
    let Awaiting::Code {
        contact,
        code,
        to,
        second_factor,
        is_new,
    } = open.awaiting
    else {
        return Err(invalid());
    };
    let given = required(
        request,
        &format!("{}_CODE", challenge_name(contact, second_factor)),
    )?;
    check(pool, &open.flow, code.as_deref(), given)?;
    pool.sessions.spend(&open.ticket);
    let mut flow = open.flow;
    if is_new {
        // Somebody else may have taken it since it was given.
        attributes::check_free(pool, &flow.username, contact.attribute(), &to)?;
        let user = pool.user_mut(&flow.username)?;
        attributes::write(user, contact.attribute(), &to);
        user.mfa.email = true;
    }
    // Whoever has read the code has verified the address that it went to, unless it was changed meanwhile.
    if pool.user(&flow.username)?.contact(contact) == Some(to.as_str()) {
        attributes::verify(pool, &flow.username, contact)?;
    }
    flow.prove(match contact {
        Contact::Email => Method::Email,
        Contact::PhoneNumber => Method::Sms,
    });
    next::proceed(pool, flow)
}

/// Passes the code that was sent.
///
/// # Errors
/// `CodeMismatchException`; `NotAuthorizedException` during a lockout, which wrong codes lead to as wrong
/// passwords do.
fn check(pool: &mut Pool, flow: &Flow, code: Option<&str>, given: &str) -> Result<(), ApiError> {
    pool.check_lockout(&flow.username)?;
    let right = code.is_some_and(|code| bool::from(code.as_bytes().ct_eq(given.as_bytes())));
    if right {
        Ok(())
    } else {
        pool.note_failure(&flow.username);
        Err(code_mismatch())
    }
}
