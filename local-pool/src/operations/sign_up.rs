//! SignUp.

use serde_json::json;

use super::Operation;
use crate::codes::Purpose;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter, not_authorized};
use crate::store::Pool;
use crate::users::{self, Status, User};
use crate::validate::shape::{
    ANALYTICS_METADATA, CLIENT_ID, CLIENT_METADATA, PASSWORD, SECRET_HASH, USER_CONTEXT_DATA, USERNAME,
    attributes,
};
use crate::{client, password_policy};

/// Password is optional in the model for pools without passwords; this pool has them.
pub(super) const OPERATION: Operation = Operation {
    name: "SignUp",
    members: &[
        CLIENT_ID,
        SECRET_HASH,
        USERNAME,
        PASSWORD,
        attributes("UserAttributes"),
        attributes("ValidationData"),
        ANALYTICS_METADATA,
        USER_CONTEXT_DATA,
        CLIENT_METADATA,
    ],
    run,
};

/// OpenID Connect's standard claims, which every pool has as attributes.
const STANDARD_ATTRIBUTES: [&str; 16] = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "website",
    "zoneinfo",
];

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    client::check_id(request.text("ClientId"), request.text("SecretHash"))?;
    let email = request.text("Username");
    if !users::is_email(email) {
        return Err(invalid_parameter("Username should be an email."));
    }
    for (name, value) in request.attributes("UserAttributes") {
        check_attribute(name, value, email)?;
    }
    password_policy::check(request.text("Password"))?;
    if pool.find(email).is_some() {
        return Err(ApiError::new("UsernameExistsException", "User already exists"));
    }
    let mut user = User::new(
        email,
        request.text("Password"),
        Status::Unconfirmed,
        pool.clock.now(),
    );
    for (name, value) in request
        .attributes("UserAttributes")
        .filter(|(name, _)| *name != "email")
    {
        user.attributes.insert(name.to_owned(), value.to_owned());
    }
    let sub = user.sub.clone();
    pool.send_code(&sub, email, Purpose::SignUp)?;
    pool.users.insert(sub.clone(), user);
    Ok(json!({
        "CodeDeliveryDetails": users::delivery_details(email),
        "UserConfirmed": false,
        "UserSub": sub,
    }))
}

fn check_attribute(name: &str, value: &str, email: &str) -> Result<(), ApiError> {
    match name {
        "email" if value.to_lowercase() != email.to_lowercase() => Err(invalid_parameter(
            "The attribute email differs from the username.",
        )),
        "sub" | "email_verified" | "phone_number_verified" | "updated_at" => Err(not_authorized(
            "A client attempted to write unauthorized attribute",
        )),
        _ if STANDARD_ATTRIBUTES.contains(&name) || name.starts_with("custom:") => Ok(()),
        _ => Err(invalid_parameter(format!(
            "Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused};

    #[test]
    fn a_new_user_is_unconfirmed_and_has_mail() {
        let mut pool = pool();
        let input = json!({
            "Username": "Ada@example.com",
            "Password": "Sunflower-42!",
            "UserAttributes": [{"Name": "email", "Value": "ada@example.com"}, {"Name": "name", "Value": "Ada"}],
        });
        let answer = perform(&mut pool, "SignUp", input.clone()).unwrap();
        assert_eq!(answer["UserConfirmed"], false);
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "A***@e***");
        let user = pool.find("ada@example.com").unwrap();
        assert_eq!(
            (user.status, user.sub.as_str()),
            (Status::Unconfirmed, answer["UserSub"].as_str().unwrap())
        );
        assert_eq!(user.attributes["name"], "Ada");
        assert!(!user.email_verified());
        assert_eq!(pool.mailbox.mails().next().unwrap().to, "Ada@example.com");
        assert_eq!(
            refused(&mut pool, "SignUp", input).kind,
            "UsernameExistsException"
        );
        assert_eq!(pool.mailbox.mails().count(), 1);
    }

    #[test]
    fn what_cannot_be_signed_up_leaves_no_trace() {
        let mut pool = pool();
        let users = pool.users.len();
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
            (json!({"Username": "a@b.c"}), "InvalidParameterException"),
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
            assert_eq!(refused(&mut pool, "SignUp", input.clone()).kind, kind, "{input}");
        }
        assert_eq!((pool.users.len(), pool.mailbox.mails().count()), (users, 0));
    }
}
