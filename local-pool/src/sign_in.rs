//! What InitiateAuth and RespondToAuthChallenge share: who signs in, the SRP exchange between the two
//! calls, and what follows a proven password.

use serde_json::{Value, json};

use num_bigint::BigUint;

use crate::protocol::{
    ApiError, Outcome, incorrect_credentials, not_authorized, user_does_not_exist, user_is_disabled,
};
use crate::srp::Exchange;
use crate::store::Pool;
use crate::users::{Status, User};
use crate::{random, seed, srp, tokens};

/// How long a challenge can be answered: AuthSessionValidity's default of three minutes.
pub(crate) const SESSION_SECONDS: i64 = 180;

/// An SRP exchange that waits for its proof.
pub(crate) struct Attempt {
    pub(crate) exchange: Exchange,
    pub(crate) user_id: String,
    /// The name that was signed in with, in lower case.
    pub(crate) alias: String,
    pub(crate) expires_at: i64,
}

/// A NEW_PASSWORD_REQUIRED challenge that waits for its answer.
pub(crate) struct NewPasswordSession {
    pub(crate) sub: String,
    pub(crate) expires_at: i64,
    pub(crate) used: bool,
}

/// Whose password is to be proven.
pub(crate) struct Subject {
    pub(crate) user_id: String,
    pub(crate) salt: String,
    pub(crate) verifier: BigUint,
}

/// The user of that name, or, where the client hides who exists, a simulated one: always the same for the
/// same name, with a password that nobody has (RFC 5054, section 2.5.1.3).
///
/// # Errors
/// `UserNotFoundException` for an unknown user where the client does not hide it.
pub(crate) fn subject(pool: &Pool, username: &str) -> Result<Subject, ApiError> {
    if let Some(user) = pool.find(username) {
        return Ok(Subject {
            user_id: user.sub.clone(),
            salt: user.salt.clone(),
            verifier: user.verifier.clone(),
        });
    }
    if !pool.client.hides_users() {
        return Err(user_does_not_exist());
    }
    let name = username.to_lowercase();
    let derived = |label: &str| srp::derive(&pool.simulation_key, label, &name);
    let user_id = random::uuid_from(&derived("id"));
    let salt: String = random::hex(&derived("salt")).chars().take(31).collect();
    // A digit that is not zero in front: see `random::salt`.
    let salt = format!("7{salt}");
    let verifier = srp::verifier(seed::POOL_NAME, &user_id, &random::base64url(32), &salt);
    Ok(Subject {
        user_id,
        salt,
        verifier,
    })
}

/// Opens an SRP exchange and gives the PASSWORD_VERIFIER challenge.
///
/// # Errors
/// `NotAuthorizedException` during a lockout; `InvalidParameterException` for an `SRP_A` that is not hex or
/// is zero modulo N.
pub(crate) fn challenge_password(pool: &mut Pool, username: &str, srp_a: &str) -> Outcome {
    let now = pool.clock.now();
    let subject = subject(pool, username)?;
    pool.lockouts
        .entry(subject.user_id.clone())
        .or_default()
        .attempt(now)?;
    let exchange = Exchange::start(srp_a, &subject.verifier)
        .ok_or_else(|| ApiError::new("InvalidParameterException", "Invalid SRP_A"))?;
    let secret_block = srp::encode_block(&random::bytes(640));
    let answer = json!({
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {
            "SALT": subject.salt,
            "SECRET_BLOCK": secret_block,
            "SRP_B": exchange.public_hex(),
            "USERNAME": subject.user_id,
            "USER_ID_FOR_SRP": subject.user_id,
        },
    });
    let attempt = Attempt {
        exchange,
        user_id: subject.user_id,
        alias: username.to_lowercase(),
        expires_at: now + SESSION_SECONDS,
    };
    pool.attempts.retain(|_, attempt| now < attempt.expires_at);
    pool.attempts.insert(secret_block, attempt);
    Ok(answer)
}

/// Counts a wrong password against `user_id`.
pub(crate) fn wrong_password(pool: &mut Pool, user_id: &str) -> ApiError {
    let now = pool.clock.now();
    pool.lockouts.entry(user_id.to_owned()).or_default().failed(now);
    incorrect_credentials()
}

/// Passes a user whose password is right and who may have tokens or a challenge for it.
///
/// # Errors
/// `NotAuthorizedException` for a disabled user or a temporary password past its time,
/// `UserNotConfirmedException`, `PasswordResetRequiredException`.
fn check_standing(user: &User, now: i64) -> Result<(), ApiError> {
    if !user.enabled {
        return Err(user_is_disabled());
    }
    match user.status {
        Status::Unconfirmed => Err(ApiError::new(
            "UserNotConfirmedException",
            "User is not confirmed.",
        )),
        Status::ResetRequired => Err(ApiError::new(
            "PasswordResetRequiredException",
            "Password reset required for the user",
        )),
        Status::ForceChangePassword if user.temporary_until.is_some_and(|end| now >= end) => Err(
            not_authorized("Temporary password has expired and must be reset by an administrator."),
        ),
        Status::ForceChangePassword | Status::Confirmed => Ok(()),
    }
}

