//! SignUp.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::attributes::{self, Occasion};
use crate::pool::client::Client;
use crate::pool::settings::{Alias, AuthFactor};
use crate::pool::user::{Contact, Status, delivery_details, is_email, is_phone_number};
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
    let mut answer = json!({"UserConfirmed": confirmed, "UserSub": sub});
    if !confirmed && let Some((contact, to)) = code_goes_to(pool, &username) {
        pool.user_mut(&username)?.sign_up_contact = Some(contact);
        pool.send_code(&username, contact, &to, Purpose::SignUp)?;
        answer["CodeDeliveryDetails"] = delivery_details(contact, &to);
    }
    if !confirmed && client.allows("ALLOW_USER_AUTH") {
        answer["Session"] = json!(sign_up_session::begin(pool, client, &username));
    }
    Ok(answer)
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

fn check_name(pool: &Pool, name: &str) -> Result<(), ApiError> {
    let stands_for_name = &pool.settings().username_attributes;
    let may_be = |contact| stands_for_name.contains(&contact);
    let (email, phone) = (may_be(Contact::Email), may_be(Contact::PhoneNumber));
    if stands_for_name.is_empty() {
        let aliases = &pool.settings().alias_attributes;
        return match () {
            () if is_email(name) && aliases.contains(&Alias::Email) => Err(invalid_parameter(
                "Username cannot be of email format, since user pool is configured for email alias.",
            )),
            () if is_phone_number(name) && aliases.contains(&Alias::PhoneNumber) => Err(invalid_parameter(
                "Username cannot be of phone number format, since user pool is configured for phone number alias.",
            )),
            () => Ok(()),
        };
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
mod tests {
    use super::*;
    use crate::operations::testing::{allow, client, perform, pool, refused, user, world};
    use crate::pool::schema::Attribute;
    use crate::world::World;
    use serde_json::Value;

    #[test]
    fn a_new_user_is_unconfirmed_and_has_mail() {
        let mut world = world();
        let input = json!({
            "Username": "Ada@example.com",
            "Password": "Sunflower-42!",
            "UserAttributes": [{"Name": "email", "Value": "ada@example.com"}, {"Name": "name", "Value": "Ada"}],
        });
        let answer = perform(&mut world, "SignUp", input.clone()).unwrap();
        assert_eq!(answer["UserConfirmed"], false);
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "A***@e***");
        let user = user(&world, "ada@example.com");
        assert_eq!(
            (user.status, user.sub.as_str()),
            (Status::Unconfirmed, answer["UserSub"].as_str().unwrap())
        );
        assert_eq!(user.attributes["name"], "Ada");
        assert!(!user.has_verified(Contact::Email));
        assert_eq!(
            world.shared.mailbox().mails().next().unwrap().to,
            "Ada@example.com"
        );
        assert_eq!(
            refused(&mut world, "SignUp", input).kind,
            "UsernameExistsException"
        );
        assert_eq!(world.shared.mailbox().mails().count(), 1);
    }

    #[test]
    fn what_cannot_be_signed_up_leaves_no_trace() {
        let mut world = world();
        let users = pool(&mut world).kept.users.len();
        let attribute = |name: &str, value: &str| json!({"Username": "a@b.c", "Password": "Sunflower-42!", "UserAttributes": [{"Name": name, "Value": value}]});
        for (input, kind) in [
            (
                json!({"Username": "ada", "Password": "Sunflower-42!"}),
                "InvalidParameterException",
            ),
            (
                json!({"Username": "a@b.c", "Password": "short"}),
                "InvalidPasswordException",
            ),
            (json!({"Username": "a@b.c"}), "InvalidPasswordException"),
            (
                json!({"Username": "USER@example.com", "Password": "Sunflower-42!"}),
                "UsernameExistsException",
            ),
            (attribute("email", "b@b.c"), "InvalidParameterException"),
            (attribute("email_verified", "true"), "NotAuthorizedException"),
            (attribute("shoe_size", "42"), "InvalidParameterException"),
            (
                json!({"ClientId": "x", "Username": "a@b.c", "Password": "Sunflower-42!"}),
                "ResourceNotFoundException",
            ),
        ] {
            assert_eq!(refused(&mut world, "SignUp", input.clone()).kind, kind, "{input}");
        }
        assert_eq!(
            (
                pool(&mut world).kept.users.len(),
                world.shared.mailbox().mails().count()
            ),
            (users, 0)
        );
    }

    /// Signs `name` up with attributes, and with a password unless it is empty.
    fn sign_up(world: &mut World, name: &str, password: &str, attributes: &[(&str, &str)]) -> Outcome {
        let attributes: Vec<Value> = attributes
            .iter()
            .map(|(name, value)| json!({"Name": name, "Value": value}))
            .collect();
        let mut input = json!({"Username": name, "UserAttributes": attributes});
        if !password.is_empty() {
            input["Password"] = json!(password);
        }
        perform(world, "SignUp", input)
    }

    const PASSWORD: &str = "Sunflower-42!";
    const NUMBER: &str = "+12025550199";

    #[test]
    fn a_phone_number_can_stand_for_the_name_and_gets_the_code() {
        let mut world = world();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes = vec![Contact::PhoneNumber];
        settings.auto_verified_attributes = vec![Contact::Email, Contact::PhoneNumber];
        let answer = sign_up(&mut world, NUMBER, PASSWORD, &[("email", "a@b.c")]).unwrap();
        let details =
            json!({"AttributeName": "phone_number", "DeliveryMedium": "SMS", "Destination": "+*******0199"});
        assert_eq!(answer["CodeDeliveryDetails"], details);
        let refusal = sign_up(&mut world, NUMBER, PASSWORD, &[]).unwrap_err();
        assert_eq!(
            (refusal.kind.as_str(), refusal.message.as_str()),
            (
                "UsernameExistsException",
                "An account with the given phone_number already exists."
            )
        );
        assert!(sign_up(&mut world, "b@b.c", PASSWORD, &[]).is_err());
    }

    #[test]
    fn every_address_that_people_sign_in_with_is_one_users() {
        let mut world = world();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes = vec![Contact::Email, Contact::PhoneNumber];
        let taken = [("email", "USER@example.com")];
        let refusal = sign_up(&mut world, NUMBER, PASSWORD, &taken).unwrap_err();
        assert_eq!(refusal.kind, "UsernameExistsException");
        sign_up(&mut world, NUMBER, PASSWORD, &[("email", "a@b.c")]).unwrap();
    }

    #[test]
    fn aliases_are_free_until_they_are_verified_but_no_names() {
        let mut world = world();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes.clear();
        settings.alias_attributes = vec![Alias::Email, Alias::PhoneNumber, Alias::PreferredUsername];
        let verified = [("email", "user@example.com")];
        sign_up(&mut world, "ada", PASSWORD, &verified).unwrap();
        for (name, attributes, kind) in [
            ("ADA", &verified, "UsernameExistsException"),
            ("eve@b.c", &verified, "InvalidParameterException"),
            (NUMBER, &verified, "InvalidParameterException"),
            (
                "eve",
                &[("preferred_username", "eve")],
                "InvalidParameterException",
            ),
        ] {
            let refusal = sign_up(&mut world, name, PASSWORD, attributes).unwrap_err();
            assert_eq!(refusal.kind, kind, "{name}");
        }
    }

    #[test]
    fn a_trigger_that_verifies_moves_the_alias() {
        let mut world = world();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes.clear();
        settings.alias_attributes = vec![Alias::Email];
        (settings.auto_confirm, settings.auto_verify) = (true, true);
        let before = user(&world, "user@example.com").username;
        let answer = sign_up(&mut world, "ada", PASSWORD, &[("email", "user@example.com")]).unwrap();
        assert_eq!(answer["UserConfirmed"], true);
        assert_eq!(user(&world, "user@example.com").username, "ada");
        assert!(!user(&world, &before).has_verified(Contact::Email));
        assert_eq!(world.shared.mailbox().mails().count(), 0);
    }

    #[test]
    fn required_and_custom_attributes_follow_the_schema() {
        let mut world = world();
        let schema = &mut pool(&mut world).kept.settings.schema.0;
        for (name, mutable, required) in [
            ("email", true, true),
            ("name", true, true),
            ("custom:plan", false, false),
        ] {
            let attribute = Attribute {
                mutable,
                required,
                ..Attribute::default()
            };
            schema.insert(name.to_owned(), attribute);
        }
        client(&mut world).write_attributes = Some(vec!["custom:plan".to_owned()]);
        let refusal = sign_up(&mut world, "a@b.c", PASSWORD, &[("custom:plan", "free")]).unwrap_err();
        assert_eq!(
            refusal.message,
            "Attributes did not conform to the schema: name: The attribute is required\n"
        );
        let whole = [("custom:plan", "free"), ("name", "Ada")];
        sign_up(&mut world, "a@b.c", PASSWORD, &whole).unwrap();
        assert_eq!(user(&world, "a@b.c").attribute("custom:plan"), "free");
    }

    #[test]
    fn a_password_can_be_left_out_only_by_whom_a_code_reaches() {
        let mut world = world();
        allow(&mut world, "ALLOW_USER_AUTH");
        let kind = |outcome: Outcome| outcome.err().map(|refusal| refusal.kind);
        let invalid = Some("InvalidPasswordException".to_owned());
        assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
        let settings = &mut pool(&mut world).kept.settings;
        settings.allowed_first_auth_factors.push(AuthFactor::SmsOtp);
        assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
        let number = [("phone_number", NUMBER)];
        assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &number)), invalid);
        let settings = &mut pool(&mut world).kept.settings;
        settings.auto_verified_attributes = vec![Contact::PhoneNumber];
        assert_eq!(kind(sign_up(&mut world, "a@b.c", "", &[])), invalid);
        let answer = sign_up(&mut world, "a@b.c", "", &number).unwrap();
        assert!(answer["Session"].is_string() && user(&world, "a@b.c").password.is_none());
    }
}
