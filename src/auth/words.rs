//! Words for people, by error. English for now; [`AuthError::code`] is the key for other languages.

use super::AuthError;

/// The field that an error is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The e-mail address, phone number or user name.
    Username,
    /// The password to sign in by.
    Password,
    /// The password chosen.
    NewPassword,
    /// The code.
    Code,
}

/// The field that `error` is about, if it is one's own typing in one field.
pub fn field(error: &AuthError) -> Option<Input> {
    match error {
        AuthError::UsernameExists | AuthError::AliasExists => Some(Input::Username),
        AuthError::InvalidPassword(_) | AuthError::PasswordReused => Some(Input::NewPassword),
        AuthError::CodeMismatch | AuthError::CodeExpired => Some(Input::Code),
        _ => None,
    }
}

/// What went wrong and what to do, in a sentence or two.
pub fn message(error: &AuthError) -> String {
    let text = match error {
        AuthError::WrongCredentials => "That email and password don’t match. Check both and try again.",
        AuthError::PasswordAttemptsExceeded => {
            "Too many wrong passwords. Wait a little and try again, or reset your password."
        }
        AuthError::UserDisabled => "This account has been disabled. Ask an administrator to enable it.",
        AuthError::UsernameExists => "There is an account with this email already. Sign in instead.",
        AuthError::AliasExists => "This email or phone number belongs to another account.",
        AuthError::AlreadyConfirmed => "This account is confirmed already. Sign in to go on.",
        AuthError::CodeMismatch => "That code isn’t right. Check it, or have a new one sent.",
        AuthError::CodeExpired => "That code is no longer valid. Have a new one sent.",
        AuthError::CodeDeliveryFailure => "We couldn’t send the code. Check the address and try again.",
        AuthError::PasswordReused => "You have used this password before. Choose another one.",
        AuthError::LimitExceeded => "Too many attempts. Wait a while before you try again.",
        AuthError::Throttled => "The sign-in service is busy. Try again in a moment.",
        AuthError::Unreachable => "We couldn’t reach the sign-in service. Check your connection and try again.",
        AuthError::Timeout => "The sign-in service took too long to answer. Try again.",
        AuthError::ServiceFailure => "The sign-in service had a problem. Try again in a moment.",
        AuthError::Protocol(_) => {
            "The answer of the sign-in service made no sense. A proxy or firewall may be in the way. Try again, \
             and tell the site’s owner if it goes on."
        }
        AuthError::InvalidToken(_) => {
            "We couldn’t verify the sign-in, so it was stopped. Try again, and tell the site’s owner if it goes on."
        }
        AuthError::SignInExpired => "This took too long, so the sign-in has expired. Start again.",
        AuthError::NotSignedIn => "Your session has ended. Sign in again.",
        AuthError::Superseded => "That was interrupted by a later request. Try again.",
        AuthError::NoRandomness => "This browser can’t make secure random numbers. Update it or use another one.",
        AuthError::EngineGone => "Something went wrong on this page. Reload it and try again.",
        AuthError::InvalidPassword(reason) => return password(reason),
        AuthError::InvalidInput(reason) => return input(reason),
        AuthError::Refused(words) => return words.clone(),
        AuthError::NotAllowed(reason) => return sentence("That isn’t possible right now.", reason),
        AuthError::Misconfigured(reason) => {
            return sentence("This app isn’t set up correctly. Tell the site’s owner.", reason);
        }
    };
    text.to_owned()
}

/// "Password did not conform with policy: Password not long enough" -> the part that helps.
fn password(reason: &str) -> String {
    let reason = reason.rsplit(": ").next().unwrap_or_default().trim_end_matches('.');
    if reason.is_empty() { "Choose a stronger password.".to_owned() } else { [reason, "."].concat() }
}

/// The service's validation texts name members and patterns; only what reads like a sentence is shown.
fn input(reason: &str) -> String {
    if reason.is_empty() || reason.contains("validation error") || reason.contains("constraint") {
        "Something you entered isn’t in the right form. Check it and try again.".to_owned()
    } else {
        [reason.trim_end_matches('.'), "."].concat()
    }
}

fn sentence(lead: &str, reason: &str) -> String {
    if reason.is_empty() { lead.to_owned() } else { [lead, " (", reason.trim_end_matches('.'), ".)"].concat() }
}
