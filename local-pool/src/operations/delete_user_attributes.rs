//! DeleteUserAttributes.

use serde_json::json;

use super::of_client;
use crate::pool::Pool;
use crate::pool::attributes::{self, Occasion};
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let client = of_client(pool, bearer)?;
    let user = pool.user(&bearer.username)?;
    let mut left = user.clone();
    for name in request.texts("UserAttributeNames") {
        // One at a time, for each may be the last that people know the user by.
        attributes::check(pool, client, Occasion::Update(&left), name, "")?;
        attributes::write(&mut left, name, "");
    }
    let user = pool.user_mut(&bearer.username)?;
    user.attributes = left.attributes;
    user.unverified_changes = left.unverified_changes;
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{client, perform, pool, refused, tokens, world};
    use crate::pool::contact::Contact;
    use crate::pool::schema::Attribute;

    const USER: &str = "user@example.com";

    #[test]
    fn attributes_go_with_what_was_known_of_them() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        let user = pool(&mut world).user_mut(&username).unwrap();
        attributes::write(user, "name", "Ada");
        attributes::write(user, "phone_number", "+12025550199");
        user.set_verified(Contact::PhoneNumber, true);
        let input =
            json!({"AccessToken": access, "UserAttributeNames": ["name", "phone_number", "nickname"]});
        assert_eq!(
            perform(&mut world, "DeleteUserAttributes", input).unwrap(),
            json!({})
        );
        let user = pool(&mut world).user(&username).unwrap();
        let left: Vec<&String> = user.attributes.keys().collect();
        assert_eq!(left, ["email", "email_verified"]);
    }

    #[test]
    fn what_has_to_stay_stays_with_all_the_rest() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let pool_ = pool(&mut world);
        let attribute = |mutable, required| Attribute {
            mutable,
            required,
            ..Attribute::default()
        };
        let schema = &mut pool_.kept.settings.schema.0;
        schema.insert("name".to_owned(), attribute(true, true));
        schema.insert("custom:plan".to_owned(), attribute(false, false));
        let writable = ["custom:plan", "email", "name", "nickname", "phone_number"];
        client(&mut world).write_attributes = Some(writable.map(str::to_owned).into());
        let pool_ = pool(&mut world);
        let username = pool_.find(USER).unwrap().username.clone();
        let user = pool_.user_mut(&username).unwrap();
        for (name, value) in [
            ("name", "Ada"),
            ("custom:plan", "free"),
            ("nickname", "A"),
            ("phone_number", "+12025550199"),
        ] {
            attributes::write(user, name, value);
        }
        user.mfa.sms = true;
        let before = user.attributes.clone();
        for (name, kind) in [
            ("name", "InvalidParameterException"),
            ("custom:plan", "InvalidParameterException"),
            ("email", "InvalidParameterException"),
            ("phone_number", "InvalidParameterException"),
            ("shoe_size", "InvalidParameterException"),
            ("sub", "NotAuthorizedException"),
        ] {
            let input = json!({"AccessToken": access, "UserAttributeNames": ["nickname", name]});
            assert_eq!(
                refused(&mut world, "DeleteUserAttributes", input).kind,
                kind,
                "{name}"
            );
        }
        assert_eq!(pool(&mut world).user(&username).unwrap().attributes, before);
    }
}
