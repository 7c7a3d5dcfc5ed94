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
    use crate::operations::testing::{code, legacy, perform, pool, refused, wrong_code};
    use crate::protocol::{expired_code, limit_exceeded};
    use crate::sign_in;
    use serde_json::Value;

    const USER: &str = "user@example.com";

    fn input(username: &str, code: &str, password: &str) -> Value {
        json!({"Username": username, "ConfirmationCode": code, "Password": password})
    }

    fn asked() -> Pool {
        let mut pool = pool();
        perform(&mut pool, "ForgotPassword", json!({"Username": USER})).unwrap();
        pool
    }

    #[test]
    fn the_right_code_sets_the_password_confirms_and_ends_the_lockout() {
        let mut pool = asked();
        let sub = pool.find(USER).unwrap().sub.clone();
        pool.users
            .get_mut(&sub)
            .unwrap()
            .set_status(Status::ResetRequired, 0);
        (0..9).for_each(|_| drop(sign_in::wrong_password(&mut pool, &sub)));
        let code = code(&pool);
        let weak = refused(&mut pool, "ConfirmForgotPassword", input(USER, &code, "short"));
        assert_eq!(weak.kind, "InvalidPasswordException");
        perform(
            &mut pool,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        )
        .unwrap();
        let user = pool.find(USER).unwrap();
        assert!(user.has_password("Sunflower-43!") && user.status == Status::Confirmed);
        assert!(sign_in::challenge_password(&mut pool, USER, "2").is_ok());
        let again = refused(
            &mut pool,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-44!"),
        );
        assert_eq!(again, expired_code());
    }

    #[test]
    fn wrong_codes_are_refused_and_soon_all_are() {
        let mut pool = asked();
        let wrong = wrong_code(&pool);
        for _ in 0..5 {
            let refusal = refused(
                &mut pool,
                "ConfirmForgotPassword",
                input(USER, wrong, "Sunflower-43!"),
            );
            assert_eq!(refusal, code_mismatch());
        }
        let code = code(&pool);
        let refusal = refused(
            &mut pool,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        );
        assert_eq!(refusal, limit_exceeded());
        assert!(pool.find(USER).unwrap().has_password("Sunflower-42!"));
    }

    #[test]
    fn a_code_lasts_an_hour() {
        let mut pool = asked();
        let code = code(&pool);
        pool.clock.advance(3600);
        let refusal = refused(
            &mut pool,
            "ConfirmForgotPassword",
            input(USER, &code, "Sunflower-43!"),
        );
        assert_eq!(refusal, expired_code());
    }

    #[test]
    fn without_a_user_no_code_is_right_and_without_a_code_none_is_live() {
        let mut pool = pool();
        let unknown = input("nobody@example.com", "123456", "Sunflower-43!");
        assert_eq!(
            refused(&mut pool, "ConfirmForgotPassword", unknown.clone()),
            code_mismatch()
        );
        let known = input(USER, "123456", "Sunflower-43!");
        assert_eq!(refused(&mut pool, "ConfirmForgotPassword", known), expired_code());
        legacy(&mut pool);
        assert_eq!(
            refused(&mut pool, "ConfirmForgotPassword", unknown),
            user_does_not_exist()
        );
    }
}
