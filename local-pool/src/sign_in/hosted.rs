//! Sign-in at the hosted pages: the same factors and challenges, at whose end stands an SSO session instead of
//! tokens.

use serde_json::{Map, Value, json};

use super::level::{Method, level_with};
use super::sessions::{Awaiting, Open, Setup, invalid};
use super::{
    Flow, Kind, RESPONSES, mfa, mfa_setup, new_password, one_time_code, password, required, subject,
};
use crate::oauth::sso;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::user::MfaFactor;
use crate::protocol::{Outcome, Request};

/// The member of an answer that ends a sign-in: the cookie of the SSO session.
pub(crate) const SSO_SESSION: &str = "SsoSession";

/// A user name and a password. Of `levels`, the first that the user can reach is asked for.
///
/// # Errors
/// What the password refuses.
pub(crate) fn begin(pool: &mut Pool, client: &Client, name: &str, given: &str, levels: &[u8]) -> Outcome {
    pool.settings().triggers.pre_authentication()?;
    let subject = subject::subject(pool, client, name)?;
    let alias = pool.folded(name);
    let request = Request::new(Map::new());
    let mut flow = Flow::new(Kind::Hosted, client, &subject.username, alias, &request);
    flow.target_level = target(pool, &subject.username, levels);
    let outcome = password::check_plain(pool, flow, given)?;
    prepared(pool, outcome)
}

/// The first of the levels that the user reaches with a password and a second factor, which is the one to enforce
/// (developer guide, "Login endpoint", step-up authentication request).
pub(crate) fn target(pool: &Pool, username: &str, levels: &[u8]) -> Option<u8> {
    let usable = subject::real(pool, username).map(|user| mfa::usable(pool, user));
    let usable = usable.unwrap_or_default();
    let reaches = |level: &&u8| {
        let with = |factor: &MfaFactor| level_with(&[Method::Password], (*factor).into());
        **level <= 1 || usable.iter().any(|factor| with(factor) >= **level)
    };
    levels.iter().find(reaches).copied()
}

/// An answer to the challenge that `session` leads to: `responses` has the members of ChallengeResponses.
///
/// # Errors
/// What the challenge refuses; `NotAuthorizedException` for a Session that is not the hosted pages' own.
pub(crate) fn answer(
    pool: &mut Pool,
    client: &Client,
    session: &str,
    responses: Map<String, Value>,
) -> Outcome {
    let open = waiting(pool, client, session)?;
    let mut members = Map::new();
    members.insert(RESPONSES.to_owned(), Value::Object(responses));
    let request = Request::new(members);
    let outcome = match &open.awaiting {
        Awaiting::Code { .. } => one_time_code::answer(pool, open, &request),
        Awaiting::SoftwareToken => mfa::answer_software_token(pool, open, &request),
        Awaiting::MfaChoice(_) => mfa::answer_choice(pool, open, &request),
        Awaiting::NewPassword => new_password::answer(pool, open, &request),
        Awaiting::MfaSetup(Setup::Associated { .. }) => {
            let code = required(&request, "SOFTWARE_TOKEN_MFA_CODE")?;
            let verified = mfa_setup::verify(pool, session, code, None)?;
            let next = verified.get("Session").and_then(Value::as_str);
            let open = waiting(pool, client, next.unwrap_or_default())?;
            mfa_setup::answer(pool, open, &request)
        }
        Awaiting::MfaSetup(_) => mfa_setup::answer(pool, open, &request),
        _ => Err(invalid()),
    }?;
    prepared(pool, outcome)
}

/// The sign-in at the hosted pages that `session` leads to.
///
/// # Errors
/// `NotAuthorizedException`.
pub(crate) fn waiting(
    pool: &Pool,
    client: &Client,
    session: &str,
) -> Result<Open, crate::protocol::ApiError> {
    let open = pool.sessions.find(session, pool.now())?;
    let ours = open.flow.kind == Kind::Hosted && open.flow.client_id == client.id;
    if ours { Ok(open) } else { Err(invalid()) }
}

/// MFA_SETUP goes on with an authenticator app's secret at once, where the pool has such apps.
fn prepared(pool: &mut Pool, outcome: Value) -> Outcome {
    let text = |name: &str| outcome.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("ChallengeName") == "MFA_SETUP" && pool.settings().mfa.has(MfaFactor::SoftwareTokenMfa) {
        let session = text("Session").to_owned();
        return mfa_setup::associate(pool, &session);
    }
    Ok(outcome)
}

/// The end of a sign-in at the hosted pages.
pub(super) fn finish(pool: &mut Pool, flow: Flow) -> Value {
    json!({SSO_SESSION: sso::open(pool, &flow.username, flow.methods)})
}
