//! UpdateUserAttributes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::of_client;
use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::attributes::{self, Occasion};
use crate::pool::client::Client;
use crate::pool::contact::{Contact, delivery_details};
use crate::pool::user::User;
use crate::protocol::{ApiError, Outcome, Request};
use crate::tokens::Bearer;

/// All of the attributes are written, or none.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let username = &bearer.username;
    let given: BTreeMap<&str, &str> = request.attributes("UserAttributes").collect();
    let client = of_client(pool, bearer)?;
    let user = pool.user(username)?;
    for (name, value) in &given {
        check(pool, client, user, name, value)?;
    }
    let changed: Vec<(Contact, &str)> = given
        .iter()
        .filter_map(|(name, value)| Some((Contact::of_attribute(name)?, *value)))
        .filter(|(contact, value)| !value.is_empty() && user.contact(*contact) != Some(value))
        .collect();
    let mut deliveries: Vec<Value> = Vec::new();
    for (contact, value) in &changed {
        if pool.settings().auto_verified_attributes.contains(contact) {
            pool.send_code(username, *contact, value, Purpose::Verify(*contact))
                .map_err(|_| too_many_requests())?;
            deliveries.push(delivery_details(*contact, value));
        }
    }
    let waits = |contact: &Contact| pool.settings().verify_before_update.contains(contact);
    let waiting: Vec<(Contact, &str)> = changed
        .into_iter()
        .filter(|(contact, _)| waits(contact))
        .collect();
    let user = pool.user_mut(username)?;
    for (name, value) in given {
        match waiting.iter().find(|(contact, _)| contact.attribute() == name) {
            Some((contact, _)) => drop(user.unverified_changes.insert(*contact, value.to_owned())),
            None => attributes::write(user, name, value),
        }
    }
    Ok(json!({"CodeDeliveryDetailsList": deliveries}))
}

fn check(pool: &Pool, client: &Client, user: &User, name: &str, value: &str) -> Result<(), ApiError> {
    attributes::check(pool, client, Occasion::Update(user), name, value)?;
    if attributes::is_name_at_once(pool.settings(), name) {
        attributes::check_free(pool, &user.username, name, value)?;
    }
    Ok(())
}

