//! What a pool asks for besides the first proof.

use serde::{Deserialize, Serialize};

use super::MfaMethod;

/// A pool's second factors, as far as the file tells: `mfa_configuration` and `mfa_methods`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mfa {
    /// Whether people have one.
    pub requirement: MfaRequirement,
    /// Which there are, in the file's order; empty if it names none.
    pub methods: Vec<MfaMethod>,
}

/// Whether a pool asks for a second factor (`MfaConfiguration` of SetUserPoolMfaConfig, in Amplify's words).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MfaRequirement {
    /// Nobody has one (`OFF` in Cognito).
    #[default]
    None,
    /// Whoever sets one up has one.
    Optional,
    /// Everybody has to have one (`ON` in Cognito).
    Required,
}
