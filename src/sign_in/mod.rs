//! Sign-in as a state machine without I/O: state + answer -> the next request, or the next thing to ask.
//!
//! The engine sends what [`Next::Initiate`] and [`Next::Respond`] hold and feeds the answer to
//! [`InProgress::on_response`]; a person's answer goes to [`NewPassword::answer`].

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::{
    cognito::{
        Attribute, AuthFlow, AuthResponse, AuthenticationResult, ChallengeName, ChallengeResponses,
        InitiateAuth, RespondToAuthChallenge,
    },
    ports::UnixMillis,
    srp,
    token::{ChallengeSession, Password},
};

/// Who signs in, and where.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The app client.
    pub client_id: String,
    /// The part of the pool's id behind the underscore.
    pub pool_name: String,
    /// The name signed in by, as typed.
    pub username: String,
}

/// What has to happen next.
#[derive(Debug)]
pub enum Next {
    /// Send this; the answer goes to the state.
    Initiate(InitiateAuth, InProgress),
    /// Send this; the answer goes to the state.
    Respond(RespondToAuthChallenge, InProgress),
    /// Ask the person for a new password.
    NewPassword(NewPassword),
    /// Signed in, once the tokens are verified.
    Done(AuthenticationResult),
}

/// A sign-in that waits for the service.
#[derive(Debug)]
pub struct InProgress {
    attempt: Attempt,
    waits_for: WaitsFor,
}

#[derive(Debug)]
enum WaitsFor {
    PasswordVerifier {
        srp: Box<srp::Client>,
        password: Password,
    },
    Outcome,
}

/// A sign-in that waits for the person to choose a new password (NEW_PASSWORD_REQUIRED).
#[derive(Debug)]
pub struct NewPassword {
    attempt: Attempt,
    user_id: String,
    session: ChallengeSession,
    /// Names of the attributes the pool requires and the user lacks.
    pub missing_attributes: Vec<String>,
}

/// The service's answer does not fit the protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// A challenge this version cannot answer.
    #[error("the sign-in asks for {0}, which this app does not support")]
    UnsupportedChallenge(String),
    /// A member that the challenge must have is missing.
    #[error("the sign-in answer lacks {0}")]
    Missing(&'static str),
    /// The numbers of the password proof are not acceptable.
    #[error(transparent)]
    Srp(#[from] srp::SrpError),
}

/// Starts a sign-in with a password that never leaves the device (USER_SRP_AUTH).
///
/// `randomness` is the secret exponent: 32 fresh, secure random bytes.
pub fn start(attempt: Attempt, password: Password, randomness: Zeroizing<[u8; 32]>) -> Next {
    let srp = Box::new(srp::Client::new(randomness));
    let request = InitiateAuth {
        client_id: attempt.client_id.clone(),
        flow: AuthFlow::UserSrpAuth {
            username: attempt.username.clone(),
            srp_a: srp.public_value(),
        },
    };
    Next::Initiate(
        request,
        InProgress {
            attempt,
            waits_for: WaitsFor::PasswordVerifier { srp, password },
        },
    )
}

impl InProgress {
    /// Takes the service's answer at device time `now`.
    ///
    /// # Errors
    /// [`SignInError`]; the sign-in has to start again.
    pub fn on_response(self, response: AuthResponse, now: UnixMillis) -> Result<Next, SignInError> {
        if let Some(result) = response.authentication_result {
            return Ok(Next::Done(result));
        }
        let challenge = response
            .challenge_name
            .ok_or(SignInError::Missing("ChallengeName"))?;
        let parameters = Parameters(response.challenge_parameters);
        match (challenge.as_str(), self.waits_for) {
            ("PASSWORD_VERIFIER", WaitsFor::PasswordVerifier { srp, password }) => {
                prove_password(self.attempt, &srp, &password, &parameters, response.session, now)
            }
            ("NEW_PASSWORD_REQUIRED", _) => {
                let user_id = parameters
                    .get("USER_ID_FOR_SRP")
                    .unwrap_or(&self.attempt.username)
                    .to_owned();
                Ok(Next::NewPassword(NewPassword {
                    user_id,
                    session: response.session.ok_or(SignInError::Missing("Session"))?,
                    missing_attributes: missing_attributes(&parameters),
                    attempt: self.attempt,
                }))
            }
            _ => Err(SignInError::UnsupportedChallenge(challenge)),
        }
    }
}

impl NewPassword {
    /// The name signed in by.
    pub fn username(&self) -> &str {
        &self.attempt.username
    }

    /// Answers with `new_password` and the attributes that were missing.
    ///
    /// The state stays, so that a password the policy refuses can be chosen again: the service keeps the
    /// Session until it accepts an answer.
    pub fn answer(&self, new_password: Password, attributes: &[Attribute]) -> Next {
        let attributes = attributes
            .iter()
            .map(|attribute| {
                (
                    ["userAttributes.", &attribute.name].concat(),
                    attribute.value.clone(),
                )
            })
            .collect();
        let request = RespondToAuthChallenge {
            client_id: self.attempt.client_id.clone(),
            challenge_name: ChallengeName::NewPasswordRequired,
            session: Some(self.session.clone()),
            challenge_responses: ChallengeResponses::NewPasswordRequired {
                username: self.user_id.clone(),
                new_password,
                attributes,
            },
        };
        Next::Respond(
            request,
            InProgress {
                attempt: self.attempt.clone(),
                waits_for: WaitsFor::Outcome,
            },
        )
    }
}

fn prove_password(
    attempt: Attempt,
    srp: &srp::Client,
    password: &Password,
    parameters: &Parameters,
    session: Option<ChallengeSession>,
    now: UnixMillis,
) -> Result<Next, SignInError> {
    let user_id = parameters.require("USER_ID_FOR_SRP")?;
    let secret_block = parameters.require("SECRET_BLOCK")?;
    let timestamp = srp::Timestamp::from_unix_millis(now.0);
    let challenge = srp::Challenge {
        user_id_for_srp: user_id,
        salt: parameters.require("SALT")?,
        srp_b: parameters.require("SRP_B")?,
        secret_block,
    };
    let proof = srp.prove(&challenge, &attempt.pool_name, password.expose(), &timestamp)?;
    let request = RespondToAuthChallenge {
        client_id: attempt.client_id.clone(),
        challenge_name: ChallengeName::PasswordVerifier,
        session,
        challenge_responses: ChallengeResponses::PasswordVerifier {
            username: user_id.to_owned(),
            password_claim_secret_block: secret_block.to_owned(),
            password_claim_signature: proof.as_str().to_owned(),
            timestamp: timestamp.as_str().to_owned(),
        },
    };
    Ok(Next::Respond(
        request,
        InProgress {
            attempt,
            waits_for: WaitsFor::Outcome,
        },
    ))
}

/// `requiredAttributes` is a JSON array in text, such as `["userAttributes.name"]`.
fn missing_attributes(parameters: &Parameters) -> Vec<String> {
    let names: Vec<String> = parameters
        .get("requiredAttributes")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    names
        .iter()
        .map(|name| name.strip_prefix("userAttributes.").unwrap_or(name).to_owned())
        .collect()
}

struct Parameters(BTreeMap<String, String>);

impl Parameters {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    fn require(&self, key: &'static str) -> Result<&str, SignInError> {
        self.get(key).ok_or(SignInError::Missing(key))
    }
}

#[cfg(test)]
mod tests;
