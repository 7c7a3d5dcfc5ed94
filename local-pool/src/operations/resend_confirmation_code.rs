//! ResendConfirmationCode.

use serde_json::json;

use super::Operation;
use crate::client;
use crate::codes::Purpose;
use crate::protocol::{Outcome, Request, invalid_parameter, user_is_disabled, username_not_found};
use crate::store::Pool;
use crate::users::{self, Status};
use crate::validate::shape::{
    ANALYTICS_METADATA, CLIENT_ID, CLIENT_METADATA, SECRET_HASH, USER_CONTEXT_DATA, USERNAME,
};

pub(super) const OPERATION: Operation = Operation {
    name: "ResendConfirmationCode",
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
        Some(user) if user.enabled => user,
        _ if hides_users => return Ok(details(username)),
        Some(_) => return Err(user_is_disabled()),
        None => return Err(username_not_found()),
    };
    if user.status != Status::Unconfirmed {
        return Err(invalid_parameter("User is already confirmed."));
    }
    let (sub, email) = (user.sub.clone(), user.email().to_owned());
    pool.send_code(&sub, &email, Purpose::SignUp)?;
    Ok(details(&email))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{code, legacy, perform, pool, refused};
    use serde_json::Value;

    fn input(username: &str) -> Value {
        json!({"Username": username})
    }

    #[test]
    fn a_resent_code_replaces_the_old_one() {
        let mut pool = pool();
        perform(
            &mut pool,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        let first = code(&pool);
        let answer = perform(&mut pool, "ResendConfirmationCode", input("a@b.c")).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "a***@b***");
        let second = code(&pool);
        assert_eq!(pool.mailbox.mails().count(), 2);
        let confirm = |code: &str| json!({"Username": "a@b.c", "ConfirmationCode": code});
        if first != second {
            assert_eq!(
                refused(&mut pool, "ConfirmSignUp", confirm(&first)).kind,
                "CodeMismatchException"
            );
        }
        assert!(perform(&mut pool, "ConfirmSignUp", confirm(&second)).is_ok());
    }

    #[test]
    fn nobody_gets_no_mail_and_is_not_told() {
        let mut pool = pool();
        let answer = perform(&mut pool, "ResendConfirmationCode", input("nobody@example.com")).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "n***@e***");
        assert_eq!(pool.mailbox.mails().count(), 0);
        legacy(&mut pool);
        let refusal = refused(&mut pool, "ResendConfirmationCode", input("nobody@example.com"));
        assert_eq!(refusal, username_not_found());
    }

    #[test]
    fn a_confirmed_user_needs_no_code() {
        let refusal = refused(&mut pool(), "ResendConfirmationCode", input("user@example.com"));
        assert_eq!(refusal, invalid_parameter("User is already confirmed."));
    }
}
