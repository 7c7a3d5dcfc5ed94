//! What comes back in the address (RFC 6749, sections 4.1.2 and 4.1.2.1). Anybody can make such an address: nothing of
//! it is used before its `state` is found to be ours.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::State;
use crate::token::Code;

/// No answer of the service's is longer, and no address is taken in by all browsers beyond that.
const LONGEST: usize = 8 * 1024;
/// The names that are the answer's own.
const NAMES: [&str; 6] = ["code", "state", "error", "error_description", "error_uri", "iss"];

/// The answer to an authorization request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationResponse {
    /// Which request it answers.
    pub state: Option<State>,
    /// What it says.
    pub outcome: Outcome,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Somebody has signed in: their tokens are to be had for this.
    Code(Code),
    /// Nobody has.
    Error {
        /// OAuth's name for why.
        error: String,
        /// The service's words, or the identity provider's.
        description: String,
    },
    /// It says a thing twice, or both, or too much.
    Malformed,
}

impl AuthorizationResponse {
    /// Reads it out of an address's query, with or without the question mark. None if there is no answer in there.
    #[must_use]
    pub fn read(query: &str) -> Option<Self> {
        let query = query.strip_prefix('?').unwrap_or(query);
        let is_long = query.len() > LONGEST;
        let mut found: [Option<Cow<'_, str>>; 4] = Default::default();
        let mut twice = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = NAMES.iter().position(|known| *known == name);
            if let Some(place) = place.and_then(|place| found.get_mut(place)) {
                twice |= place.replace(value).is_some();
            }
        }
        let [code, state, error, description] = found.map(|value| value.filter(|value| !value.is_empty()));
        let outcome = match (code, error) {
            (None, None) => return None,
            _ if twice || is_long => Outcome::Malformed,
            (Some(code), None) => Outcome::Code(code.into_owned().into()),
            (None, Some(error)) => Outcome::Error {
                error: error.into_owned(),
                description: description.unwrap_or_default().into_owned(),
            },
            (Some(_), Some(_)) => Outcome::Malformed,
        };
        Some(Self {
            state: state.map(|state| state.into_owned().into()),
            outcome,
        })
    }
}

/// A query without the answer in it, and without its question mark; what else is there stays as it stands.
#[must_use]
pub fn without_response(query: &str) -> String {
    let query = query.strip_prefix('?').unwrap_or(query);
    let others = query.split('&').filter(|pair| {
        let name = form_urlencoded::parse(pair.as_bytes()).next();
        name.is_none_or(|(name, _)| !NAMES.contains(&name.as_ref()))
    });
    others.collect::<Vec<_>>().join("&")
}
