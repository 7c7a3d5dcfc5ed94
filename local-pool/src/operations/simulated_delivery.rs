//! Codes for users who are not there, where the client hides who exists.

use serde_json::{Value, json};

use crate::pool::contact::{Contact, delivery_details, is_email, is_phone_number};
use crate::sign_in::subject::seeming_contact;

/// CodeDeliveryDetails of a code that nobody sent: by the format of the name, or else by the first of
/// `contacts`, to which the pool would send (developer guide, "Managing user existence error responses").
pub(super) fn answer(name: &str, contacts: &[Contact]) -> Value {
    let contact = if is_phone_number(name) {
        Contact::PhoneNumber
    } else if is_email(name) {
        Contact::Email
    } else {
        contacts.first().copied().unwrap_or(Contact::Email)
    };
    json!({"CodeDeliveryDetails": delivery_details(contact, &seeming_contact(contact, name))})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_medium_follows_name_and_pool() {
        let medium = |name: &str, contacts: &[Contact]| {
            answer(name, contacts)["CodeDeliveryDetails"]["DeliveryMedium"].clone()
        };
        assert_eq!(medium("+12025550199", &[Contact::Email]), "SMS");
        assert_eq!(medium("a@b.c", &[Contact::PhoneNumber]), "EMAIL");
        assert_eq!(medium("ada", &[Contact::PhoneNumber, Contact::Email]), "SMS");
        assert_eq!(medium("ada", &[]), "EMAIL");
    }
}