/// The operation has no LimitExceededException.
fn too_many_requests() -> ApiError {
    ApiError::new("TooManyRequestsException", "Too many requests")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{client, perform, pool, refused, tokens, world};
    use crate::pool::settings::Alias;
    use crate::world::World;

    const USER: &str = "user@example.com";
    const NUMBER: &str = "+12025550199";

    fn input(world: &mut World, attributes: &[(&str, &str)]) -> Value {
        let attributes: Vec<Value> = attributes
            .iter()
            .map(|(name, value)| json!({"Name": name, "Value": value}))
            .collect();
        json!({
            "AccessToken": tokens(world, USER)["AccessToken"],
            "UserAttributes": attributes,
        })
    }

    #[test]
    fn attributes_change_or_are_cleared_and_a_new_address_gets_a_code() {
        let mut world = world();
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        let first = input(&mut world, &[("name", "Ada"), ("nickname", "A")]);
        assert_eq!(
            perform(&mut world, "UpdateUserAttributes", first).unwrap(),
            json!({"CodeDeliveryDetailsList": []})
        );
        let second = input(
            &mut world,
            &[
                ("nickname", ""),
                ("email", "new@example.org"),
                ("phone_number", NUMBER),
            ],
        );
        let answer = perform(&mut world, "UpdateUserAttributes", second).unwrap();
        let details =
            json!({"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "n***@e***"});
        assert_eq!(answer, json!({"CodeDeliveryDetailsList": [details]}));
        assert_eq!(
            world.shared.mailbox().mails().next().unwrap().to,
            "new@example.org"
        );
        let pool = pool(&mut world);
        let user = pool.user(&username).unwrap();
        assert_eq!(
            (
                user.attribute("name"),
                user.attribute("nickname"),
                user.attribute("phone_number")
            ),
            ("Ada", "", NUMBER)
        );
        assert!(!user.has_verified(Contact::Email) && user.email() == "new@example.org");
        assert_eq!(pool.find("new@example.org").unwrap().username, username);
        assert!(pool.find(USER).is_none());
    }

    #[test]
    fn the_same_address_again_changes_nothing() {
        let mut world = world();
        let same = input(&mut world, &[("email", USER)]);
        perform(&mut world, "UpdateUserAttributes", same).unwrap();
        assert!(pool(&mut world).find(USER).unwrap().has_verified(Contact::Email));
        assert_eq!(world.shared.mailbox().mails().count(), 0);
    }

    #[test]
    fn an_address_can_be_kept_until_the_new_one_is_verified() {
        let mut world = world();
        pool(&mut world).kept.settings.verify_before_update = vec![Contact::Email];
        let change = input(&mut world, &[("email", "new@example.org"), ("name", "Ada")]);
        let answer = perform(&mut world, "UpdateUserAttributes", change).unwrap();
        assert_eq!(answer["CodeDeliveryDetailsList"][0]["Destination"], "n***@e***");
        let pool_ = pool(&mut world);
        let user = pool_.find(USER).unwrap();
        assert!(user.has_verified(Contact::Email) && user.attribute("name") == "Ada");
        assert_eq!(user.unverified_changes[&Contact::Email], "new@example.org");
        assert!(pool_.find("new@example.org").is_none());
        let back = input(&mut world, &[("email", USER)]);
        perform(&mut world, "UpdateUserAttributes", back).unwrap();
        assert!(pool(&mut world).find(USER).unwrap().unverified_changes.is_empty());
    }

    #[test]
    fn what_is_refused_changes_nothing() {
        let mut world = world();
        client(&mut world).write_attributes = Some(["email", "name", "shoe_size"].map(str::to_owned).into());
        for (name, value, kind) in [
            ("email", "ADMIN@example.com", "AliasExistsException"),
            ("email", "ada", "InvalidParameterException"),
            ("email", "", "InvalidParameterException"),
            ("email_verified", "true", "NotAuthorizedException"),
            ("nickname", "A", "NotAuthorizedException"),
            ("shoe_size", "42", "InvalidParameterException"),
        ] {
            let change = input(&mut world, &[("name", "Ada"), (name, value)]);
            let refusal = refused(&mut world, "UpdateUserAttributes", change);
            assert_eq!(refusal.kind, kind, "{name}={value}");
        }
        let user = pool(&mut world).find(USER).unwrap();
        assert!(user.attribute("name").is_empty() && user.has_verified(Contact::Email));
        assert_eq!(world.shared.mailbox().mails().count(), 0);
    }

    #[test]
    fn an_alias_conflicts_only_where_it_counts_at_once() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes.clear();
        settings.alias_attributes = vec![Alias::Email, Alias::PreferredUsername];
        let admin = pool(&mut world)
            .find("admin@example.com")
            .unwrap()
            .username
            .clone();
        let user = pool(&mut world).user_mut(&admin).unwrap();
        attributes::write(user, "preferred_username", "Queen");
        let change = |name: &str, value: &str| json!({"AccessToken": access, "UserAttributes": [{"Name": name, "Value": value}]});
        let taken = refused(
            &mut world,
            "UpdateUserAttributes",
            change("preferred_username", "queen"),
        );
        assert_eq!(taken.kind, "AliasExistsException");
        perform(
            &mut world,
            "UpdateUserAttributes",
            change("email", "admin@example.com"),
        )
        .unwrap();
        let owner = pool(&mut world).find("admin@example.com").unwrap();
        assert_eq!(owner.username, admin);
    }

    #[test]
    fn asking_too_often_is_refused() {
        let mut world = world();
        for address in ["a@b.c", "b@b.c"].into_iter().cycle().take(10) {
            let access = tokens_of_the_user(&mut world);
            let change =
                json!({"AccessToken": access, "UserAttributes": [{"Name": "email", "Value": address}]});
            perform(&mut world, "UpdateUserAttributes", change).unwrap();
        }
        let access = tokens_of_the_user(&mut world);
        let change = json!({"AccessToken": access, "UserAttributes": [{"Name": "email", "Value": "c@b.c"}]});
        let refusal = refused(&mut world, "UpdateUserAttributes", change);
        assert_eq!(refusal.kind, "TooManyRequestsException");
    }

    fn tokens_of_the_user(world: &mut World) -> Value {
        let users = pool(world).kept.users.values();
        let user = users
            .into_iter()
            .find(|user| !["admin@example.com", "new@example.com"].contains(&user.email()));
        let email = user.unwrap().email().to_owned();
        tokens(world, &email)["AccessToken"].clone()
    }
}
