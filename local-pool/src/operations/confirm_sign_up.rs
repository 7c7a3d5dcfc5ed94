//! ConfirmSignUp.

use serde_json::json;

use super::Operation;
use crate::client;
use crate::codes::Purpose;
use crate::protocol::{Outcome, Request, expired_code, not_authorized, user_is_disabled, username_not_found};
use crate::store::Pool;
use crate::users::Status;
use crate::validate::shape::{
    ANALYTICS_METADATA, CLIENT_ID, CLIENT_METADATA, CONFIRMATION_CODE, FORCE_ALIAS_CREATION, SECRET_HASH,
    SESSION, USER_CONTEXT_DATA, USERNAME,
};

pub(super) const OPERATION: Operation = Operation {
    name: "ConfirmSignUp",
    members: &[
        CLIENT_ID,
        SECRET_HASH,
        USERNAME,
        CONFIRMATION_CODE,
        FORCE_ALIAS_CREATION,
        ANALYTICS_METADATA,
        USER_CONTEXT_DATA,
        CLIENT_METADATA,
        SESSION,
    ],
    run,
};

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    client::check_id(request.text("ClientId"), request.text("SecretHash"))?;
    let Some(user) = pool.find(request.text("Username")) else {
        return Err(if pool.client.hides_users() {
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
    let (sub, now) = (user.sub.clone(), pool.clock.now());
    pool.codes
        .redeem(&sub, Purpose::SignUp, request.text("ConfirmationCode"), now)?;
    if let Some(user) = pool.users.get_mut(&sub) {
        user.set_status(Status::Confirmed, now);
        user.set_email_verified(true);
    }
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{code, legacy, perform, pool, refused, wrong_code};
    use crate::protocol::code_mismatch;

    fn signed_up() -> Pool {
        let mut pool = pool();
        perform(
            &mut pool,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        pool
    }

    fn input(code: &str) -> serde_json::Value {
        json!({"Username": "A@B.c", "ConfirmationCode": code})
    }

    #[test]
    fn the_right_code_confirms_user_and_address() {
        let mut pool = signed_up();
        let wrong = wrong_code(&pool);
        assert_eq!(refused(&mut pool, "ConfirmSignUp", input(wrong)), code_mismatch());
        let code = code(&pool);
        assert_eq!(
            perform(&mut pool, "ConfirmSignUp", input(&code)).unwrap(),
            json!({})
        );
        let user = pool.find("a@b.c").unwrap();
        assert!(user.status == Status::Confirmed && user.email_verified());
        let again = refused(&mut pool, "ConfirmSignUp", input(&code));
        assert_eq!(
            again,
            not_authorized("User cannot be confirmed. Current status is CONFIRMED")
        );
    }

    #[test]
    fn a_code_lasts_a_day() {
        let mut pool = signed_up();
        let code = code(&pool);
        pool.clock.advance(86_400);
        assert_eq!(refused(&mut pool, "ConfirmSignUp", input(&code)), expired_code());
    }

    #[test]
    fn an_unknown_user_looks_like_one_without_a_code() {
        let mut pool = pool();
        assert_eq!(
            refused(&mut pool, "ConfirmSignUp", input("123456")),
            expired_code()
        );
        legacy(&mut pool);
        assert_eq!(
            refused(&mut pool, "ConfirmSignUp", input("123456")),
            username_not_found()
        );
    }
}
