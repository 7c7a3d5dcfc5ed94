//! AdminUpdateUserAttributes, and the rules for attributes that administrators write.

use serde_json::json;

use super::username;
use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::{attributes, schema};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};

const CONTACTS: [Contact; 2] = [Contact::Email, Contact::PhoneNumber];

/// A contact that changes is verified no more, unless the request says otherwise.
pub(super) fn update(pool: &mut Pool, request: &Request) -> Outcome {
    let username = username(pool, request)?;
    let changes: Vec<(&str, &str)> = request.attributes("UserAttributes").collect();
    check(pool, &username, &changes)?;
    let user = pool.user(&username)?;
    let immutable = |name: &str| pool.settings().schema.is_immutable(name);
    if let Some((name, _)) = changes
        .iter()
        .find(|(name, value)| immutable(name) && user.attribute(name) != *value)
    {
        return Err(invalid_parameter(format!(
            "user.{name}: Attribute cannot be updated."
        )));
    }
    if let Some((taken, _)) = taken(pool, &username, &changes) {
        let message = format!("An account with the given {} already exists.", taken.attribute());
        return Err(ApiError::new("AliasExistsException", message));
    }
    write(pool, &username, &changes)?;
    Ok(json!({}))
}

/// Passes attributes that an administrator may write to a user; the user need not exist yet.
///
/// # Errors
/// `InvalidParameterException`.
pub(super) fn check(pool: &Pool, username: &str, changes: &[(&str, &str)]) -> Result<(), ApiError> {
    let user = pool.kept.users.get(username);
    for (name, value) in changes {
        let verifies = CONTACTS
            .into_iter()
            .find(|contact| contact.verified_attribute() == *name);
        match verifies {
            Some(contact) => {
                let given = changes.iter().find(|(name, _)| *name == contact.attribute());
                let has = user.is_some_and(|user| user.contact(contact).is_some());
                if !given.map_or(has, |(_, value)| !value.is_empty()) {
                    return Err(invalid_parameter(match contact {
                        Contact::Email => "Email is required to verify/un-verify an email",
                        Contact::PhoneNumber => "Phone Number is required to verify/un-verify a phone number",
                    }));
                }
                if !value.is_empty() && value.parse::<bool>().is_err() && !matches!(*value, "True" | "False")
                {
                    return Err(invalid_parameter(format!("Invalid value for attribute {name}.")));
                }
            }
            None if schema::is_own(name) => {
                return Err(invalid_parameter(format!(
                    "Cannot modify the non-mutable attribute {name}"
                )));
            }
            None => pool.settings().schema.check(name, value)?,
        }
    }
    Ok(())
}

/// The first contact of `changes` that is another user's already, and that user's name.
pub(super) fn taken(pool: &Pool, username: &str, changes: &[(&str, &str)]) -> Option<(Contact, String)> {
    let value = |wanted: &str| {
        changes
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| *value)
    };
    let settings = pool.settings();
    CONTACTS.into_iter().find_map(|contact| {
        let given = value(contact.attribute()).filter(|value| !value.is_empty())?;
        let is_name = settings.username_attributes.contains(&contact);
        let is_alias = settings
            .alias_attributes
            .iter()
            .any(|alias| alias.attribute() == contact.attribute());
        let becomes_verified = value(contact.verified_attribute()).is_some_and(is_true);
        let is_unique = is_name || (is_alias && becomes_verified);
        let owner = pool.find(given).filter(|_| is_unique)?.username.clone();
        (owner != username).then_some((contact, owner))
    })
}

fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

/// Writes attributes that [`check`] has passed.
///
/// # Errors
/// `UserNotFoundException`.
pub(super) fn write(pool: &mut Pool, username: &str, changes: &[(&str, &str)]) -> Result<(), ApiError> {
    let user = pool.user_mut(username)?;
    let (own, others): (Vec<_>, Vec<_>) = changes.iter().partition(|(name, _)| schema::is_own(name));
    for (name, value) in others {
        attributes::write(user, name, value);
    }
    // After the contacts, whose change takes their verification away.
    for (name, value) in own {
        if value.is_empty() {
            user.attributes.remove(name);
        } else {
            user.attributes.insert(name.to_owned(), value.to_lowercase());
        }
    }
    Ok(())
}
