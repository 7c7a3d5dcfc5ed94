//! Words for people, by error, and what they can do next. English for now; [`AuthError::code`] is the key for
//! other languages.

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

/// What the person who reads the words can do next, for a page to offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextAction {
    /// The same again, now.
    TryAgain,
    /// The same again, after a while.
    WaitAndTryAgain,
    /// Correct what was typed.
    CheckInput,
    /// Have another code sent.
    ResendCode,
    /// Begin this journey anew.
    StartOver,
    /// Go to the sign-in.
    SignIn,
    /// Go to the password reset.
    ResetPassword,
    /// Confirm the registration.
    ConfirmSignUp,
    /// Choose another way to sign in, or another browser or network.
    UseAnotherWay,
    /// Sign out, then do the same again.
    SignOutFirst,
    /// Tell the site's owner: something is set up wrongly.
    ContactOwner,
    /// Ask whoever manages the accounts.
    ContactAdministrator,
    /// Load the page again.
    Reload,
    /// Nothing, or what only the words can say.
    None,
}

/// The field that `error` is about, if it is one's own typing in one field.
pub fn field(error: &AuthError) -> Option<Input> {
    row(error).2
}

/// What to offer a person who met `error`.
pub fn next_action(error: &AuthError) -> NextAction {
    row(error).1
}

/// What went wrong and what to do, in a sentence or two.
pub fn message(error: &AuthError) -> String {
    match row(error).0 {
        Words::Fixed(text) => text.to_owned(),
        Words::Quote(text) => text.to_owned(),
        Words::Because(lead, reason) => because(lead, reason),
        Words::Password(reason) => password(reason),
        Words::Input(reason) => input(reason),
        Words::Missing(names) => missing(names),
    }
}

