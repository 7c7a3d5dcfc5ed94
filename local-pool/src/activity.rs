//! What the pools were asked and what came of it, without secrets: for people on standard output and on a page,
//! for tests as JSON.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

use crate::pool::Pool;
use crate::pool::contact::{is_email, is_phone_number};
use crate::pool::user::User;
use crate::protocol::{Outcome, Request};
use crate::signing;
use crate::world::World;

const KEPT: usize = 2000;
const LONGEST_NAME: usize = 80;

/// One operation handled.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Entry {
    /// Counts up from 1; given by [`Activity::note`].
    pub(crate) id: u64,
    pub(crate) operation: String,
    /// AuthFlow or ChallengeName, where the request has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) flow: Option<String>,
    /// `ok`, the name of the challenge that follows, an exception's name, or what a fault did.
    pub(crate) outcome: String,
    /// Why it was refused, without anything that the caller sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    #[serde(flatten)]
    pub(crate) concerned: Concerned,
    /// How long the operation itself took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) milliseconds: Option<u64>,
    /// Whether a fault was injected.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) fault: bool,
    /// The pool's time, in seconds since the epoch.
    pub(crate) at: i64,
}

impl Entry {
    /// Whether the caller did not get what was asked for.
    pub(crate) fn is_refusal(&self) -> bool {
        self.fault || self.reason.is_some()
    }
}

/// Whom a request concerns, as far as it tells and the pools know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Concerned {
    /// The pool's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pool: Option<String>,
    /// The app client's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client: Option<String>,
    /// A user's e-mail address or user name, or the address that somebody gave in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user: Option<String>,
}

impl Concerned {
    /// This, and from `later` what is missing here.
    pub(crate) fn or(self, later: Self) -> Self {
        Self {
            pool: self.pool.or(later.pool),
            client: self.client.or(later.client),
            user: self.user.or(later.user),
        }
    }
}

/// The operations handled, oldest first.
#[derive(Default)]
pub(crate) struct Activity {
    entries: VecDeque<Entry>,
    noted: u64,
}

