//! ForgotPassword.

use serde_json::json;

use super::simulated_delivery;
use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::{Contact, delivery_details};
use crate::pool::settings::Recovery;
use crate::pool::user::{Status, User};
use crate::protocol::{
    Outcome, Request, invalid_parameter, not_authorized, user_is_disabled, username_not_found,
};

pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let name = request.text("Username");
    let details = |contact, to: &str| Ok(json!({"CodeDeliveryDetails": delivery_details(contact, to)}));
    let user = pool.find(name);
    let way = user.and_then(|user| way_back(pool, user));
    let (user, (contact, to)) = match (user, way) {
        (Some(user), Some(way)) if user.enabled => (user, way),
        _ if client.hides_users() => {
            let contacts: Vec<Contact> = ways(pool).iter().filter_map(|way| contact(*way)).collect();
            return Ok(simulated_delivery::answer(name, &contacts));
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

/// Without a setting, an SMS comes before an e-mail (API reference, CreateUserPool, AccountRecoverySetting).
fn ways(pool: &Pool) -> &[Recovery] {
    const LEGACY: [Recovery; 2] = [Recovery::VerifiedPhoneNumber, Recovery::VerifiedEmail];
    match pool.settings().account_recovery.as_slice() {
        [] => &LEGACY,
        set => set,
    }
}

fn contact(way: Recovery) -> Option<Contact> {
    match way {
        Recovery::VerifiedEmail => Some(Contact::Email),
        Recovery::VerifiedPhoneNumber => Some(Contact::PhoneNumber),
        Recovery::AdminOnly => None,
    }
}

/// The first of the pool's ways to recover an account that the user has. Where they are set, a contact that is
/// the user's second factor is none.
pub(super) fn way_back(pool: &Pool, user: &User) -> Option<(Contact, String)> {
    let is_set = !pool.settings().account_recovery.is_empty();
    let is_second_factor = |contact| match contact {
        Contact::Email => user.mfa.email,
        Contact::PhoneNumber => user.mfa.sms,
    };
    ways(pool)
        .iter()
        .filter_map(|way| contact(*way))
        .filter(|contact| user.has_verified(*contact) && !(is_set && is_second_factor(*contact)))
        .find_map(|contact| Some((contact, user.contact(contact)?.to_owned())))
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

    /// The media that user@example.com with a verified number gets codes by.
    fn media(ways: &[Recovery], sms_is_factor: bool) -> Vec<String> {
        let mut world = world();
        pool(&mut world).kept.settings.account_recovery = ways.to_vec();
        let username = user(&world, "user@example.com").username;
        let user = pool(&mut world).user_mut(&username).unwrap();
        user.attributes
            .insert("phone_number".to_owned(), "+12025550199".to_owned());
        user.set_verified(Contact::PhoneNumber, true);
        user.mfa.sms = sms_is_factor;
        perform(&mut world, "ForgotPassword", input("user@example.com")).unwrap();
        let mailbox = world.shared.mailbox();
        mailbox.mails().map(|mail| mail.medium.to_owned()).collect()
    }

    #[test]
    fn the_pool_says_by_which_way_accounts_are_recovered() {
        use Recovery::{AdminOnly, VerifiedEmail, VerifiedPhoneNumber};
        assert_eq!(media(&[VerifiedPhoneNumber, VerifiedEmail], false), ["SMS"]);
        assert_eq!(media(&[VerifiedPhoneNumber, VerifiedEmail], true), ["EMAIL"]);
        assert_eq!(media(&[VerifiedEmail, VerifiedPhoneNumber], false), ["EMAIL"]);
        assert_eq!(media(&[], true), ["SMS"]);
        assert!(media(&[VerifiedPhoneNumber], true).is_empty());
        assert!(media(&[AdminOnly], false).is_empty());
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