enum Words<'a> {
    Fixed(&'static str),
    /// A trigger's own words.
    Quote(&'a str),
    /// Ours, then the service's in brackets.
    Because(&'static str, &'a str),
    /// What the password lacks, in the service's words.
    Password(&'a str),
    /// What the input lacks, in the service's words.
    Input(&'a str),
    /// What an identity provider does not tell.
    Missing(&'a [String]),
}

/// Of each error: the words, what to do next, and the field it is about.
#[rustfmt::skip]
fn row(error: &AuthError) -> (Words<'_>, NextAction, Option<Input>) {
    use AuthError as E;
    use NextAction as Do;
    use Words::{Because, Fixed};
    match error {
        // Who it is.
        E::WrongCredentials => (Fixed("Those details don’t match an account. Check them and try again."), Do::CheckInput, None),
        E::WrongPassword => (Fixed("That isn’t your current password. Check it and try again."), Do::CheckInput, Some(Input::Password)),
        E::WrongAnswer => (Fixed("That answer wasn’t right. Start again."), Do::StartOver, None),
        E::PasswordAttemptsExceeded => (Fixed("Too many wrong passwords. Wait a little and try again, or reset your password."), Do::ResetPassword, None),
        E::TemporaryPasswordExpired => (Fixed("Your temporary password has expired. Ask an administrator for a new one."), Do::ContactAdministrator, None),
        E::PasswordResetRequired => (Fixed("You have to reset your password before you go on."), Do::ResetPassword, None),
        E::UserDisabled => (Fixed("This account has been disabled. Ask an administrator to enable it."), Do::ContactAdministrator, None),
        E::UserNotConfirmed => (Fixed("This account isn’t confirmed yet. Enter the code that you were sent."), Do::ConfirmSignUp, None),

        // Signing up and resetting the password.
        E::UsernameExists => (Fixed("There is an account with these details already. Sign in instead."), Do::SignIn, Some(Input::Username)),
        E::AliasExists => (Fixed("This address or phone number belongs to another account."), Do::CheckInput, Some(Input::Username)),
        E::AlreadyConfirmed => (Fixed("This account is confirmed already. Sign in to go on."), Do::SignIn, None),
        E::SignUpClosed => (Fixed("You can’t create an account here by yourself. Ask an administrator for one."), Do::ContactAdministrator, None),
        E::NoVerifiedContact => (Fixed("We can’t send a code to reset this password: no address or phone number has been verified. Ask an administrator."), Do::ContactAdministrator, None),
        E::ResetNotPossible => (Fixed("This password can’t be reset yet. Sign in with the temporary password you were given, or ask an administrator for a new one."), Do::SignIn, None),

        // Passwords and codes.
        E::InvalidPassword(reason) => (Words::Password(reason), Do::CheckInput, Some(Input::NewPassword)),
        E::PasswordReused => (Fixed("You have used this password before. Choose another one."), Do::CheckInput, Some(Input::NewPassword)),
        E::CodeMismatch => (Fixed("That code isn’t right. Check it, or get a new one."), Do::CheckInput, Some(Input::Code)),
        E::CodeExpired => (Fixed("That code is no longer valid. Get a new one."), Do::ResendCode, Some(Input::Code)),
        E::CodeUsed => (Fixed("That code has been used already. Wait for the next one in your authenticator app."), Do::WaitAndTryAgain, Some(Input::Code)),
        E::CodeDeliveryFailure => (Fixed("We couldn’t send the code. Check the address or number and try again."), Do::CheckInput, None),
        E::InvalidInput(reason) => (Words::Input(reason), Do::CheckInput, None),

        // Not now, or not so.
        E::LimitExceeded => (Fixed("Too many attempts. Wait a while before you try again."), Do::WaitAndTryAgain, None),
        E::Throttled => (Fixed("The sign-in service is busy. Try again in a moment."), Do::WaitAndTryAgain, None),
        E::Refused(words) => (Words::Quote(words), Do::None, None),
        E::NotAllowed(reason) => (Because("That isn’t possible right now.", reason), Do::ContactOwner, None),
        E::RefusedForSecurity => (Fixed("This looked unusual, so it was stopped to protect the account. Try again later, or from a device you have used before."), Do::UseAnotherWay, None),
        E::Blocked => (Fixed("A firewall turned this away. Try another network, and tell the site’s owner if it goes on."), Do::UseAnotherWay, None),
        E::FactorNotAvailable => (Fixed("This way to sign in isn’t set up. Choose another one."), Do::UseAnotherWay, None),
        E::LevelOutOfReach => (Fixed("This needs a stronger way to sign in than your account has. Set up an authenticator app or a passkey first."), Do::UseAnotherWay, None),

        // Passkeys and devices.
        E::PasskeyRefused => (Fixed("This passkey wasn’t accepted. Use another one, or another way to sign in."), Do::UseAnotherWay, None),
        E::PasskeySetupExpired => (Fixed("This took too long, so the passkey wasn’t saved. Add it again."), Do::StartOver, None),
        E::PasskeyLimit => (Fixed("You can’t have more passkeys. Remove one before you add another."), Do::None, None),
        E::PasskeyNotSetUp(reason) => (Because("Passkeys aren’t set up for this site. Tell the site’s owner.", reason), Do::ContactOwner, None),
        E::DeviceForgotten => (Fixed("This device is no longer remembered. Sign in again."), Do::SignIn, None),
        E::DeviceNotRemembered => (Fixed("We couldn’t remember this device. You are signed in all the same."), Do::None, None),
        E::AlreadyGone => (Fixed("That has been removed already. Reload the page to see what is left."), Do::Reload, None),

        // Through the hosted pages and identity providers.
        E::ConsentDenied => (Fixed("You didn’t allow this site to sign you in there, so nothing has happened. Try again, or sign in another way."), Do::TryAgain, None),
        E::LoginRequired => (Fixed("You have to sign in first."), Do::SignIn, None),
        E::AttributesMissing(names) => (Words::Missing(names), Do::TryAgain, None),
        E::AnotherWayIn => (Fixed("You have an account here already, which you sign in to another way. Use that way, as you did before."), Do::UseAnotherWay, None),
        E::JustLinked => (Fixed("Your accounts have just been linked. Sign in once more to go on."), Do::TryAgain, None),
        E::ProviderFailed => (Fixed("The sign-in over there failed. Try again in a moment, or sign in another way."), Do::WaitAndTryAgain, None),
        E::ProviderRefused(reason) => (Because("The sign-in was refused. Try again, or sign in another way.", reason), Do::TryAgain, None),
        E::UnknownCallback => (Fixed("This sign-in was finished already, took too long, or was started in another tab or browser. Start again from here."), Do::StartOver, None),
        E::StateMismatch => (Fixed("This answer doesn’t belong to the sign-in that you started here, so it wasn’t used. Start again from here."), Do::StartOver, None),
        E::CodeRefused => (Fixed("This sign-in was used already or took too long. Start again."), Do::StartOver, None),
        E::WrongAccount => (Fixed("That was another account. Sign in again with the one that you are using here."), Do::TryAgain, None),
        E::PopupBlocked => (Fixed("Your browser blocked the sign-in window. Allow it and try again."), Do::TryAgain, None),
        E::PopupClosed => (Fixed("The sign-in window was closed before you were signed in."), Do::TryAgain, None),
        E::NoStorage => (Fixed("Your browser doesn’t let this site remember that you are signing in. Allow storage for it, or sign in another way."), Do::UseAnotherWay, None),

        // The service and the way to it.
        E::Unreachable => (Fixed("We couldn’t reach the sign-in service. Check your connection and try again."), Do::TryAgain, None),
        E::Timeout => (Fixed("The sign-in service took too long to answer. Try again."), Do::TryAgain, None),
        E::ServiceFailure => (Fixed("The sign-in service had a problem. Try again in a moment."), Do::WaitAndTryAgain, None),
        E::Misconfigured(reason) => (Because("This app isn’t set up correctly. Tell the site’s owner.", reason), Do::ContactOwner, None),
        E::Protocol(_) => (Fixed("The answer of the sign-in service made no sense. A proxy or firewall may be in the way. Try again, and tell the site’s owner if it goes on."), Do::TryAgain, None),
        E::InvalidToken(_) => (Fixed("We couldn’t verify the sign-in, so it was stopped. Try again, and tell the site’s owner if it goes on."), Do::StartOver, None),

        // The session and this page.
        E::SignInExpired => (Fixed("This took too long, so the sign-in has expired. Start again."), Do::StartOver, None),
        E::NotSignedIn => (Fixed("Your session has ended. Sign in again."), Do::SignIn, None),
        E::AlreadySignedIn => (Fixed("Somebody is signed in already. Sign out first."), Do::SignOutFirst, None),
        E::Superseded => (Fixed("That was interrupted by a later request. Try again."), Do::TryAgain, None),
        E::NoRandomness => (Fixed("This browser can’t make secure random numbers. Update it or use another one."), Do::UseAnotherWay, None),
        E::EngineGone => (Fixed("Something went wrong in your browser. Try again."), Do::TryAgain, None),
    }
}

/// What went wrong with a passkey in the browser, by [`PasskeyProblem::code`](crate::webauthn::PasskeyProblem::code);
/// without its `passkey_` will do. What is not known is a failure that the browser does not explain.
pub fn passkey(code: &str) -> &'static str {
    match code.strip_prefix("passkey_").unwrap_or(code) {
        "cancelled" => {
            "The passkey wasn’t used: it was cancelled, or took too long. Try again, or use another way."
        }
        "already_registered" => "This device has a passkey for this account already.",
        "wrong_site" => "Passkeys don’t work at this address. Tell the site’s owner.",
        "unsupported" => {
            "This browser or device can’t use passkeys here. Use another one, or another way to sign in."
        }
        "aborted" => "The passkey was interrupted. Try again.",
        "malformed" => "The passkey couldn’t be read. Try again, and tell the site’s owner if it goes on.",
        _ => "Something went wrong with the passkey. Try again, or use another way.",
    }
}

/// "Password did not conform with policy: Password not long enough" -> the part that helps.
fn password(reason: &str) -> String {
    let reason = reason.rsplit(": ").next().unwrap_or_default();
    ended(reason).unwrap_or_else(|| "Choose a stronger password.".to_owned())
}

/// The service's validation texts name members and patterns; only what reads like a sentence is shown.
fn input(reason: &str) -> String {
    let is_for_machines = ["validation error", "constraint", "required parameter"]
        .iter()
        .any(|text| reason.contains(text));
    let reason = match reason.split_once("conform to the schema: ") {
        Some((_, flaw)) => flaw,
        None => reason,
    };
    match ended(reason) {
        Some(reason) if !is_for_machines => reason,
        _ => "Something you entered isn’t in the right form. Check it and try again.".to_owned(),
    }
}

/// What an identity provider does not tell, by the names of attributes.
fn missing(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(|name| attribute(name)).collect();
    let list = match names.as_slice() {
        [] => "something about you".to_owned(),
        [only] => (*only).to_owned(),
        [others @ .., last] => [&others.join(", "), " and ", last].concat(),
    };
    [
        "This site needs to know ",
        &list,
        ", and wasn’t told over there. Share it there, or sign in another way.",
    ]
    .concat()
}

fn attribute(name: &str) -> &str {
    match name {
        "email" => "your email address",
        "phone_number" => "your phone number",
        "name" => "your name",
        "given_name" => "your first name",
        "family_name" => "your last name",
        "birthdate" => "your date of birth",
        other => other.strip_prefix("custom:").unwrap_or(other),
    }
}

fn because(lead: &str, reason: &str) -> String {
    match ended(reason) {
        Some(reason) => [lead, " (", &reason, ")"].concat(),
        None => lead.to_owned(),
    }
}

/// With one full stop at its end; nothing of nothing.
fn ended(reason: &str) -> Option<String> {
    let reason = reason.trim().trim_end_matches('.');
    (!reason.is_empty()).then(|| [reason, "."].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_error_says_what_the_password_lacks() {
        let error = AuthError::InvalidPassword(
            "Password did not conform with policy: Password must have uppercase characters".to_owned(),
        );
        assert_eq!(message(&error), "Password must have uppercase characters.");
        assert_eq!(
            message(&AuthError::InvalidPassword(String::new())),
            "Choose a stronger password."
        );
    }

    #[test]
    fn a_validation_text_for_machines_is_not_shown() {
        let text = "1 validation error detected: Value at 'username' failed to satisfy constraint";
        assert!(!message(&AuthError::InvalidInput(text.to_owned())).contains("constraint"));
        assert_eq!(
            message(&AuthError::InvalidInput(
                "Invalid email address format.".to_owned()
            )),
            "Invalid email address format."
        );
    }

    #[test]
    fn what_an_attribute_lacks_is_told_without_its_preamble() {
        let text = "Attributes did not conform to the schema: name: The attribute is required\n";
        assert_eq!(
            message(&AuthError::InvalidInput(text.to_owned())),
            "name: The attribute is required."
        );
    }

    #[test]
    fn a_reason_follows_in_brackets() {
        let of = |reason: &str| message(&AuthError::NotAllowed(reason.to_owned()));
        assert_eq!(of("No. "), "That isn’t possible right now. (No.)");
        assert_eq!(of(""), "That isn’t possible right now.");
    }

    #[test]
    fn a_trigger_is_quoted_word_for_word() {
        assert_eq!(
            message(&AuthError::Refused("Come back on Monday.".to_owned())),
            "Come back on Monday."
        );
    }
}
