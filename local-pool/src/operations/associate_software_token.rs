//! AssociateSoftwareToken: the secret of an authenticator app, for a signed-in user or on the way in.

use serde_json::json;

use super::{bearer_of, pool_of_session};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::sign_in::mfa_setup;
use crate::totp;
use crate::world::World;

pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    if let Some(session) = session(request)? {
        return mfa_setup::associate(pool_of_session(world, session)?, session);
    }
    let (pool, bearer) = bearer_of(world, request)?;
    mfa_setup::check_apps_allowed(pool)?;
    let username = pool.user(&bearer.username)?.username.clone();
    let secret = pool.shared.random.bytes(totp::SECRET_BYTES);
    let code = totp::base32(&secret);
    // An app that is in use stays so until the new one has shown a code.
    pool.pending_apps.insert(username, secret);
    Ok(json!({"SecretCode": code}))
}

/// The request's Session, or none where it has an AccessToken in its place.
///
/// # Errors
/// `InvalidParameterException` for both or neither.
pub(super) fn session(request: &Request) -> Result<Option<&str>, ApiError> {
    match (request.given("AccessToken"), request.given("Session")) {
        (Some(_), Some(_)) => Err(invalid_parameter(
            "Only one of AccessToken and Session can be provided.",
        )),
        (None, None) => Err(invalid_parameter(
            "Either AccessToken or Session has to be provided.",
        )),
        (_, session) => Ok(session),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::totp_pool;
    use crate::operations::testing::{perform, refused, tokens, world};

    #[test]
    fn either_an_access_token_or_a_session_is_shown() {
        let (mut world, token) = totp_pool();
        let session = "s".repeat(40);
        for input in [json!({}), json!({"AccessToken": token, "Session": session})] {
            let refusal = refused(&mut world, "AssociateSoftwareToken", input);
            assert_eq!(refusal.kind, "InvalidParameterException");
        }
        let made_up = refused(&mut world, "AssociateSoftwareToken", json!({"Session": session}));
        assert_eq!(made_up.kind, "NotAuthorizedException");
    }

    #[test]
    fn a_bearer_gets_a_secret_of_its_own_each_time() {
        let (mut world, token) = totp_pool();
        let input = json!({"AccessToken": token});
        let answers = [(); 2].map(|()| perform(&mut world, "AssociateSoftwareToken", input.clone()).unwrap());
        assert_eq!(answers[0]["SecretCode"].as_str().unwrap().len(), 52);
        assert!(answers[0].get("Session").is_none());
        assert_ne!(answers[0]["SecretCode"], answers[1]["SecretCode"]);
    }

    #[test]
    fn a_pool_without_apps_gives_no_secret() {
        let mut world = world();
        let token = tokens(&mut world, "user@example.com");
        let input = json!({"AccessToken": token["AccessToken"]});
        let refusal = refused(&mut world, "AssociateSoftwareToken", input);
        assert_eq!(refusal.kind, "SoftwareTokenMFANotFoundException");
        assert_eq!(
            refusal.message,
            "Software Token MFA has not been enabled by the userPool"
        );
    }
}
