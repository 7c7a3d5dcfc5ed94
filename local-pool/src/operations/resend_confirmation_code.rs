//! ResendConfirmationCode.

use serde_json::json;

use super::sign_up::code_goes_to;
use super::simulated_delivery;
use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::delivery_details;
use crate::pool::user::Status;
use crate::protocol::{Outcome, Request, invalid_parameter, user_is_disabled, username_not_found};

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let name = request.text("Username");
    let user = match pool.find(name) {
        Some(user) if user.enabled => user,
        _ if client.hides_users() => {
            let contacts = &pool.settings().auto_verified_attributes;
            return Ok(simulated_delivery::answer(name, contacts));
        }
        Some(_) => return Err(user_is_disabled()),
        None => return Err(username_not_found()),
    };
    if user.status != Status::Unconfirmed {
        return Err(invalid_parameter("User is already confirmed."));
    }
    let username = user.username.clone();
    let Some((contact, to)) = code_goes_to(pool, &username) else {
        return Err(invalid_parameter(
            "Cannot resend codes. Auto verification not turned on.",
        ));
    };
    pool.send_code(&username, contact, &to, Purpose::SignUp)?;
    pool.user_mut(&username)?.sign_up_contact = Some(contact);
    Ok(json!({"CodeDeliveryDetails": delivery_details(contact, &to)}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{code, legacy, perform, pool, refused, world};
    use serde_json::Value;

    fn input(username: &str) -> Value {
        json!({"Username": username})
    }

    #[test]
    fn a_resent_code_replaces_the_old_one() {
        let mut world = world();
        perform(
            &mut world,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        let first = code(&world);
        let answer = perform(&mut world, "ResendConfirmationCode", input("a@b.c")).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "a***@b***");
        let second = code(&world);
        assert_eq!(world.shared.mailbox().mails().count(), 2);
        let confirm = |code: &str| json!({"Username": "a@b.c", "ConfirmationCode": code});
        if first != second {
            assert_eq!(
                refused(&mut world, "ConfirmSignUp", confirm(&first)).kind,
                "CodeMismatchException"
            );
        }
        assert!(perform(&mut world, "ConfirmSignUp", confirm(&second)).is_ok());
    }

    #[test]
    fn a_pool_that_verifies_nothing_has_nothing_to_send() {
        let mut world = world();
        pool(&mut world).kept.settings.auto_verified_attributes.clear();
        let sign_up = json!({"Username": "a@b.c", "Password": "Sunflower-42!"});
        let answer = perform(&mut world, "SignUp", sign_up).unwrap();
        assert!(answer.get("CodeDeliveryDetails").is_none());
        let refusal = refused(&mut world, "ResendConfirmationCode", input("a@b.c"));
        assert_eq!(refusal.kind, "InvalidParameterException");
        assert_eq!(world.shared.mailbox().mails().count(), 0);
    }

    #[test]
    fn nobody_gets_no_mail_and_is_not_told() {
        let mut world = world();
        let answer = perform(&mut world, "ResendConfirmationCode", input("nobody@example.com")).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "n***@e***");
        assert_eq!(world.shared.mailbox().mails().count(), 0);
        legacy(&mut world);
        let refusal = refused(&mut world, "ResendConfirmationCode", input("nobody@example.com"));
        assert_eq!(refusal, username_not_found());
    }

    #[test]
    fn a_confirmed_user_needs_no_code() {
        let refusal = refused(&mut world(), "ResendConfirmationCode", input("user@example.com"));
        assert_eq!(refusal, invalid_parameter("User is already confirmed."));
    }
}
