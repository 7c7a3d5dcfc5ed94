//! ConfirmForgotPassword.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::user::Status;
use crate::protocol::{Outcome, Request, code_mismatch, user_does_not_exist, user_is_disabled};

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let username = match pool.find(request.text("Username")) {
        Some(user) if user.enabled => user.username.clone(),
        _ if client.hides_users() => return Err(code_mismatch()),
        Some(_) => return Err(user_is_disabled()),
        None => return Err(user_does_not_exist()),
    };
    // Before the code is spent, so that another password can be tried with it.
    pool.check_new_password(&username, request.text("Password"))?;
    let now = pool.now();
    pool.codes
        .redeem(&username, Purpose::Reset, request.text("ConfirmationCode"), now)?;
    pool.set_password(&username, request.text("Password"))?;
    pool.set_status(&username, Status::Confirmed)?;
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{
        code, has_password, legacy, perform, pool, refused, user, world, wrong_code,
    };
    use crate::protocol::{expired_code, limit_exceeded};
    use crate::world::World;
    use serde_json::Value;

    const USER: &str = "user@example.com";

    fn input(username: &str, code: &str, password: &str) -> Value {
        json!({"Username": username, "ConfirmationCode": code, "Password": password})
    }

    fn asked() -> World {
        let mut world = world();
        perform(&mut world, "ForgotPassword", json!({"Username": USER})).unwrap();
        world
    }

    #[test]
    fn the_right_code_sets_the_password_confirms_and_ends_the_lockout() {
        let mut world = asked();
        let username = user(&world, USER).username;
        pool(&mut world)
            .set_status(&username, Status::ResetRequired)
            .unwrap();
        (0..9).for_each(|_| pool(&mut world).note_failure(&username));
        let code = code(&world);
        let weak = refused(&mut world, "ConfirmForgotPassword", input(USER, &code, "short"));
        assert_eq!(weak.kind, "InvalidPasswordException");
        perform(
            &mut world,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        )
        .unwrap();
        assert!(has_password(&world, USER, "Sunflower-43!"));
        assert_eq!(user(&world, USER).status, Status::Confirmed);
        assert_eq!(pool(&mut world).check_lockout(&username), Ok(()));
        let again = refused(
            &mut world,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-44!"),
        );
        assert_eq!(again, expired_code());
    }

    #[test]
    fn wrong_codes_are_refused_and_soon_all_are() {
        let mut world = asked();
        let wrong = wrong_code(&world);
        for _ in 0..5 {
            let refusal = refused(
                &mut world,
                "ConfirmForgotPassword",
                input(USER, &wrong, "Sunflower-43!"),
            );
            assert_eq!(refusal, code_mismatch());
        }
        let code = code(&world);
        let refusal = refused(
            &mut world,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        );
        assert_eq!(refusal, limit_exceeded());
        assert!(has_password(&world, USER, "Sunflower-42!"));
    }

    #[test]
    fn a_code_lasts_an_hour() {
        let mut world = asked();
        let code = code(&world);
        world.shared.clock.advance(3600);
        let refusal = refused(
            &mut world,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        );
        assert_eq!(refusal, expired_code());
    }

    #[test]
    fn without_a_user_no_code_is_right_and_without_a_code_none_is_live() {
        let mut world = world();
        let unknown = input("nobody@example.com", "123456", "Sunflower-43!");
        assert_eq!(
            refused(&mut world, "ConfirmForgotPassword", unknown.clone()),
            code_mismatch()
        );
        let known = input(USER, "123456", "Sunflower-43!");
        assert_eq!(
            refused(&mut world, "ConfirmForgotPassword", known),
            expired_code()
        );
        legacy(&mut world);
        assert_eq!(
            refused(&mut world, "ConfirmForgotPassword", unknown),
            user_does_not_exist()
        );
    }
}
