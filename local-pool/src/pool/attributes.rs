//! Writing users' attributes: who may, what follows, and whose an address is.

use super::Pool;
use super::client::Client;
use super::contact::Contact;
use super::schema::{does_not_conform, is_own};
use super::settings::{Alias, Settings};
use super::user::User;
use crate::protocol::{ApiError, invalid_parameter, not_authorized};

/// When people write their attributes.
#[derive(Clone, Copy)]
pub(crate) enum Occasion<'a> {
    SignUp,
    /// An answer to NEW_PASSWORD_REQUIRED.
    NewPassword(&'a User),
    /// UpdateUserAttributes and DeleteUserAttributes.
    Update(&'a User),
}

/// Passes an attribute that a person writes through `client`; an empty value clears it.
///
/// # Errors
/// `NotAuthorizedException` for what is not theirs or the client's to write, or has to stay;
/// `InvalidParameterException` for a value that the schema does not allow.
pub(crate) fn check(
    pool: &Pool,
    client: &Client,
    occasion: Occasion<'_>,
    name: &str,
    value: &str,
) -> Result<(), ApiError> {
    let settings = pool.settings();
    let schema = &settings.schema;
    let is_closed = is_own(name) || name.starts_with("dev:");
    if !is_closed && schema.attribute(name).is_none() {
        return schema.check(name, value);
    }
    // Required attributes are always writable (developer guide, "Attribute permissions and scopes"), those for
    // developers only by an administrator (API reference, SchemaAttributeType).
    if is_closed || !(client.can_write(name) || schema.is_required(name)) {
        return Err(not_authorized(
            "A client attempted to write unauthorized attribute",
        ));
    }
    match occasion {
        Occasion::SignUp => check_at_sign_up(settings, name, value),
        Occasion::NewPassword(user) => check_with_new_password(settings, user, name, value),
        Occasion::Update(user) => check_update(settings, user, name, value),
    }
}

fn check_at_sign_up(settings: &Settings, name: &str, value: &str) -> Result<(), ApiError> {
    let is_alias = settings.alias_attributes.contains(&Alias::PreferredUsername);
    if name == "preferred_username" && is_alias && !value.is_empty() {
        // Developer guide, "User pool attributes": an alias that only a confirmed user can have.
        return Err(invalid_parameter(
            "preferred_username can be provided only when the account is confirmed.",
        ));
    }
    settings.schema.check(name, value)
}

fn check_with_new_password(
    settings: &Settings,
    user: &User,
    name: &str,
    value: &str,
) -> Result<(), ApiError> {
    let schema = &settings.schema;
    let stays = schema.is_required(name) || schema.is_immutable(name) || stands_for_name(settings, name);
    if stays && !user.attribute(name).is_empty() {
        let message = format!("Cannot modify an already provided {name}");
        return Err(not_authorized(&message));
    }
    schema.check(name, value)
}

fn check_update(settings: &Settings, user: &User, name: &str, value: &str) -> Result<(), ApiError> {
    let schema = &settings.schema;
    schema.check_update(name, value)?;
    let refused = |words: &str| Err(does_not_conform(&format!("user.{name}: {words}\n")));
    if schema.is_immutable(name) {
        return refused("Attribute cannot be updated.");
    }
    let removed = value.is_empty() && !user.attribute(name).is_empty();
    let contact = Contact::of_attribute(name);
    let is_factor = match contact {
        Some(Contact::Email) => user.mfa.email,
        Some(Contact::PhoneNumber) => user.mfa.sms,
        None => false,
    };
    let is_last_name = || {
        let mut names = settings.username_attributes.iter();
        stands_for_name(settings, name)
            && !names.any(|other| Some(*other) != contact && user.contact(*other).is_some())
    };
    if (value.is_empty() && schema.is_required(name)) || (removed && (is_factor || is_last_name())) {
        return refused("Required attribute cannot be deleted.");
    }
    Ok(())
}

fn stands_for_name(settings: &Settings, name: &str) -> bool {
    let mut contacts = settings.username_attributes.iter();
    contacts.any(|contact| contact.attribute() == name)
}

/// Whether people sign in with the attribute from the moment they have it. An e-mail address or a phone
/// number that is an alias has to be verified first.
pub(crate) fn is_name_at_once(settings: &Settings, name: &str) -> bool {
    let is_alias = settings.alias_attributes.contains(&Alias::PreferredUsername);
    stands_for_name(settings, name) || (name == "preferred_username" && is_alias)
}

/// Whether people sign in with the contact once it is verified.
pub(crate) fn is_name(settings: &Settings, contact: Contact) -> bool {
    let mut aliases = settings.alias_attributes.iter();
    stands_for_name(settings, contact.attribute())
        || aliases.any(|alias| alias.attribute() == contact.attribute())
}

/// Whether somebody other than `username` signs in as `value`.
pub(crate) fn is_taken(pool: &Pool, username: &str, value: &str) -> bool {
    !value.is_empty() && pool.find(value).is_some_and(|user| user.username != username)
}

/// Passes a value of an attribute that nobody but `username` signs in with.
///
/// # Errors
/// `AliasExistsException`.
pub(crate) fn check_free(pool: &Pool, username: &str, name: &str, value: &str) -> Result<(), ApiError> {
    if is_taken(pool, username, value) {
        Err(ApiError::new("AliasExistsException", already_exists(name)))
    } else {
        Ok(())
    }
}

/// What is said of an attribute's value that somebody else signs in with.
pub(crate) fn already_exists(name: &str) -> String {
    format!("An account with the given {name} already exists.")
}

/// Gives the user an attribute, or takes it away where the value is empty. A contact that changes has not been
/// verified, and no other change of it waits for its code any longer.
pub(crate) fn write(user: &mut User, name: &str, value: &str) {
    let contact = Contact::of_attribute(name);
    if let Some(contact) = contact {
        user.unverified_changes.remove(&contact);
    }
    if user.attribute(name) == value {
        return;
    }
    if value.is_empty() {
        user.attributes.remove(name);
    } else {
        user.attributes.insert(name.to_owned(), value.to_owned());
    }
    match contact {
        Some(contact) if value.is_empty() => drop(user.attributes.remove(contact.verified_attribute())),
        Some(contact) => user.set_verified(contact, false),
        None => {}
    }
}

/// Marks the user's contact as verified, and that of whoever signed in with it before as unverified (API
/// reference, ConfirmSignUp, ForceAliasCreation).
///
/// # Errors
/// `UserNotFoundException`.
pub(crate) fn verify(pool: &mut Pool, username: &str, contact: Contact) -> Result<(), ApiError> {
    let value = pool.user(username)?.contact(contact).map(str::to_owned);
    let Some(value) = value else { return Ok(()) };
    let is_alias =
        is_name(pool.settings(), contact) && !stands_for_name(pool.settings(), contact.attribute());
    let before = pool.find(&value).map(|user| user.username.clone());
    if let Some(before) = before.filter(|before| is_alias && before != username) {
        pool.user_mut(&before)?.set_verified(contact, false);
    }
    pool.user_mut(username)?.set_verified(contact, true);
    Ok(())
}

#[cfg(test)]
mod tests;
