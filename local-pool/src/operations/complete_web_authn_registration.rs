//! CompleteWebAuthnRegistration.

use serde_json::{Value, json};

use super::start_web_authn_registration::check_room;
use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::sign_in::passkey::configuration;
use crate::tokens::Bearer;
use crate::webauthn::{Expectation, Passkey, Refusal, verify_registration};

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    check_room(pool.user(&bearer.username)?)?;
    let credential = request.value("Credential").unwrap_or(&Value::Null);
    let passkey = verified(pool, bearer, credential).map_err(Refusal::at_registration)?;
    pool.user_mut(&bearer.username)?.passkeys.push(passkey);
    Ok(json!({}))
}

fn verified(pool: &mut Pool, bearer: &Bearer, credential: &Value) -> Result<Passkey, Refusal> {
    // Of the two refusals that this may be, the service model gives this operation only the one.
    let relying_party = configuration(pool)
        .relying_party()
        .map_err(|_| Refusal::NotEnabled)?;
    let pending = pool.pending_passkeys.remove(&bearer.username);
    let pending = pending.ok_or(Refusal::ChallengeNotFound)?;
    let now = pool.now();
    let expectation = Expectation {
        challenge: pending.answered_by(&bearer.client_id, now)?,
        relying_party: &relying_party,
    };
    let known = pool.kept.users.values().flat_map(|user| &user.passkeys);
    verify_registration(credential, &expectation, known, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::{Authenticator, ORIGIN, register, web_authn};
    use crate::operations::testing::{perform, pool, refused, tokens, world};
    use crate::world::World;

    const OPERATION: &str = "CompleteWebAuthnRegistration";

    fn begun() -> (World, Value, Value) {
        let mut world = world();
        web_authn(&mut world);
        let token = tokens(&mut world, "user@example.com")["AccessToken"].clone();
        let options = start(&mut world, &token);
        (world, token, options)
    }

    fn start(world: &mut World, token: &Value) -> Value {
        let input = json!({"AccessToken": token});
        perform(world, "StartWebAuthnRegistration", input).unwrap()["CredentialCreationOptions"].clone()
    }

    #[test]
    fn a_passkey_is_registered_once() {
        let (mut world, token, options) = begun();
        let mut authenticator = Authenticator::es256();
        let credential = authenticator.create(&options, ORIGIN);
        let input = json!({"AccessToken": token, "Credential": credential});
        assert_eq!(perform(&mut world, OPERATION, input.clone()).unwrap(), json!({}));
        let user = pool(&mut world).find("user@example.com").unwrap();
        assert_eq!(user.passkeys[0].credential_id(), credential["id"]);
        let again = refused(&mut world, OPERATION, input);
        assert_eq!(again.kind, "WebAuthnChallengeNotFoundException");
        let options = start(&mut world, &token);
        assert_eq!(options["excludeCredentials"][0]["id"], credential["id"]);
        let credential = authenticator.create(&options, ORIGIN);
        let input = json!({"AccessToken": token, "Credential": credential});
        assert_eq!(
            refused(&mut world, OPERATION, input).kind,
            "InvalidParameterException"
        );
    }

    #[test]
    fn a_passkey_belongs_to_one_user_of_the_pool() {
        let (mut world, token, _) = begun();
        let mut authenticator = Authenticator::es256();
        register(&mut world, &token, &mut authenticator);
        let other = tokens(&mut world, "admin@example.com")["AccessToken"].clone();
        let options = start(&mut world, &other);
        let input = json!({
            "AccessToken": other,
            "Credential": authenticator.create(&options, ORIGIN),
        });
        assert_eq!(
            refused(&mut world, OPERATION, input).kind,
            "InvalidParameterException"
        );
    }

    #[test]
    fn answers_from_elsewhere_use_the_challenge_up() {
        for (origin, kind) in [
            ("https://evil.example", "WebAuthnOriginNotAllowedException"),
            (ORIGIN, "WebAuthnChallengeNotFoundException"),
        ] {
            let (mut world, token, mut options) = begun();
            if origin == ORIGIN {
                options["challenge"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
            }
            let credential = Authenticator::es256().create(&options, origin);
            let input = json!({"AccessToken": token, "Credential": credential});
            assert_eq!(refused(&mut world, OPERATION, input).kind, kind);
            let user = pool(&mut world).find("user@example.com").unwrap();
            assert!(user.passkeys.is_empty());
            assert!(pool(&mut world).pending_passkeys.is_empty());
        }
    }

    #[test]
    fn a_registration_ends_with_its_time() {
        let (mut world, token, options) = begun();
        let credential = Authenticator::es256().create(&options, ORIGIN);
        world.shared.clock.advance(180);
        let input = json!({"AccessToken": token, "Credential": credential});
        assert_eq!(
            refused(&mut world, OPERATION, input).kind,
            "WebAuthnChallengeNotFoundException"
        );
    }

    #[test]
    fn a_user_has_twenty_passkeys_at_most() {
        let (mut world, token, _) = begun();
        for _ in 0..20 {
            register(&mut world, &token, &mut Authenticator::es256());
        }
        let input = json!({"AccessToken": token});
        let refusal = refused(&mut world, "StartWebAuthnRegistration", input);
        assert_eq!(refusal.kind, "LimitExceededException");
        let input = json!({"AccessToken": token, "Credential": {}});
        let refusal = refused(&mut world, OPERATION, input);
        assert_eq!(refusal.kind, "LimitExceededException");
    }
}
