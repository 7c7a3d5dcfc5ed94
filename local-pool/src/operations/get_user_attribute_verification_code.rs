//! GetUserAttributeVerificationCode.

use serde_json::json;

use crate::codes::Purpose;
use crate::pool::Pool;
use crate::pool::contact::{Contact, delivery_details};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::tokens::Bearer;

/// An address that waits to replace another gets the code, rather than the one that is replaced.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let contact = verifiable(request.text("AttributeName"))?;
    let user = pool.user(&bearer.username)?;
    let waiting = user.unverified_changes.get(&contact).map(String::as_str);
    let to = waiting.or_else(|| user.contact(contact)).map(str::to_owned);
    let to = to.ok_or_else(|| invalid_parameter(format!("User has no {}", contact.attribute())))?;
    pool.send_code(&bearer.username, contact, &to, Purpose::Verify(contact))?;
    Ok(json!({"CodeDeliveryDetails": delivery_details(contact, &to)}))
}

/// The contact of an attribute that can be verified.
///
/// # Errors
/// `InvalidParameterException` for any other attribute.
pub(super) fn verifiable(attribute: &str) -> Result<Contact, ApiError> {
    Contact::of_attribute(attribute).ok_or_else(|| {
        invalid_parameter("Invalid attribute name. Only phone_number and email can be verified")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, tokens, world};
    use crate::protocol::limit_exceeded;

    const USER: &str = "user@example.com";

    #[test]
    fn the_address_gets_a_code_or_the_one_that_is_to_replace_it() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        let input = json!({"AccessToken": access, "AttributeName": "email"});
        let answer = perform(&mut world, "GetUserAttributeVerificationCode", input.clone()).unwrap();
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "u***@e***");
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        let user = pool(&mut world).user_mut(&username).unwrap();
        user.unverified_changes
            .insert(Contact::Email, "new@b.c".to_owned());
        perform(&mut world, "GetUserAttributeVerificationCode", input).unwrap();
        assert_eq!(world.shared.mailbox().mails().next().unwrap().to, "new@b.c");
    }

    #[test]
    fn there_has_to_be_an_address_and_a_limit() {
        let mut world = world();
        let access = tokens(&mut world, USER)["AccessToken"].clone();
        for name in ["name", "phone_number"] {
            let input = json!({"AccessToken": access, "AttributeName": name});
            let refusal = refused(&mut world, "GetUserAttributeVerificationCode", input);
            assert_eq!(refusal.kind, "InvalidParameterException");
        }
        let input = json!({"AccessToken": access, "AttributeName": "email"});
        for _ in 0..10 {
            perform(&mut world, "GetUserAttributeVerificationCode", input.clone()).unwrap();
        }
        assert_eq!(
            refused(&mut world, "GetUserAttributeVerificationCode", input),
            limit_exceeded()
        );
    }
}