impl Activity {
    /// Notes an operation.
    pub(crate) fn note(&mut self, entry: Entry) {
        self.noted += 1;
        self.entries.push_back(Entry {
            id: self.noted,
            ..entry
        });
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    /// The operations handled, oldest first.
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// AuthFlow or ChallengeName of a request, if it is one of the names that the service knows.
pub(crate) fn flow(request: &Request) -> Option<String> {
    let name = [request.text("AuthFlow"), request.text("ChallengeName")].concat();
    let known = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    known.then_some(name)
}

/// The user name that a request speaks of.
pub(crate) fn username(request: &Request) -> Option<&str> {
    [
        Some(request.text("Username")),
        request.entry("AuthParameters", "USERNAME"),
    ]
    .into_iter()
    .chain([request.entry("ChallengeResponses", "USERNAME")])
    .flatten()
    .find(|name| !name.is_empty())
}

/// Whom a request concerns: by its ids and names, or by what its token says, whoever signed that.
pub(crate) fn concerned(world: &World, request: &Request) -> Concerned {
    let logins = || request.entries("Logins").map(|(_, token)| token).next();
    let claims = request
        .given("AccessToken")
        .or_else(logins)
        .and_then(signing::claims);
    let claim = |name: &str| Some(claims.as_ref()?.get(name)?.as_str()?.to_owned());
    let pools = || world.pools.values();
    let refresh_token = [
        request.given("RefreshToken"),
        request.entry("AuthParameters", "REFRESH_TOKEN"),
        request.given("Token"),
    ]
    .into_iter()
    .flatten()
    .next();
    let session =
        refresh_token.and_then(|token| pools().find_map(|pool| pool.kept.tokens.of_refresh_token(token)));
    let client = request.given("ClientId").map(str::to_owned);
    let client = client
        .or_else(|| claim("client_id"))
        .or_else(|| claim("aud"))
        .or_else(|| Some(session?.client_id.clone()));
    let pool = world.pools.get(request.text("UserPoolId")).or_else(|| {
        let issuer = claim("iss");
        let has = |pool: &&Pool| {
            Some(&pool.issuer) == issuer.as_ref()
                || client
                    .as_ref()
                    .is_some_and(|id| pool.kept.clients.contains_key(id))
        };
        pools().find(has)
    });
    let client = client.filter(|id| pool.is_some_and(|pool| pool.kept.clients.contains_key(id)));
    let name = username(request).map(str::to_owned);
    let name = name
        .or_else(|| claim("username"))
        .or_else(|| claim("cognito:username"))
        .or_else(|| Some(session?.username.clone()));
    Concerned {
        pool: pool.map(|pool| pool.kept.id.clone()),
        client,
        user: name.and_then(|name| told(pool, &name)),
    }
}

/// A name that may be told: a user's, or one that reads as an address. Anything else could be a password that
/// was typed into the wrong field.
fn told(pool: Option<&Pool>, name: &str) -> Option<String> {
    if let Some(user) = pool.and_then(|pool| pool.find(name)) {
        return Some(label(user).to_owned());
    }
    let is_address = is_email(name) || is_phone_number(name);
    is_address.then(|| name.chars().take(LONGEST_NAME).collect())
}

/// What people call a user: the e-mail address, else the phone number, else the user name.
pub(crate) fn label(user: &User) -> &str {
    [user.email(), user.attribute("phone_number")]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or(&user.username)
}

/// `user@…`: an address as standard output shows it.
pub(crate) fn shortened(email: &str) -> String {
    let (local, _) = email.split_once('@').unwrap_or((email, ""));
    let local: String = local.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("{local}@…")
}

/// One word for an outcome.
pub(crate) fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Ok(body) => body
            .get("ChallengeName")
            .and_then(Value::as_str)
            .unwrap_or("ok")
            .to_owned(),
        Err(error) => error.kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;
    use serde_json::json;

    fn request(value: &Value) -> Request {
        Request::new(value.as_object().unwrap().clone())
    }

    fn concerned_by(value: &Value) -> Concerned {
        concerned(&World::new("http://127.0.0.1:1", None), &request(value))
    }

    #[test]
    fn a_request_is_told_by_flow_and_user() {
        let request = request(&json!({"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": "a@b.c"}}));
        assert_eq!(flow(&request).as_deref(), Some("USER_SRP_AUTH"));
        assert_eq!(username(&request), Some("a@b.c"));
        assert_eq!(shortened("user@example.com"), "user@…");
        assert_eq!(shortened("a\nb@example.com"), "ab@…");
    }

    #[test]
    fn what_is_no_flow_is_not_logged_as_one() {
        assert_eq!(flow(&request(&json!({"AuthFlow": "my password"}))), None);
    }

    #[test]
    fn pool_client_and_user_are_told_where_they_are_known() {
        let known = concerned_by(&json!({"ClientId": seed::CLIENT_ID, "Username": "User@Example.com"}));
        assert_eq!(known.pool.as_deref(), Some(seed::POOL_ID));
        assert_eq!(known.client.as_deref(), Some(seed::CLIENT_ID));
        assert_eq!(known.user.as_deref(), Some("user@example.com"));
        let administrator =
            concerned_by(&json!({"UserPoolId": seed::POOL_ID, "Username": "eve@example.com"}));
        assert_eq!(administrator.pool.as_deref(), Some(seed::POOL_ID));
        assert_eq!(administrator.user.as_deref(), Some("eve@example.com"));
    }

    #[test]
    fn a_password_in_the_wrong_field_is_not_told() {
        let unknown = concerned_by(&json!({"ClientId": "Sunflower-42!", "Username": "Sunflower-42!"}));
        assert_eq!(unknown, Concerned::default());
    }

    #[test]
    fn entries_are_numbered_and_old_ones_go() {
        let mut activity = Activity::default();
        for _ in 0..=KEPT {
            activity.note(Entry::default());
        }
        assert_eq!(activity.entries().count(), KEPT);
        assert_eq!(activity.entries().next_back().unwrap().id, 2001);
    }
}
