//! ChangePassword.

use serde_json::json;

use crate::pool::Pool;
use crate::pool::user::Status;
use crate::protocol::{ApiError, Outcome, Request, incorrect_credentials, invalid_parameter, limit_exceeded};
use crate::tokens::Bearer;

/// Other sessions of the user stay signed in: only GlobalSignOut and revocation end them.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let username = &bearer.username;
    check_previous(pool, username, request.given("PreviousPassword"))?;
    let proposed = request.text("ProposedPassword");
    pool.check_new_password(username, proposed)?;
    pool.set_password(username, proposed)?;
    Ok(json!({}))
}

/// A password may be set without one before where the user has none.
fn check_previous(pool: &mut Pool, username: &str, previous: Option<&str>) -> Result<(), ApiError> {
    let user = pool.user(username)?;
    match user.status {
        Status::ResetRequired => {
            let message = "Password reset required for the user";
            return Err(ApiError::new("PasswordResetRequiredException", message));
        }
        // Their password is their provider's.
        Status::ExternalProvider => return Err(incorrect_credentials()),
        Status::Confirmed | Status::Unconfirmed | Status::ForceChangePassword => {}
    }
    let has_password = user.password.is_some();
    match previous {
        None if has_password => Err(invalid_parameter("Missing required parameter PreviousPassword")),
        None => Ok(()),
        Some(previous) => {
            pool.check_lockout(username).map_err(|_| limit_exceeded())?;
            if pool.has_password(username, previous) {
                Ok(())
            } else {
                pool.note_failure(username);
                Err(incorrect_credentials())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, tokens, world};
    use serde_json::Value;

    const USER: &str = "user@example.com";

    fn input(tokens: &Value, previous: &str, proposed: &str) -> Value {
        json!({
            "AccessToken": tokens["AccessToken"],
            "PreviousPassword": previous,
            "ProposedPassword": proposed,
        })
    }

    #[test]
    fn the_password_changes_and_other_sessions_stay() {
        let mut world = world();
        let other = tokens(&mut world, USER);
        let own = tokens(&mut world, USER);
        let weak = refused(
            &mut world,
            "ChangePassword",
            input(&own, "Sunflower-42!", "short"),
        );
        assert_eq!(weak.kind, "InvalidPasswordException");
        perform(
            &mut world,
            "ChangePassword",
            input(&own, "Sunflower-42!", "Sunflower-43!"),
        )
        .unwrap();
        let pool = pool(&mut world);
        let username = pool.find(USER).unwrap().username.clone();
        assert!(pool.has_password(&username, "Sunflower-43!"));
        assert!(!pool.has_password(&username, "Sunflower-42!"));
        for session in [own, other] {
            perform(
                &mut world,
                "GetUser",
                json!({"AccessToken": session["AccessToken"]}),
            )
            .unwrap();
        }
    }

    #[test]
    fn wrong_passwords_lock_out_as_at_sign_in() {
        let mut world = world();
        let own = tokens(&mut world, USER);
        for _ in 0..5 {
            let refusal = refused(
                &mut world,
                "ChangePassword",
                input(&own, "wrong", "Sunflower-43!"),
            );
            assert_eq!(refusal, incorrect_credentials());
        }
        let right = input(&own, "Sunflower-42!", "Sunflower-43!");
        assert_eq!(
            refused(&mut world, "ChangePassword", right.clone()),
            limit_exceeded()
        );
        let pool = pool(&mut world);
        let username = pool.find(USER).unwrap().username.clone();
        assert!(pool.check_lockout(&username).is_err());
        world.shared.clock.advance(60);
        assert!(perform(&mut world, "ChangePassword", right).is_ok());
    }

    #[test]
    fn former_passwords_are_refused_where_the_pool_remembers_them() {
        let mut world = world();
        let own = tokens(&mut world, USER);
        pool(&mut world).kept.settings.password_policy.history_size = 2;
        let back = input(&own, "Sunflower-42!", "Sunflower-42!");
        let refusal = refused(&mut world, "ChangePassword", back);
        assert_eq!(refusal.kind, "PasswordHistoryPolicyViolationException");
    }

    #[test]
    fn only_who_has_no_password_may_leave_the_previous_one_out() {
        let mut world = world();
        let own = tokens(&mut world, USER);
        let without = json!({"AccessToken": own["AccessToken"], "ProposedPassword": "Sunflower-43!"});
        let refusal = refused(&mut world, "ChangePassword", without.clone());
        assert_eq!(refusal.kind, "InvalidParameterException");
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        pool(&mut world).user_mut(&username).unwrap().password = None;
        let made_up = input(&own, "Sunflower-42!", "Sunflower-43!");
        assert_eq!(
            refused(&mut world, "ChangePassword", made_up),
            incorrect_credentials()
        );
        perform(&mut world, "ChangePassword", without).unwrap();
        assert!(pool(&mut world).has_password(&username, "Sunflower-43!"));
    }

    #[test]
    fn neither_a_reset_nor_a_provider_is_gone_round() {
        let mut world = world();
        let own = tokens(&mut world, USER);
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        for (status, kind) in [
            (Status::ResetRequired, "PasswordResetRequiredException"),
            (Status::ExternalProvider, "NotAuthorizedException"),
        ] {
            pool(&mut world).set_status(&username, status).unwrap();
            let attempt = input(&own, "Sunflower-42!", "Sunflower-43!");
            assert_eq!(refused(&mut world, "ChangePassword", attempt).kind, kind);
        }
    }
}
