//! VerifySoftwareToken: a code of the app that AssociateSoftwareToken gave a secret.

use serde_json::json;

use super::associate_software_token::session;
use super::{bearer_of, pool_of_session};
use crate::protocol::{ApiError, Outcome, Request};
use crate::sign_in::mfa_setup;
use crate::totp;
use crate::world::World;

pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    let code = request.text("UserCode");
    let friendly_name = request.given("FriendlyDeviceName");
    if let Some(session) = session(request)? {
        return mfa_setup::verify(pool_of_session(world, session)?, session, code, friendly_name);
    }
    let (pool, bearer) = bearer_of(world, request)?;
    mfa_setup::check_apps_allowed(pool)?;
    let secret = pool.pending_apps.get(&bearer.username).ok_or_else(|| {
        ApiError::new(
            "SoftwareTokenMFANotFoundException",
            "Software Token MFA does not exist for the user.",
        )
    })?;
    // Wrong codes count for nothing here: whoever asks has the secret.
    let step = totp::matching_step(secret, code, pool.now()).ok_or_else(totp::setup_mismatch)?;
    let secret = pool.pending_apps.remove(&bearer.username).unwrap_or_default();
    let app = mfa_setup::app(secret, step, friendly_name);
    pool.user_mut(&bearer.username)?.mfa.authenticator = Some(app);
    Ok(json!({"Status": "SUCCESS"}))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::operations::testing::factors::{associate, totp_code, totp_pool};
    use crate::operations::testing::{perform, pool, refused};

    fn input(token: &Value, code: &str) -> Value {
        json!({"AccessToken": token, "UserCode": code, "FriendlyDeviceName": "phone"})
    }

    #[test]
    fn a_right_code_makes_the_app_the_users_but_does_not_ask_for_it_yet() {
        let (mut world, token) = totp_pool();
        let secret = associate(&mut world, &token);
        let code = totp_code(&mut world, &secret);
        let answer = perform(&mut world, "VerifySoftwareToken", input(&token, &code)).unwrap();
        assert_eq!(answer, json!({"Status": "SUCCESS"}));
        let user = pool(&mut world).find("user@example.com").unwrap().clone();
        let app = user.mfa.authenticator.unwrap();
        assert!(app.verified && app.last_step.is_some());
        assert_eq!(app.friendly_name.as_deref(), Some("phone"));
        assert!(!user.mfa.software_token);
    }

    #[test]
    fn a_wrong_code_leaves_the_secret_for_another_try() {
        let (mut world, token) = totp_pool();
        let before = refused(&mut world, "VerifySoftwareToken", input(&token, "000000"));
        assert_eq!(before.kind, "SoftwareTokenMFANotFoundException");
        let secret = associate(&mut world, &token);
        let code = totp_code(&mut world, &secret);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..7 {
            let refusal = refused(&mut world, "VerifySoftwareToken", input(&token, wrong));
            assert_eq!(refusal.kind, "EnableSoftwareTokenMFAException");
            assert_eq!(
                refusal.message,
                "Code mismatch and fail enable Software Token MFA"
            );
        }
        perform(&mut world, "VerifySoftwareToken", input(&token, &code)).unwrap();
    }

    #[test]
    fn a_new_secret_takes_the_place_of_the_one_before_but_an_app_in_use_stays() {
        let (mut world, token) = totp_pool();
        let [first, second] = [(); 2].map(|()| associate(&mut world, &token));
        let stale = totp_code(&mut world, &first);
        let refusal = refused(&mut world, "VerifySoftwareToken", input(&token, &stale));
        assert_eq!(refusal.kind, "EnableSoftwareTokenMFAException");
        let code = totp_code(&mut world, &second);
        perform(&mut world, "VerifySoftwareToken", input(&token, &code)).unwrap();
        let app = |world: &mut _| {
            let user = pool(world).find("user@example.com").unwrap();
            user.mfa.authenticator.as_ref().unwrap().secret.clone()
        };
        let in_use = app(&mut world);
        let third = associate(&mut world, &token);
        assert_eq!(app(&mut world), in_use);
        let code = totp_code(&mut world, &third);
        perform(&mut world, "VerifySoftwareToken", input(&token, &code)).unwrap();
        assert_ne!(app(&mut world), in_use);
        assert_eq!(totp::base32(&app(&mut world)), third);
    }
}
