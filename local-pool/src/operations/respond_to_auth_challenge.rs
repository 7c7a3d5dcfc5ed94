//! RespondToAuthChallenge.

use super::Operation;
use crate::protocol::{
    ApiError, Outcome, Request, incorrect_credentials, invalid_parameter, not_authorized, user_is_disabled,
};
use crate::srp::Claim;
use crate::store::Pool;
use crate::users::Status;
use crate::validate::shape::{
    ANALYTICS_METADATA, CLIENT_ID, CLIENT_METADATA, SESSION, USER_CONTEXT_DATA, map, one_of,
};
use crate::{client, clock, password_policy, seed, sign_in, srp};

const CHALLENGE_NAMES: &[&str] = &[
    "SMS_MFA",
    "EMAIL_OTP",
    "SOFTWARE_TOKEN_MFA",
    "SELECT_MFA_TYPE",
    "MFA_SETUP",
    "PASSWORD_VERIFIER",
    "CUSTOM_CHALLENGE",
    "SELECT_CHALLENGE",
    "DEVICE_SRP_AUTH",
    "DEVICE_PASSWORD_VERIFIER",
    "ADMIN_NO_SRP_AUTH",
    "NEW_PASSWORD_REQUIRED",
    "SMS_OTP",
    "PASSWORD",
    "WEB_AUTHN",
    "PASSWORD_SRP",
];

pub(super) const OPERATION: Operation = Operation {
    name: "RespondToAuthChallenge",
    members: &[
        CLIENT_ID,
        one_of("ChallengeName", CHALLENGE_NAMES).required(),
        SESSION,
        map("ChallengeResponses"),
        ANALYTICS_METADATA,
        USER_CONTEXT_DATA,
        CLIENT_METADATA,
    ],
    run,
};

const RESPONSES: &str = "ChallengeResponses";

/// How far TIMESTAMP may be from the pool's clock.
const SKEW_SECONDS: i64 = 300;

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    let secret_hash = request.entry(RESPONSES, "SECRET_HASH").unwrap_or_default();
    client::check_id(request.text("ClientId"), secret_hash)?;
    match request.text("ChallengeName") {
        "PASSWORD_VERIFIER" => password_verifier(pool, request),
        "NEW_PASSWORD_REQUIRED" => new_password(pool, request),
        _ => Err(invalid_parameter(
            "Challenge response is not expected for this user pool.",
        )),
    }
}

fn password_verifier(pool: &mut Pool, request: &Request) -> Outcome {
    let username = request.required_entry(RESPONSES, "USERNAME")?;
    let block = request.required_entry(RESPONSES, "PASSWORD_CLAIM_SECRET_BLOCK")?;
    let proof = request.required_entry(RESPONSES, "PASSWORD_CLAIM_SIGNATURE")?;
    let timestamp = request.required_entry(RESPONSES, "TIMESTAMP")?;
    let signed_at = clock::parse_timestamp(timestamp).ok_or_else(|| {
        invalid_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")
    })?;

    let now = pool.clock.now();
    // Taken out of the store, so that no second answer finds it.
    let attempt = pool
        .attempts
        .remove(block)
        .filter(|attempt| now < attempt.expires_at)
        .ok_or_else(incorrect_credentials)?;
    if username != attempt.user_id && username.to_lowercase() != attempt.alias {
        return Err(incorrect_credentials());
    }
    pool.lockouts
        .entry(attempt.user_id.clone())
        .or_default()
        .attempt(now)?;
    if now.abs_diff(signed_at) > SKEW_SECONDS.unsigned_abs() {
        return Err(incorrect_credentials());
    }
    let claim = Claim {
        pool_name: seed::POOL_NAME,
        user_id: &attempt.user_id,
        secret_block: &srp::decode(block).unwrap_or_default(),
        timestamp: &clock::format_timestamp(signed_at),
    };
    if srp::decode(proof).is_some_and(|proof| attempt.exchange.proves(&proof, &claim)) {
        sign_in::password_proven(pool, &attempt.user_id)
    } else {
        Err(sign_in::wrong_password(pool, &attempt.user_id))
    }
}

fn new_password(pool: &mut Pool, request: &Request) -> Outcome {
    let username = request.required_entry(RESPONSES, "USERNAME")?;
    let password = request.required_entry(RESPONSES, "NEW_PASSWORD")?;
    let session = request.text("Session");
    if session.is_empty() {
        return Err(invalid_parameter("Missing required parameter Session"));
    }
    let now = pool.clock.now();
    let invalid = || not_authorized("Invalid session for the user.");
    let waiting = pool.sessions.get(session).ok_or_else(invalid)?;
    if waiting.used {
        return Err(not_authorized(
            "Invalid session for the user, session can only be used once.",
        ));
    }
    if now >= waiting.expires_at {
        return Err(not_authorized(
            "Invalid session for the user, session is expired.",
        ));
    }
    let user = pool
        .find(username)
        .filter(|user| user.sub == waiting.sub)
        .ok_or_else(invalid)?;
    if !user.enabled {
        return Err(user_is_disabled());
    }
    if user.status != Status::ForceChangePassword {
        return Err(invalid());
    }
    // Before the session is spent, so that another password can be tried with it.
    password_policy::check(password)?;
    let attributes = given_attributes(request, |name| user.attributes.contains_key(name))?;

    let sub = user.sub.clone();
    if let Some(waiting) = pool.sessions.get_mut(session) {
        waiting.used = true;
    }
    if let Some(user) = pool.users.get_mut(&sub) {
        user.set_password(password);
        user.set_status(Status::Confirmed, now);
        user.attributes.extend(attributes);
    }
    sign_in::signed_in(pool, &sub)
}

