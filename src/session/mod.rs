//! The life of a session's tokens: how old they are, when to renew, when to try again.
//!
//! Pure: time comes in as [`Reading`]s, so that sleep, throttled timers and clock changes can be tested.

mod age;
mod renewal;
#[cfg(test)]
mod tests;

pub use age::{Reading, TokenAge};
pub use renewal::{Due, Renewal, Schedule};

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
    /// The ID token's verified claims.
    pub claims: IdClaims,
    /// How old the tokens are.
    pub age: TokenAge,
    /// When to renew.
    pub schedule: Schedule,
}
