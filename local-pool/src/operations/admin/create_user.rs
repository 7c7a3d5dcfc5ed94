//! AdminCreateUser.

use serde_json::json;

use super::{attributes, shapes};
use crate::mailbox::{Message, Reason};
use crate::operations::sign_up;
use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::settings::AuthFactor;
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, Request, user_does_not_exist};

pub(super) fn run(pool: &mut Pool, request: &Request) -> Outcome {
    if request.text("MessageAction") == "RESEND" {
        return resend(pool, request);
    }
    let name = request.text("Username");
    sign_up::check_name(pool, name)?;
    if pool.find(name).is_some() {
        return Err(exists("User account already exists".to_owned()));
    }
    let given: Vec<(&str, &str)> = given_attributes(pool, request);
    attributes::check(pool, "", &given)?;
    let taken = attributes::taken(pool, "", &given);
    if let Some((contact, _)) = &taken
        && request.flag("ForceAliasCreation") != Some(true)
    {
        let attribute = contact.attribute();
        return Err(exists(format!("An account with the {attribute} already exists.")));
    }
    let password = password(pool, request)?;
    let status = if password.is_some() {
        Status::ForceChangePassword
    } else {
        Status::Confirmed
    };
    if let Some((contact, owner)) = taken {
        // The alias moves to the new user (API reference, ForceAliasCreation).
        pool.user_mut(&owner)?.set_verified(contact, false);
    }
    let username = pool.add_user(name, status).username.clone();
    attributes::write(pool, &username, &given)?;
    if let Some(password) = &password {
        pool.set_password(&username, password)?;
        pool.set_status(&username, status)?;
        if request.text("MessageAction") != "SUPPRESS" {
            invite(pool, &username, request, password)?;
        }
    }
    answer(pool, &username)
}

/// A new temporary password, whose days begin now, for a user who has not used the last one.
fn resend(pool: &mut Pool, request: &Request) -> Outcome {
    let user = pool
        .find(request.text("Username"))
        .ok_or_else(user_does_not_exist)?;
    if user.status != Status::ForceChangePassword {
        let status = json!(user.status);
        let status = status.as_str().unwrap_or_default();
        let message = format!("Resend not possible. {status}");
        return Err(ApiError::new("UnsupportedUserStateException", message));
    }
    let username = user.username.clone();
    let password = match request.given("TemporaryPassword") {
        Some(password) => {
            pool.settings().password_policy.check(password)?;
            password.to_owned()
        }
        None => generated(pool),
    };
    pool.set_password(&username, &password)?;
    pool.set_status(&username, Status::ForceChangePassword)?;
    invite(pool, &username, request, &password)?;
    answer(pool, &username)
}

fn exists(message: String) -> ApiError {
    ApiError::new("UsernameExistsException", message)
}

fn answer(pool: &Pool, username: &str) -> Outcome {
    let user = pool.user(username)?;
    Ok(json!({"User": shapes::user::user(user, |_| true)}))
}

/// UserAttributes, and the contact that the name itself is.
fn given_attributes<'a>(pool: &Pool, request: &'a Request) -> Vec<(&'a str, &'a str)> {
    let name = request.text("Username");
    let mut given: Vec<_> = request.attributes("UserAttributes").collect();
    let by_name = if name.contains('@') {
        "email"
    } else {
        "phone_number"
    };
    let stands_for_name = !pool.settings().username_attributes.is_empty();
    if stands_for_name && !given.iter().any(|(attribute, _)| *attribute == by_name) {
        given.insert(0, (by_name, name));
    }
    given
}

/// The temporary password; none where people can sign in without and none is given.
fn password(pool: &Pool, request: &Request) -> Result<Option<String>, ApiError> {
    let settings = pool.settings();
    let passwordless = settings.allows_first_factor(AuthFactor::EmailOtp)
        || settings.allows_first_factor(AuthFactor::SmsOtp);
    match request.given("TemporaryPassword") {
        Some(password) => {
            settings.password_policy.check(password)?;
            Ok(Some(password.to_owned()))
        }
        None if passwordless => Ok(None),
        None => Ok(Some(generated(pool))),
    }
}

/// A password that every policy of the pool's length passes.
fn generated(pool: &Pool) -> String {
    let random = &pool.shared.random;
    let length = pool.settings().password_policy.minimum_length;
    let filling = random.word(length.saturating_sub(4).max(8));
    format!("X-{filling}{}a", random.digits(1))
}

/// Sends the temporary password to where DesiredDeliveryMediums says; by default to the phone number, or to the
/// e-mail address of someone without one.
fn invite(pool: &Pool, username: &str, request: &Request, password: &str) -> Result<(), ApiError> {
    let user = pool.user(username)?;
    let desired: Vec<&str> = request.texts("DesiredDeliveryMediums").collect();
    let contacts = [Contact::PhoneNumber, Contact::Email].into_iter();
    let reachable = contacts.filter_map(|contact| Some((contact, user.contact(contact)?)));
    let wanted = reachable.filter(|(contact, _)| desired.is_empty() || desired.contains(&contact.medium()));
    let most = if desired.is_empty() { 1 } else { usize::MAX };
    for (contact, to) in wanted.take(most) {
        pool.deliver(&Message {
            contact,
            to,
            username: request.text("Username"),
            reason: Reason::Invitation,
            code: password,
        });
    }
    Ok(())
}
