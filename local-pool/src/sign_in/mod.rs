//! Sign-in: from InitiateAuth through the challenges to tokens.
//!
//! A [`Flow`] is one sign-in under way. Between two requests it waits in [`sessions`], together with what it
//! [`Awaiting`]s. [`next::proceed`] alone decides what follows a proven factor, and it alone lets anyone in.

pub(crate) mod choice;
pub(crate) mod custom;
pub(crate) mod device;
pub(crate) mod hosted;
pub(crate) mod level;
pub(crate) mod mfa;
pub(crate) mod mfa_setup;
pub(crate) mod new_password;
pub(crate) mod next;
pub(crate) mod one_time_code;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod sessions;
pub(crate) mod sign_up_session;
pub(crate) mod subject;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use self::level::Method;
use self::sessions::{Awaiting, Ticket};
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{Request, invalid_parameter};

/// The map of InitiateAuth that holds a flow's own parameters.
pub(crate) const AUTH_PARAMETERS: &str = "AuthParameters";

/// The map of RespondToAuthChallenge that holds an answer.
pub(crate) const RESPONSES: &str = "ChallengeResponses";

/// The AuthFlow that a sign-in began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    UserSrp,
    UserPassword,
    Custom,
    /// USER_AUTH.
    Choice,
    /// The hosted pages, rather than an AuthFlow.
    Hosted,
    /// USER_AUTH with the Session of a confirmed sign-up.
    SignUp,
}

/// One sign-in under way.
#[derive(Clone)]
pub(crate) struct Flow {
    pub(crate) kind: Kind,
    pub(crate) client_id: String,
    /// The user name, be the user real or simulated.
    pub(crate) username: String,
    /// The name that was signed in with, as it is compared.
    pub(crate) alias: String,
    /// What has been proven so far.
    pub(crate) methods: Vec<Method>,
    /// The authentication level (1 to 4) that was asked for.
    pub(crate) target_level: Option<u8>,
    /// The DEVICE_KEY that came with the request.
    pub(crate) device_key: Option<String>,
    pub(crate) device_proven: bool,
    /// The custom challenge that is next, and the wrong answers so far.
    pub(crate) custom_step: usize,
    pub(crate) custom_failures: u32,
}

impl Flow {
    /// A sign-in that begins.
    pub(crate) fn new(kind: Kind, client: &Client, username: &str, alias: String, request: &Request) -> Self {
        Self {
            kind,
            client_id: client.id.clone(),
            username: username.to_owned(),
            alias,
            methods: Vec::new(),
            target_level: None,
            device_key: request.entry(AUTH_PARAMETERS, "DEVICE_KEY").map(str::to_owned),
            device_proven: false,
            custom_step: 0,
            custom_failures: 0,
        }
    }

    /// Notes a proven factor.
    pub(crate) fn prove(&mut self, method: Method) {
        if !self.methods.contains(&method) {
            self.methods.push(method);
        }
    }
}

/// Gives a challenge: keeps the flow until it is answered, and hands out the Session that leads to it.
pub(crate) fn challenge(
    pool: &mut Pool,
    flow: Flow,
    awaiting: Awaiting,
    name: &str,
    parameters: Value,
) -> Value {
    let session = pool.shared.random.base64url(192);
    let answer = json!({
        "ChallengeName": name,
        "ChallengeParameters": parameters,
        "Session": session,
    });
    keep(pool, session, flow, awaiting);
    answer
}

/// Keeps a flow under `ticket` for as long as the client lets a challenge live.
pub(crate) fn keep(pool: &mut Pool, ticket: Ticket, flow: Flow, awaiting: Awaiting) {
    let now = pool.now();
    let validity = pool
        .kept
        .clients
        .get(&flow.client_id)
        .map_or(180, |client| client.auth_session_validity_seconds);
    pool.sessions.open(&ticket, flow, awaiting, now, validity);
}

/// An answer's entry, which the challenge cannot do without.
pub(crate) fn required<'a>(request: &'a Request, key: &str) -> Result<&'a str, crate::protocol::ApiError> {
    request
        .entry(RESPONSES, key)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| invalid_parameter(format!("Missing required parameter {key}")))
}
