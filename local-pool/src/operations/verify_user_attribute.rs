//! VerifyUserAttribute.

use serde_json::json;

use super::get_user_attribute_verification_code::verifiable;
use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::attributes;
use crate::protocol::{Outcome, Request, expired_code};
use crate::tokens::Bearer;

/// The code verifies the very address that it went to; one that waits takes its place.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let username = &bearer.username;
    let contact = verifiable(request.text("AttributeName"))?;
    let (purpose, now) = (Purpose::Verify(contact), pool.now());
    let address = pool.codes.check(username, purpose, request.text("Code"), now)?;
    let user = pool.user(username)?;
    let waits = user.unverified_changes.get(&contact) == Some(&address);
    if !waits && user.contact(contact) != Some(&address) {
        return Err(expired_code());
    }
    if attributes::is_name(pool.settings(), contact) {
        attributes::check_free(pool, username, contact.attribute(), &address)?;
    }
    pool.codes.spend(username, purpose);
    let user = pool.user_mut(username)?;
    if waits {
        attributes::write(user, contact.attribute(), &address);
    }
    user.set_verified(contact, true);
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{code, perform, pool, refused, tokens, world, wrong_code};
    use crate::pool::contact::Contact;
    use crate::pool::settings::Alias;
    use crate::protocol::code_mismatch;
    use crate::world::World;
    use serde_json::Value;

    const USER: &str = "user@example.com";

    fn change(world: &mut World, access: &Value, email: &str) {
        let attributes = json!([{"Name": "email", "Value": email}]);
        let input = json!({"AccessToken": access, "UserAttributes": attributes});
        perform(world, "UpdateUserAttributes", input).unwrap();
    }

    fn input(access: &Value, code: &str) -> Value {
        json!({"AccessToken": access, "AttributeName": "email", "Code": code})
    }

    #[test]
    fn the_right_code_verifies_once() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        change(&mut world, &access, "new@b.c");
        let wrong = wrong_code(&world);
        assert_eq!(
            refused(&mut world, "VerifyUserAttribute", input(&access, &wrong)),
            code_mismatch()
        );
        let right = code(&world);
        perform(&mut world, "VerifyUserAttribute", input(&access, &right)).unwrap();
        assert!(
            pool(&mut world)
                .find("new@b.c")
                .unwrap()
                .has_verified(Contact::Email)
        );
        assert_eq!(
            refused(&mut world, "VerifyUserAttribute", input(&access, &right)),
            expired_code()
        );
    }

    #[test]
    fn a_waiting_address_takes_its_place() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        pool(&mut world).kept.settings.verify_before_update = vec![Contact::Email];
        change(&mut world, &access, "new@b.c");
        let right = code(&world);
        perform(&mut world, "VerifyUserAttribute", input(&access, &right)).unwrap();
        let user = pool(&mut world).find("new@b.c").unwrap();
        assert!(user.has_verified(Contact::Email) && user.unverified_changes.is_empty());
        assert!(pool(&mut world).find(USER).is_none());
    }

    #[test]
    fn a_waiting_address_that_somebody_else_took_is_refused() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        pool(&mut world).kept.settings.verify_before_update = vec![Contact::Email];
        change(&mut world, &access, "new@b.c");
        let right = code(&world);
        let other = json!({"Username": "NEW@b.c", "Password": "Sunflower-42!"});
        perform(&mut world, "SignUp", other).unwrap();
        let refusal = refused(&mut world, "VerifyUserAttribute", input(&access, &right));
        assert_eq!(refusal.kind, "AliasExistsException");
        assert!(pool(&mut world).find(USER).unwrap().has_verified(Contact::Email));
    }

    #[test]
    fn an_alias_that_is_another_users_is_refused() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes.clear();
        settings.alias_attributes = vec![Alias::Email];
        change(&mut world, &access, "admin@example.com");
        let right = code(&world);
        let refusal = refused(&mut world, "VerifyUserAttribute", input(&access, &right));
        assert_eq!(
            (refusal.kind.as_str(), refusal.message.as_str()),
            (
                "AliasExistsException",
                "An account with the given email already exists."
            )
        );
    }

    #[test]
    fn a_code_proves_no_address_but_the_one_that_it_went_to() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let ask = json!({"AccessToken": access, "AttributeName": "email"});
        perform(&mut world, "GetUserAttributeVerificationCode", ask).unwrap();
        let old = code(&world);
        pool(&mut world).kept.settings.auto_verified_attributes.clear();
        change(&mut world, &access, "victim@b.c");
        assert_eq!(
            refused(&mut world, "VerifyUserAttribute", input(&access, &old)),
            expired_code()
        );
        let user = pool(&mut world).find("victim@b.c").unwrap();
        assert!(!user.has_verified(Contact::Email));
    }
}
