//! What a sign-in at the page waits for, as the page shows it.

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::{Contact, masked};
use crate::pool::user::MfaFactor;
use crate::sign_in::sessions::{Awaiting, Setup};
use crate::sign_in::{hosted, new_password};
use crate::totp;

/// A step after the password.
pub(super) enum Step {
    /// A code that went to `to`; `field` is its name among ChallengeResponses.
    Code { field: &'static str, to: String },
    /// A code of the authenticator app.
    App,
    /// One of several second factors.
    Choice(Vec<MfaFactor>),
    /// A password in place of the temporary one, and attributes that are missing.
    NewPassword { attributes: Vec<String> },
    /// A new authenticator app, with this secret.
    AppSetup { secret: String },
    /// An address for codes.
    EmailSetup,
}

/// The step that `session` leads to; none if it is over.
pub(super) fn step(pool: &Pool, client: &Client, session: &str) -> Option<Step> {
    let open = hosted::waiting(pool, client, session).ok()?;
    Some(match open.awaiting {
        Awaiting::Code { contact, to, .. } => Step::Code {
            field: match contact {
                Contact::Email => "EMAIL_OTP_CODE",
                Contact::PhoneNumber => "SMS_MFA_CODE",
            },
            to: masked(contact, &to),
        },
        Awaiting::SoftwareToken => Step::App,
        Awaiting::MfaChoice(factors) => Step::Choice(factors),
        Awaiting::NewPassword => Step::NewPassword {
            attributes: new_password::missing_attributes(pool, &open.flow.username),
        },
        Awaiting::MfaSetup(Setup::Associated { secret }) => Step::AppSetup {
            secret: totp::base32(&secret),
        },
        Awaiting::MfaSetup(_) => Step::EmailSetup,
        _ => return None,
    })
}
