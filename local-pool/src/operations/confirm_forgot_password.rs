//! ConfirmForgotPassword.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::user::Status;
use crate::protocol::{
    ApiError, Outcome, Request, code_mismatch, not_authorized, user_does_not_exist, user_is_disabled,
};

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let password = request.text("Password");
    pool.settings().password_policy.check(password)?;
    let user = match pool.find(request.text("Username")) {
        Some(user) if user.enabled => user,
        _ if client.hides_users() => return Err(code_mismatch()),
        Some(_) => return Err(user_is_disabled()),
        None => return Err(user_does_not_exist()),
    };
    let (username, status, now) = (user.username.clone(), user.status, pool.now());
    let code = request.text("ConfirmationCode");
    pool.codes.check(&username, Purpose::Reset, code, now)?;
    check_status(status)?;
    // Only whoever has the code is told of former passwords, and can try another with it.
    pool.check_new_password(&username, password)?;
    pool.codes.spend(&username, Purpose::Reset);
    pool.set_password(&username, password)?;
    pool.set_status(&username, Status::Confirmed)?;
    Ok(json!({}))
}

/// The user may have got another status since the code was sent.
fn check_status(status: Status) -> Result<(), ApiError> {
    match status {
        Status::Confirmed | Status::ResetRequired => Ok(()),
        Status::Unconfirmed => Err(ApiError::new(
            "UserNotConfirmedException",
            "User is not confirmed.",
        )),
        Status::ForceChangePassword | Status::ExternalProvider => Err(not_authorized(
            "User password cannot be reset in the current state.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{
        code, has_password, legacy, perform, pool, refused, user, world, wrong_code,
    };
    use crate::pool::contact::Contact;
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
    fn only_the_code_tells_of_former_passwords() {
        let mut world = asked();
        pool(&mut world).kept.settings.password_policy.history_size = 1;
        let (right, wrong) = (code(&world), wrong_code(&world));
        for (code, kind) in [
            (&wrong, "CodeMismatchException"),
            (&right, "PasswordHistoryPolicyViolationException"),
        ] {
            let input = input(USER, code, "Sunflower-42!");
            assert_eq!(refused(&mut world, "ConfirmForgotPassword", input).kind, kind);
        }
        let input = input(USER, &right, "Sunflower-43!");
        perform(&mut world, "ConfirmForgotPassword", input).unwrap();
    }

    #[test]
    fn a_code_resets_nothing_once_the_user_has_another_status() {
        for (status, kind) in [
            (Status::ForceChangePassword, "NotAuthorizedException"),
            (Status::Unconfirmed, "UserNotConfirmedException"),
        ] {
            let mut world = asked();
            let username = user(&world, USER).username;
            pool(&mut world).set_status(&username, status).unwrap();
            let input = input(USER, &code(&world), "Sunflower-43!");
            assert_eq!(refused(&mut world, "ConfirmForgotPassword", input).kind, kind);
            assert!(has_password(&world, USER, "Sunflower-42!"));
        }
    }

    #[test]
    fn a_number_that_stands_for_the_name_gets_the_code_and_takes_it() {
        let mut world = world();
        let number = "+12025550199";
        let settings = &mut pool(&mut world).kept.settings;
        settings.username_attributes = vec![Contact::PhoneNumber];
        settings.auto_verified_attributes = vec![Contact::PhoneNumber];
        let sign_up = json!({"Username": number, "Password": "Sunflower-42!"});
        perform(&mut world, "SignUp", sign_up).unwrap();
        let confirm = json!({"Username": number, "ConfirmationCode": code(&world)});
        perform(&mut world, "ConfirmSignUp", confirm).unwrap();
        let sent = perform(&mut world, "ForgotPassword", json!({"Username": number})).unwrap();
        assert_eq!(sent["CodeDeliveryDetails"]["DeliveryMedium"], "SMS");
        let input = input(number, &code(&world), "Sunflower-43!");
        perform(&mut world, "ConfirmForgotPassword", input).unwrap();
        assert!(has_password(&world, number, "Sunflower-43!"));
    }

    #[test]
    fn a_disabled_user_looks_like_none_where_users_are_hidden() {
        let mut world = asked();
        let username = user(&world, USER).username;
        pool(&mut world).user_mut(&username).unwrap().enabled = false;
        let input = input(USER, &code(&world), "Sunflower-43!");
        assert_eq!(
            refused(&mut world, "ConfirmForgotPassword", input.clone()),
            code_mismatch()
        );
        legacy(&mut world);
        assert_eq!(
            refused(&mut world, "ConfirmForgotPassword", input),
            user_is_disabled()
        );
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
