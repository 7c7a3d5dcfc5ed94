//! ConfirmSignUp.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::attributes;
use crate::pool::client::Client;
use crate::pool::user::Status;
use crate::protocol::{Outcome, Request, expired_code, not_authorized, user_is_disabled, username_not_found};
use crate::sign_in::sign_up_session;

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let Some(user) = pool.find(request.text("Username")) else {
        return Err(if client.hides_users() {
            expired_code()
        } else {
            username_not_found()
        });
    };
    if !user.enabled {
        return Err(user_is_disabled());
    }
    if user.status != Status::Unconfirmed {
        let status = json!(user.status);
        let status = status.as_str().unwrap_or_default();
        return Err(not_authorized(&format!(
            "User cannot be confirmed. Current status is {status}"
        )));
    }
    let (username, now) = (user.username.clone(), pool.now());
    let session = request.given("Session");
    if let Some(session) = session {
        sign_up_session::check(pool, client, &username, session)?;
    }
    let address = pool
        .codes
        .check(&username, Purpose::SignUp, request.text("ConfirmationCode"), now)?;
    let user = pool.user(&username)?;
    let contact = user.sign_up_contact;
    let contact = contact.filter(|contact| user.contact(*contact) == Some(&address));
    let forced = request.flag("ForceAliasCreation") == Some(true);
    if let Some(contact) = contact.filter(|contact| !forced && attributes::is_name(pool.settings(), *contact))
    {
        // The code stays good, for the same again with ForceAliasCreation.
        attributes::check_free(pool, &username, contact.attribute(), &address)?;
    }
    pool.codes.spend(&username, Purpose::SignUp);
    pool.set_status(&username, Status::Confirmed)?;
    pool.user_mut(&username)?.sign_up_contact = None;
    if let Some(contact) = contact {
        attributes::verify(pool, &username, contact)?;
    }
    // Amplify for JavaScript gives no Session here, and counts on one in the answer all the same.
    if session.is_none() && !client.allows("ALLOW_USER_AUTH") {
        return Ok(json!({}));
    }
    let next = sign_up_session::confirmed(pool, client, &username, session, contact)?;
    Ok(json!({"Session": next}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{allow, code, legacy, perform, pool, refused, user, world, wrong_code};
    use crate::pool::contact::Contact;
    use crate::pool::settings::Alias;
    use crate::protocol::code_mismatch;
    use crate::world::World;

    fn signed_up() -> World {
        let mut world = world();
        perform(
            &mut world,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        world
    }

    fn input(code: &str) -> serde_json::Value {
        json!({"Username": "A@B.c", "ConfirmationCode": code})
    }

    #[test]
    fn the_right_code_confirms_user_and_address() {
        let mut world = signed_up();
        let wrong = wrong_code(&world);
        assert_eq!(
            refused(&mut world, "ConfirmSignUp", input(&wrong)),
            code_mismatch()
        );
        let code = code(&world);
        assert_eq!(
            perform(&mut world, "ConfirmSignUp", input(&code)).unwrap(),
            json!({})
        );
        let user = user(&world, "a@b.c");
        assert!(user.status == Status::Confirmed && user.has_verified(Contact::Email));
        let again = refused(&mut world, "ConfirmSignUp", input(&code));
        assert_eq!(
            again,
            not_authorized("User cannot be confirmed. Current status is CONFIRMED")
        );
    }

    #[test]
    fn the_code_leads_into_a_sign_in_where_the_client_may_use_the_flow() {
        let mut world = signed_up();
        allow(&mut world, "ALLOW_USER_AUTH");
        let code = code(&world);
        let answer = perform(&mut world, "ConfirmSignUp", input(&code)).unwrap();
        let sign_in = |name: &str| {
            json!({
                "AuthFlow": "USER_AUTH",
                "AuthParameters": {"USERNAME": name},
                "Session": answer["Session"],
            })
        };
        let refusal = refused(&mut world, "InitiateAuth", sign_in("user@example.com"));
        assert_eq!(refusal.kind, "NotAuthorizedException");
        let signed_in = perform(&mut world, "InitiateAuth", sign_in("a@b.c")).unwrap();
        assert!(signed_in["AuthenticationResult"]["AccessToken"].is_string());
    }

    #[test]
    fn an_alias_moves_only_by_force() {
        let mut world = world();
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes.clear();
        settings.alias_attributes = vec![Alias::Email];
        let before = user(&world, "user@example.com").username;
        let sign_up = json!({
            "Username": "ada",
            "Password": "Sunflower-42!",
            "UserAttributes": [{"Name": "email", "Value": "USER@example.com"}],
        });
        perform(&mut world, "SignUp", sign_up).unwrap();
        let code = code(&world);
        let mut input = json!({"Username": "ada", "ConfirmationCode": code});
        let refusal = refused(&mut world, "ConfirmSignUp", input.clone());
        assert_eq!(refusal.kind, "AliasExistsException");
        assert_eq!(user(&world, "ada").status, Status::Unconfirmed);
        assert_eq!(user(&world, "user@example.com").username, before);
        input["ForceAliasCreation"] = json!(true);
        perform(&mut world, "ConfirmSignUp", input).unwrap();
        assert_eq!(user(&world, "user@example.com").username, "ada");
        assert!(!user(&world, &before).has_verified(Contact::Email));
    }

    #[test]
    fn an_address_that_changed_since_is_not_verified() {
        let mut world = signed_up();
        let code = code(&world);
        let username = user(&world, "a@b.c").username;
        let changed = pool(&mut world).user_mut(&username).unwrap();
        attributes::write(changed, "email", "other@b.c");
        let input = json!({"Username": "other@b.c", "ConfirmationCode": code});
        perform(&mut world, "ConfirmSignUp", input).unwrap();
        let user = user(&world, "other@b.c");
        assert!(user.status == Status::Confirmed && !user.has_verified(Contact::Email));
    }

    #[test]
    fn a_code_lasts_a_day() {
        let mut world = signed_up();
        let code = code(&world);
        world.shared.clock.advance(86_400);
        assert_eq!(refused(&mut world, "ConfirmSignUp", input(&code)), expired_code());
    }

    #[test]
    fn an_unknown_user_looks_like_one_without_a_code() {
        let mut world = world();
        assert_eq!(
            refused(&mut world, "ConfirmSignUp", input("123456")),
            expired_code()
        );
        legacy(&mut world);
        assert_eq!(
            refused(&mut world, "ConfirmSignUp", input("123456")),
            username_not_found()
        );
    }
}
