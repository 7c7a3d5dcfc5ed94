//! ConfirmSignUp.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
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
    pool.codes
        .redeem(&username, Purpose::SignUp, request.text("ConfirmationCode"), now)?;
    pool.set_status(&username, Status::Confirmed)?;
    let user = pool.user_mut(&username)?;
    let contact = user.sign_up_contact.take();
    if let Some(contact) = contact {
        user.set_verified(contact, true);
    }
    Ok(match session {
        Some(session) => json!({"Session": sign_up_session::confirmed(pool, session, contact)?}),
        None => json!({}),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{code, legacy, perform, refused, user, world, wrong_code};
    use crate::pool::user::Contact;
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
