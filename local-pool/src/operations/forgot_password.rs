//! ForgotPassword.

use serde_json::json;

use super::Operation;
use crate::client;
use crate::codes::Purpose;
use crate::protocol::{
    Outcome, Request, invalid_parameter, not_authorized, user_is_disabled, username_not_found,
};
use crate::store::Pool;
use crate::users::{self, Status};
use crate::validate::shape::{
    ANALYTICS_METADATA, CLIENT_ID, CLIENT_METADATA, SECRET_HASH, USER_CONTEXT_DATA, USERNAME,
};

pub(super) const OPERATION: Operation = Operation {
    name: "ForgotPassword",
    members: &[
        CLIENT_ID,
        SECRET_HASH,
        USER_CONTEXT_DATA,
        USERNAME,
        ANALYTICS_METADATA,
        CLIENT_METADATA,
    ],
    run,
};

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    client::check_id(request.text("ClientId"), request.text("SecretHash"))?;
    let username = request.text("Username");
    let details = |email: &str| json!({"CodeDeliveryDetails": users::delivery_details(email)});
    let hides_users = pool.client.hides_users();
    let user = match pool.find(username) {
        Some(user) if user.enabled && user.email_verified() => user,
        _ if hides_users => return Ok(details(username)),
        None => return Err(username_not_found()),
        Some(user) if !user.enabled => return Err(user_is_disabled()),
        Some(_) => {
            let message =
                "Cannot reset password for the user as there is no registered/verified email or phone_number";
            return Err(invalid_parameter(message));
        }
    };
    if user.status == Status::ForceChangePassword {
        return Err(not_authorized(
            "User password cannot be reset in the current state.",
        ));
    }
    let (sub, email) = (user.sub.clone(), user.email().to_owned());
    pool.send_code(&sub, &email, Purpose::Reset)?;
    Ok(details(&email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{legacy, perform, pool, refused};
    use crate::protocol::limit_exceeded;
    use serde_json::Value;

    fn input(username: &str) -> Value {
        json!({"Username": username})
    }

    #[test]
    fn a_user_gets_a_code_and_nobody_gets_the_same_answer() {
        let mut pool = pool();
        let known = perform(&mut pool, "ForgotPassword", input("user@example.com")).unwrap();
        assert_eq!(pool.mailbox.mails().count(), 1);
        let unknown = perform(&mut pool, "ForgotPassword", input("unknown@example.com")).unwrap();
        assert_eq!(known, unknown);
        assert_eq!(pool.mailbox.mails().count(), 1);
    }

    #[test]
    fn where_users_are_not_hidden_each_refusal_has_its_reason() {
        let mut pool = pool();
        perform(
            &mut pool,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        assert!(perform(&mut pool, "ForgotPassword", input("a@b.c")).is_ok());
        legacy(&mut pool);
        assert_eq!(
            refused(&mut pool, "ForgotPassword", input("nobody@example.com")),
            username_not_found()
        );
        assert_eq!(
            refused(&mut pool, "ForgotPassword", input("a@b.c")).kind,
            "InvalidParameterException"
        );
        let sub = pool.find("user@example.com").unwrap().sub.clone();
        pool.users.get_mut(&sub).unwrap().enabled = false;
        assert_eq!(
            refused(&mut pool, "ForgotPassword", input("user@example.com")),
            user_is_disabled()
        );
        assert_eq!(pool.mailbox.mails().count(), 1);
    }

    #[test]
    fn an_invited_user_has_nothing_to_reset() {
        let refusal = refused(&mut pool(), "ForgotPassword", input("new@example.com"));
        assert_eq!(
            refusal,
            not_authorized("User password cannot be reset in the current state.")
        );
    }

    #[test]
    fn asking_too_often_is_refused() {
        let mut pool = pool();
        for _ in 0..10 {
            perform(&mut pool, "ForgotPassword", input("user@example.com")).unwrap();
        }
        assert_eq!(
            refused(&mut pool, "ForgotPassword", input("user@example.com")),
            limit_exceeded()
        );
    }
}
