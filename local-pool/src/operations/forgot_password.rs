//! ForgotPassword.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::settings::Recovery;
use crate::pool::user::{Contact, Status, User, delivery_details};
use crate::protocol::{
    Outcome, Request, invalid_parameter, not_authorized, user_is_disabled, username_not_found,
};
use crate::sign_in::subject::seeming_contact;

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let name = request.text("Username");
    let details = |contact, to: &str| Ok(json!({"CodeDeliveryDetails": delivery_details(contact, to)}));
    let user = pool.find(name);
    let way = user.and_then(|user| way_back(pool, user));
    let (user, (contact, to)) = match (user, way) {
        (Some(user), Some(way)) if user.enabled => (user, way),
        _ if client.hides_users() => {
            let contact = if name.starts_with('+') {
                Contact::PhoneNumber
            } else {
                Contact::Email
            };
            return details(contact, &seeming_contact(contact, name));
        }
        (None, _) => return Err(username_not_found()),
        (Some(user), _) if !user.enabled => return Err(user_is_disabled()),
        (Some(_), _) => {
            let message =
                "Cannot reset password for the user as there is no registered/verified email or phone_number";
            return Err(invalid_parameter(message));
        }
    };
    if matches!(
        user.status,
        Status::ForceChangePassword | Status::ExternalProvider
    ) {
        return Err(not_authorized(
            "User password cannot be reset in the current state.",
        ));
    }
    let username = user.username.clone();
    pool.send_code(&username, contact, &to, Purpose::Reset)?;
    details(contact, &to)
}

/// The first of the pool's ways to recover an account that the user has. A contact that is the user's second
/// factor is none (API reference, AccountRecoverySettingType).
pub(super) fn way_back(pool: &Pool, user: &User) -> Option<(Contact, String)> {
    pool.settings().account_recovery.iter().find_map(|way| {
        let (contact, is_second_factor) = match way {
            Recovery::VerifiedEmail => (Contact::Email, user.mfa.email),
            Recovery::VerifiedPhoneNumber => (Contact::PhoneNumber, user.mfa.sms),
            Recovery::AdminOnly => return None,
        };
        let value = user
            .contact(contact)
            .filter(|_| user.has_verified(contact) && !is_second_factor)?;
        Some((contact, value.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{legacy, perform, pool, refused, user, world};
    use crate::protocol::limit_exceeded;
    use serde_json::Value;

    fn input(username: &str) -> Value {
        json!({"Username": username})
    }

    #[test]
    fn a_user_gets_a_code_and_nobody_gets_the_same_answer() {
        let mut world = world();
        let known = perform(&mut world, "ForgotPassword", input("user@example.com")).unwrap();
        assert_eq!(world.shared.mailbox().mails().count(), 1);
        let unknown = perform(&mut world, "ForgotPassword", input("unknown@example.com")).unwrap();
        assert_eq!(known, unknown);
        assert_eq!(world.shared.mailbox().mails().count(), 1);
    }

    #[test]
    fn where_users_are_not_hidden_each_refusal_has_its_reason() {
        let mut world = world();
        perform(
            &mut world,
            "SignUp",
            json!({"Username": "a@b.c", "Password": "Sunflower-42!"}),
        )
        .unwrap();
        assert!(perform(&mut world, "ForgotPassword", input("a@b.c")).is_ok());
        legacy(&mut world);
        assert_eq!(
            refused(&mut world, "ForgotPassword", input("nobody@example.com")),
            username_not_found()
        );
        assert_eq!(
            refused(&mut world, "ForgotPassword", input("a@b.c")).kind,
            "InvalidParameterException"
        );
        let username = user(&world, "user@example.com").username;
        pool(&mut world).user_mut(&username).unwrap().enabled = false;
        assert_eq!(
            refused(&mut world, "ForgotPassword", input("user@example.com")),
            user_is_disabled()
        );
        assert_eq!(world.shared.mailbox().mails().count(), 1);
    }

    #[test]
    fn an_invited_user_has_nothing_to_reset() {
        let refusal = refused(&mut world(), "ForgotPassword", input("new@example.com"));
        assert_eq!(
            refusal,
            not_authorized("User password cannot be reset in the current state.")
        );
    }

    #[test]
    fn asking_too_often_is_refused() {
        let mut world = world();
        for _ in 0..10 {
            perform(&mut world, "ForgotPassword", input("user@example.com")).unwrap();
        }
        assert_eq!(
            refused(&mut world, "ForgotPassword", input("user@example.com")),
            limit_exceeded()
        );
    }
}
