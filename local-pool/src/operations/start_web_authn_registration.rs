//! StartWebAuthnRegistration.

use serde_json::json;

use crate::pool::Pool;
use crate::pool::contact::Contact;
use crate::pool::user::User;
use crate::protocol::{ApiError, Outcome, Request};
use crate::sign_in::passkey::configuration;
use crate::tokens::Bearer;
use crate::webauthn::{CreationOptions, PendingRegistration};

/// The passkeys that a user can have (developer guide, "Quotas in Amazon Cognito").
const MOST: usize = 20;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, _: &Request) -> Outcome {
    let user = pool.user(&bearer.username)?;
    let party = configuration(pool)
        .relying_party()
        .map_err(|refusal| refusal.at_registration())?;
    check_room(user)?;
    let pending = PendingRegistration::new(&pool.shared.random, &bearer.client_id, pool.now());
    let options = CreationOptions {
        challenge: pending.challenge(),
        relying_party: &party,
        user_handle: user.sub.as_bytes(),
        user_name: name_for_people(pool, user),
        passkeys: &user.passkeys,
    };
    let options = options.to_json();
    pool.pending_passkeys.insert(bearer.username.clone(), pending);
    Ok(json!({"CredentialCreationOptions": options}))
}

/// Passes a user who may have another passkey.
///
/// # Errors
/// `LimitExceededException`.
pub(super) fn check_room(user: &User) -> Result<(), ApiError> {
    if user.passkeys.len() < MOST {
        Ok(())
    } else {
        Err(ApiError::new(
            "LimitExceededException",
            "The user has the maximum number of passkeys.",
        ))
    }
}

/// What the authenticator shows: the address where the user name is a UUID.
fn name_for_people<'a>(pool: &Pool, user: &'a User) -> &'a str {
    let addresses = &pool.settings().username_attributes;
    let contacts = [Contact::Email, Contact::PhoneNumber];
    contacts
        .into_iter()
        .filter(|contact| addresses.contains(contact))
        .find_map(|contact| user.contact(contact))
        .unwrap_or(&user.username)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::web_authn;
    use crate::operations::testing::{perform, pool, refused, tokens, world};
    use crate::pool::settings::AuthFactor;

    #[test]
    fn options_name_the_user_and_the_relying_party() {
        let mut world = world();
        web_authn(&mut world);
        let token = &tokens(&mut world, "user@example.com")["AccessToken"];
        let input = json!({"AccessToken": token});
        let [first, second] =
            [(); 2].map(|()| perform(&mut world, "StartWebAuthnRegistration", input.clone()).unwrap());
        let options = &first["CredentialCreationOptions"];
        assert_eq!(options["rp"]["id"], "localhost");
        assert_eq!(options["user"]["name"], "user@example.com");
        assert_eq!(options["excludeCredentials"], json!([]));
        assert_ne!(
            options["challenge"],
            second["CredentialCreationOptions"]["challenge"]
        );
    }

    #[test]
    fn pools_without_passkeys_give_none() {
        let mut world = world();
        let token = &tokens(&mut world, "user@example.com")["AccessToken"];
        let input = json!({"AccessToken": token});
        let refusal = refused(&mut world, "StartWebAuthnRegistration", input.clone());
        assert_eq!(refusal.kind, "WebAuthnNotEnabledException");
        let factors = &mut pool(&mut world).kept.settings.allowed_first_auth_factors;
        factors.push(AuthFactor::WebAuthn);
        let refusal = refused(&mut world, "StartWebAuthnRegistration", input);
        assert_eq!(refusal.kind, "WebAuthnConfigurationMissingException");
    }
}
