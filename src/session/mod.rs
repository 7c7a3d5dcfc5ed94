//! The life of a session: how old its tokens are, when to renew and to try again, and the limits it may run into.
//!
//! Pure: time comes in as [`Reading`]s, so that sleep, throttled timers and clock changes can be tested.

mod age;
mod limits;
mod renewal;
#[cfg(test)]
mod tests;

pub use crate::ports::Reading;
pub use age::TokenAge;
pub use limits::{Limit, Standing, Usage};
pub use renewal::{Due, Renewal, Schedule};

use std::time::Duration;

use crate::token::{AccessToken, IdClaims, IdToken, RefreshToken};

/// Everything a signed-in session holds. In memory only.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who the user is.
    pub id_token: IdToken,
    /// What calls carry.
    pub access_token: AccessToken,
    /// Gets the next ones.
    pub refresh_token: RefreshToken,
    /// The device's name in pools that remember devices: they want it with every renewal.
    pub device_key: Option<String>,
    /// The pool has forgotten the device: the refresh token works no more.
    pub device_forgotten: bool,
    /// The name signed in by, under which the device's secret is kept.
    pub login: String,
    /// The pool asks whether the device is to be remembered.
    pub asks_to_remember_device: bool,
    /// It came through the hosted pages, where the browser has a session of its own.
    pub hosted: bool,
    /// The ID token's verified claims.
    pub claims: IdClaims,
    /// How old the tokens are.
    pub age: TokenAge,
    /// When to renew.
    pub schedule: Schedule,
}

impl Session {
    /// Whether it shows one of the levels `acr_values`, or a higher one; if there is none, any will do.
    pub fn reaches(&self, acr_values: &[String]) -> bool {
        let acr = self.claims.acr.as_deref();
        acr_values.is_empty() || acr.is_some_and(|acr| acr_values.iter().any(|wanted| reaches(acr, wanted)))
    }

    /// Whether the person proved who they are at most `max_age` ago; always, without one.
    pub fn is_recent(&self, max_age: Option<Duration>, now: &Reading) -> bool {
        max_age.is_none_or(|max_age| {
            // By the service's clock up to the token's issue, by this device's from there on.
            let at_issue = self.proved_before_issue();
            at_issue.is_some_and(|before| before + self.age.elapsed(now) <= max_age)
        })
    }

    /// How long before the tokens were issued the person proved who they are, if that is told.
    pub fn proved_before_issue(&self) -> Option<Duration> {
        let at = self.claims.auth_time?;
        Some(Duration::from_secs(self.claims.iat.saturating_sub(at)))
    }
}

/// Only the names that Cognito itself gives to levels tell which is the higher.
fn reaches(acr: &str, wanted: &str) -> bool {
    let level = |name: &str| name.strip_prefix("urn:cognito:loa:")?.parse::<u8>().ok();
    acr == wanted || matches!((level(acr), level(wanted)), (Some(level), Some(wanted)) if level >= wanted)
}
