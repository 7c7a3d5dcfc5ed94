//! SignUp.

use serde_json::{Map, Value, json};

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::attributes::{self, Occasion};
use crate::pool::client::Client;
use crate::pool::contact::{Contact, delivery_details, is_email, is_phone_number};
use crate::pool::settings::{Alias, AuthFactor};
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter, not_authorized};
use crate::sign_in::sign_up_session;

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    if !pool.settings().self_sign_up {
        return Err(not_authorized("SignUp is not permitted for this user pool"));
    }
    let name = request.text("Username");
    check_name(pool, name)?;
    for (attribute, value) in request.attributes("UserAttributes") {
        attributes::check(pool, client, Occasion::SignUp, attribute, value)?;
        check_agrees(pool, attribute, value, name)?;
    }
    check_required(pool, request)?;
    let password = request.given("Password");
    check_password(pool, client, request, password)?;
    check_free(pool, request)?;
    pool.settings().triggers.pre_sign_up()?;
    let confirmed = pool.settings().auto_confirm;
    let verified = confirmed && pool.settings().auto_verify;
    let status = if confirmed {
        Status::Confirmed
    } else {
        Status::Unconfirmed
    };
    let user = pool.add_user(name, status);
    let own: Vec<String> = user.attributes.keys().cloned().collect();
    for (attribute, value) in request.attributes("UserAttributes") {
        if !own.iter().any(|own| own == attribute) {
            attributes::write(user, attribute, value);
        }
    }
    let (username, sub) = (user.username.clone(), user.sub.clone());
    if verified {
        for contact in [Contact::Email, Contact::PhoneNumber] {
            attributes::verify(pool, &username, contact)?;
        }
    }
    if let Some(password) = password {
        pool.set_password(&username, password)?;
    }
    let mut answer = Map::new();
    answer.insert("UserConfirmed".to_owned(), json!(confirmed));
    answer.insert("UserSub".to_owned(), json!(sub));
    if !confirmed && let Some((contact, to)) = code_goes_to(pool, &username) {
        pool.user_mut(&username)?.sign_up_contact = Some(contact);
        pool.send_code(&username, contact, &to, Purpose::SignUp)?;
        let details = delivery_details(contact, &to);
        answer.insert("CodeDeliveryDetails".to_owned(), details);
    }
    if !confirmed && client.allows("ALLOW_USER_AUTH") {
        let session = sign_up_session::begin(pool, client, &username);
        answer.insert("Session".to_owned(), json!(session));
    }
    Ok(Value::Object(answer))
}

/// Where the pool sends a new user's code: a phone number before an e-mail address (developer guide,
/// "Verifying contact information at sign-up").
pub(super) fn code_goes_to(pool: &Pool, username: &str) -> Option<(Contact, String)> {
    let user = pool.kept.users.get(username)?;
    [Contact::PhoneNumber, Contact::Email]
        .into_iter()
        .filter(|contact| pool.settings().auto_verified_attributes.contains(contact))
        .find_map(|contact| Some((contact, user.contact(contact)?.to_owned())))
}

pub(super) fn check_name(pool: &Pool, name: &str) -> Result<(), ApiError> {
    let stands_for_name = &pool.settings().username_attributes;
    let may_be = |contact| stands_for_name.contains(&contact);
    let (email, phone) = (may_be(Contact::Email), may_be(Contact::PhoneNumber));
    if stands_for_name.is_empty() {
        return check_no_alias(&pool.settings().alias_attributes, name);
    }
    match (email, phone) {
        (true, _) if is_email(name) => Ok(()),
        (_, true) if is_phone_number(name) => Ok(()),
        (true, true) => Err(invalid_parameter(
            "Username should be either an email or a phone number.",
        )),
        (true, false) => Err(invalid_parameter("Username should be an email.")),
        _ => Err(invalid_parameter("Username should be a phone number.")),
    }
}

/// Passes a user name that could not be an alias.
fn check_no_alias(aliases: &[Alias], name: &str) -> Result<(), ApiError> {
    let format = if is_email(name) && aliases.contains(&Alias::Email) {
        "email"
    } else if is_phone_number(name) && aliases.contains(&Alias::PhoneNumber) {
        "phone number"
    } else {
        return Ok(());
    };
    Err(invalid_parameter(format!(
        "Username cannot be of {format} format, since user pool is configured for {format} alias."
    )))
}

/// The attribute that an address fills when it stands for the user name.
fn attribute_of_name(pool: &Pool, name: &str) -> Option<&'static str> {
    let contact = if is_email(name) {
        Contact::Email
    } else {
        Contact::PhoneNumber
    };
    let by_address = !pool.settings().username_attributes.is_empty();
    by_address.then(|| contact.attribute())
}

/// Passes an attribute that is not the user name with another value.
fn check_agrees(pool: &Pool, attribute: &str, value: &str, name: &str) -> Result<(), ApiError> {
    if attribute_of_name(pool, name) == Some(attribute) && pool.folded(value) != pool.folded(name) {
        return Err(invalid_parameter(format!(
            "The attribute {attribute} differs from the username."
        )));
    }
    Ok(())
}

/// Whether the new user will have that attribute.
fn is_given(pool: &Pool, request: &Request, wanted: &str) -> bool {
    attribute_of_name(pool, request.text("Username")) == Some(wanted)
        || request
            .attributes("UserAttributes")
            .any(|(attribute, value)| attribute == wanted && !value.is_empty())
}

fn check_required(pool: &Pool, request: &Request) -> Result<(), ApiError> {
    let mut required = pool.settings().schema.required();
    match required.find(|wanted| !is_given(pool, request, wanted)) {
        Some(missing) => Err(invalid_parameter(format!(
            "Attributes did not conform to the schema: {missing}: The attribute is required\n"
        ))),
        None => Ok(()),
    }
}

/// Passes addresses and a name that nobody signs in with. An alias may be another user's until it is verified.
fn check_free(pool: &Pool, request: &Request) -> Result<(), ApiError> {
    let exists = |message: String| Err(ApiError::new("UsernameExistsException", message));
    let name = request.text("Username");
    if pool.find(name).is_some() {
        return exists(match attribute_of_name(pool, name) {
            Some(attribute) => attributes::already_exists(attribute),
            None => "User already exists".to_owned(),
        });
    }
    let taken = request.attributes("UserAttributes").find(|(attribute, value)| {
        attributes::is_name_at_once(pool.settings(), attribute) && attributes::is_taken(pool, "", value)
    });
    match taken {
        Some((attribute, _)) => exists(attributes::already_exists(attribute)),
        None => Ok(()),
    }
}

/// A password may be left out by those who can sign in with a code instead, to an address that the pool
/// verifies (developer guide, "Signing up and confirming user accounts", passwords at sign-up).
fn check_password(
    pool: &Pool,
    client: &Client,
    request: &Request,
    password: Option<&str>,
) -> Result<(), ApiError> {
    let settings = pool.settings();
    let ways = [
        (AuthFactor::EmailOtp, Contact::Email),
        (AuthFactor::SmsOtp, Contact::PhoneNumber),
    ];
    let mut open = ways.into_iter().filter(|(factor, contact)| {
        settings.allows_first_factor(*factor) && settings.auto_verified_attributes.contains(contact)
    });
    let passwordless = client.allows("ALLOW_USER_AUTH")
        && open.any(|(_, contact)| is_given(pool, request, contact.attribute()));
    match password {
        None if passwordless => Ok(()),
        password => settings.password_policy.check(password.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests;