/// The `userAttributes.NAME` of an answer to NEW_PASSWORD_REQUIRED.
fn given_attributes(
    request: &Request,
    has: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, ApiError> {
    request
        .entries(RESPONSES)
        .filter_map(|(key, value)| Some((key.strip_prefix("userAttributes.")?, value)))
        .map(|(name, value)| match name {
            "email" if has(name) => Err(not_authorized("Cannot modify an already provided email")),
            "sub" | "email_verified" | "phone_number_verified" => Err(not_authorized(
                "A client attempted to write unauthorized attribute",
            )),
            _ => Ok((name.to_owned(), value.to_owned())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused};
    use serde_json::{Value, json};

    const NEW: &str = "new@example.com";

    fn challenged(pool: &mut Pool) -> String {
        let sub = pool.find(NEW).unwrap().sub.clone();
        let answer = sign_in::password_proven(pool, &sub).unwrap();
        answer["Session"].as_str().unwrap().to_owned()
    }

    fn answer(session: &str, username: &str, password: &str) -> Value {
        json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": session,
            "ChallengeResponses": {
                "USERNAME": username, "NEW_PASSWORD": password, "userAttributes.name": "Nova",
            },
        })
    }

    #[test]
    fn a_new_password_signs_in_once() {
        let mut pool = pool();
        let session = challenged(&mut pool);
        let weak = refused(&mut pool, "RespondToAuthChallenge", answer(&session, NEW, "weak"));
        assert_eq!(weak.kind, "InvalidPasswordException");
        let good = answer(&session, NEW, "Sunflower-43!");
        let result = perform(&mut pool, "RespondToAuthChallenge", good.clone()).unwrap();
        assert!(result["AuthenticationResult"]["IdToken"].is_string());
        let user = pool.find(NEW).unwrap();
        assert!(user.has_password("Sunflower-43!") && user.status == Status::Confirmed);
        assert_eq!(user.attributes["name"], "Nova");
        let again = refused(&mut pool, "RespondToAuthChallenge", good);
        assert_eq!(
            again,
            not_authorized("Invalid session for the user, session can only be used once.")
        );
    }

    #[test]
    fn a_session_lasts_three_minutes_and_is_its_users_alone() {
        let mut pool = pool();
        let session = challenged(&mut pool);
        let other = refused(
            &mut pool,
            "RespondToAuthChallenge",
            answer(&session, "user@example.com", "Sunflower-43!"),
        );
        assert_eq!(other, not_authorized("Invalid session for the user."));
        pool.clock.advance(sign_in::SESSION_SECONDS);
        let late = refused(
            &mut pool,
            "RespondToAuthChallenge",
            answer(&session, NEW, "Sunflower-43!"),
        );
        assert_eq!(
            late,
            not_authorized("Invalid session for the user, session is expired.")
        );
        let unknown = answer(&"x".repeat(40), NEW, "Sunflower-43!");
        let unknown = refused(&mut pool, "RespondToAuthChallenge", unknown);
        assert_eq!(unknown, not_authorized("Invalid session for the user."));
    }

    #[test]
    fn the_address_cannot_be_changed_along_with_the_password() {
        let mut pool = pool();
        let session = challenged(&mut pool);
        let mut input = answer(&session, NEW, "Sunflower-43!");
        input["ChallengeResponses"]["userAttributes.email"] = json!("other@example.com");
        let refusal = refused(&mut pool, "RespondToAuthChallenge", input);
        assert_eq!(refusal, not_authorized("Cannot modify an already provided email"));
        assert_eq!(pool.find(NEW).unwrap().status, Status::ForceChangePassword);
    }

    #[test]
    fn an_answer_without_a_challenge_is_refused() {
        let mut pool = pool();
        let mut input = json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": "user@example.com",
                "PASSWORD_CLAIM_SECRET_BLOCK": "YWJj",
                "PASSWORD_CLAIM_SIGNATURE": "YWJj",
                "TIMESTAMP": clock::format_timestamp(pool.clock.now()),
            },
        });
        assert_eq!(
            refused(&mut pool, "RespondToAuthChallenge", input.clone()),
            incorrect_credentials()
        );
        input["ChallengeResponses"]["TIMESTAMP"] = json!("now");
        let refusal = refused(&mut pool, "RespondToAuthChallenge", input.clone());
        assert!(
            refusal.message.starts_with("TIMESTAMP format should be"),
            "{refusal:?}"
        );
        input["ChallengeName"] = json!("SMS_MFA");
        assert_eq!(
            refused(&mut pool, "RespondToAuthChallenge", input).kind,
            "InvalidParameterException"
        );
    }
}
