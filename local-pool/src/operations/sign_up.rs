//! SignUp.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::schema;
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
        check_attribute(pool, client, attribute, value, name)?;
    }
    check_required(pool, request, name)?;
    let password = request.given("Password");
    check_password(pool, client, password)?;
    if pool.find(name).is_some() {
        return Err(ApiError::new("UsernameExistsException", "User already exists"));
    }
    let confirmed = pool.settings().auto_confirm;
    let verified = confirmed && pool.settings().auto_verify;
    let status = if confirmed {
        Status::Confirmed
    } else {
        Status::Unconfirmed
    };
    let user = pool.add_user(name, status);
    for (attribute, value) in request.attributes("UserAttributes") {
        if !user.attributes.contains_key(attribute) {
            user.attributes.insert(attribute.to_owned(), value.to_owned());
        }
    }
    let (username, sub) = (user.username.clone(), user.sub.clone());
    for contact in [Contact::Email, Contact::PhoneNumber] {
        if user.contact(contact).is_some() {
            user.set_verified(contact, verified);
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
fn code_goes_to(pool: &Pool, username: &str) -> Option<(Contact, String)> {
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
        let looks_like_alias = pool
            .settings()
            .alias_attributes
            .iter()
            .any(|alias| match alias.attribute() {
                "email" => is_email(name),
                "phone_number" => is_phone_number(name),
                _ => false,
            });
        return if looks_like_alias {
            let message =
                "Username cannot be of email format, since user pool is configured for email alias.";
            Err(invalid_parameter(message))
        } else {
            Ok(())
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

fn check_attribute(
    pool: &Pool,
    client: &Client,
    attribute: &str,
    value: &str,
    name: &str,
) -> Result<(), ApiError> {
    if schema::is_own(attribute) || !client.can_write(attribute) {
        return Err(not_authorized(
            "A client attempted to write unauthorized attribute",
        ));
    }
    let is_name =
        pool.settings().username_attributes.iter().any(|contact| {
            contact.attribute() == attribute && (is_email(name) == (*contact == Contact::Email))
        });
    if is_name && pool.folded(value) != pool.folded(name) {
        return Err(invalid_parameter(format!(
            "The attribute {attribute} differs from the username."
        )));
    }
    pool.settings().schema.check(attribute, value)
}

fn check_required(pool: &Pool, request: &Request, name: &str) -> Result<(), ApiError> {
    let given = |wanted: &str| {
        let by_name = match wanted {
            "email" => is_email(name),
            "phone_number" => is_phone_number(name),
            _ => false,
        };
        (by_name && !pool.settings().username_attributes.is_empty())
            || request
                .attributes("UserAttributes")
                .any(|(attribute, value)| attribute == wanted && !value.is_empty())
    };
    match pool.settings().schema.required().find(|wanted| !given(wanted)) {
        Some(missing) => Err(invalid_parameter(format!(
            "Attributes did not conform to the schema: {missing}: The attribute is required"
        ))),
        None => Ok(()),
    }
}

/// A password may be left out where people can sign in without one.
fn check_password(pool: &Pool, client: &Client, password: Option<&str>) -> Result<(), ApiError> {
    use crate::pool::settings::AuthFactor::{EmailOtp, SmsOtp};
    let settings = pool.settings();
    let passwordless = client.allows("ALLOW_USER_AUTH")
        && (settings.allows_first_factor(EmailOtp) || settings.allows_first_factor(SmsOtp));
    match password {
        Some(password) => settings.password_policy.check(password),
        None if passwordless => Ok(()),
        None => settings.password_policy.check(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, user, world};

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
}
