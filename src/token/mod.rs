//! Tokens and the other secrets of a session: redacted types, claims, and the verification of
//! Cognito's JSON Web Tokens against the user pool's public keys.
//!
//! Of `jsonwebtoken-rustcrypto` only the RSA verification is used, in `jwks` alone: its `decode`
//! asks the operating system for the time, which panics in a browser, and its header type does not
//! show `crit`. Splitting, parsing and every check of a claim are done here, against a time that the
//! caller passes in.

mod claims;
mod identity;
mod jwks;
mod secret;
#[cfg(test)]
mod tests;
mod verify;

pub(crate) use secret::secret;

pub use claims::{AccessClaims, IdClaims};
pub use identity::Identity;
pub use jwks::{Jwks, JwksError};
pub use secret::{
    AccessToken, ChallengeSession, Code, CustomAnswer, DevicePassword, IdToken, OtpauthUri, PasskeyAnswer,
    Password, RefreshToken, TotpSecret,
};
pub use verify::{CLOCK_LEEWAY_SECS, ISSUED_AHEAD_MAX_SECS, TOKEN_MAX_LEN, TokenError, Verifier};