/// What follows a proven password: tokens, or NEW_PASSWORD_REQUIRED.
///
/// # Errors
/// See [`check_standing`].
pub(crate) fn password_proven(pool: &mut Pool, user_id: &str) -> Outcome {
    pool.lockouts.remove(user_id);
    let now = pool.clock.now();
    let user = pool.users.get(user_id).ok_or_else(incorrect_credentials)?;
    check_standing(user, now)?;
    if user.status == Status::Confirmed {
        return signed_in(pool, user_id);
    }
    let session = random::base64url(192);
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": user.sub,
            "requiredAttributes": "[]",
            "userAttributes": json!(user.attributes).to_string(),
        },
        "Session": session,
    });
    let waiting = NewPasswordSession {
        sub: user_id.to_owned(),
        expires_at: now + SESSION_SECONDS,
        used: false,
    };
    pool.sessions.insert(session, waiting);
    Ok(answer)
}

/// The answer that carries tokens.
pub(crate) fn signed_in(pool: &mut Pool, user_id: &str) -> Outcome {
    tokens::sign_in(pool, user_id).map(with_tokens)
}

/// An AuthenticationResult as InitiateAuth and RespondToAuthChallenge give it.
pub(crate) fn with_tokens(result: Value) -> Value {
    json!({"AuthenticationResult": result, "ChallengeParameters": {}})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool() -> Pool {
        Pool::seeded("http://127.0.0.1:1")
    }

    #[test]
    fn a_simulated_user_looks_the_same_every_time() {
        let pool = pool();
        let one = subject(&pool, "Nobody@example.com").unwrap();
        let two = subject(&pool, "nobody@EXAMPLE.com").unwrap();
        assert_eq!((&one.user_id, &one.salt), (&two.user_id, &two.salt));
        assert_eq!((one.user_id.len(), one.salt.len()), (36, 32));
        assert_ne!(
            one.user_id,
            subject(&pool, "nobody2@example.com").unwrap().user_id
        );
    }

    #[test]
    fn who_exists_is_told_only_where_the_client_says_so() {
        let mut pool = pool();
        pool.client.prevent_user_existence_errors = crate::client::PreventUserExistenceErrors::Legacy;
        assert_eq!(
            subject(&pool, "nobody@example.com").err(),
            Some(user_does_not_exist())
        );
        assert!(subject(&pool, "user@example.com").is_ok());
    }

    #[test]
    fn a_user_who_may_not_sign_in_is_told_why() {
        let mut user = User::new("a@b.c", "Sunflower-42!", Status::Confirmed, 0);
        let kind = |user: &User, now| check_standing(user, now).unwrap_err();
        assert_eq!(check_standing(&user, 0), Ok(()));
        user.set_status(Status::Unconfirmed, 0);
        assert_eq!(kind(&user, 0).kind, "UserNotConfirmedException");
        user.set_status(Status::ResetRequired, 0);
        assert_eq!(kind(&user, 0).kind, "PasswordResetRequiredException");
        user.set_status(Status::ForceChangePassword, 0);
        assert_eq!(check_standing(&user, 7 * 86_400 - 1), Ok(()));
        assert!(
            kind(&user, 7 * 86_400)
                .message
                .starts_with("Temporary password has expired")
        );
        user.enabled = false;
        assert_eq!(kind(&user, 0), user_is_disabled());
    }

    #[test]
    fn a_temporary_password_leads_to_a_challenge_instead_of_tokens() {
        let mut pool = pool();
        let sub = pool.find("new@example.com").unwrap().sub.clone();
        let answer = password_proven(&mut pool, &sub).unwrap();
        assert_eq!(answer["ChallengeName"], "NEW_PASSWORD_REQUIRED");
        assert!(answer["Session"].as_str().unwrap().len() >= 20);
        assert!(answer.get("AuthenticationResult").is_none());
        let attributes = answer["ChallengeParameters"]["userAttributes"].as_str().unwrap();
        assert_eq!(
            attributes,
            r#"{"email":"new@example.com","email_verified":"true"}"#
        );
    }

    #[test]
    fn five_wrong_passwords_close_the_door_for_users_real_and_simulated() {
        for name in ["user@example.com", "nobody@example.com"] {
            let mut pool = pool();
            let id = subject(&pool, name).unwrap().user_id;
            for _ in 0..5 {
                assert!(challenge_password(&mut pool, name, "2").is_ok());
                wrong_password(&mut pool, &id);
            }
            let refusal = challenge_password(&mut pool, name, "2").unwrap_err();
            assert_eq!(refusal.message, "Password attempts exceeded");
            pool.clock.advance(2);
            assert!(challenge_password(&mut pool, name, "2").is_ok());
        }
    }
}
