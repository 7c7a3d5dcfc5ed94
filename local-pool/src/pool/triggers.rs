//! What a pool's Lambda triggers would do, as settings: none of them runs.

use serde::{Deserialize, Serialize};

use crate::protocol::ApiError;

/// `LambdaConfigType`, as far as it is played.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Triggers {
    /// The error with which PreSignUp refuses everybody who signs up, or comes from an identity provider for the
    /// first time.
    pub(crate) pre_sign_up: Option<String>,
    /// The error with which PreAuthentication refuses everybody who signs in.
    pub(crate) pre_authentication: Option<String>,
    /// Whether PreSignUp links whoever comes from an identity provider for the first time to the user of the
    /// pool who has the same e-mail address (AdminLinkProviderForUser).
    pub(crate) link_by_email: bool,
}

impl Triggers {
    /// Calls PreSignUp.
    ///
    /// # Errors
    /// `UserLambdaValidationException`.
    pub(crate) fn pre_sign_up(&self) -> Result<(), ApiError> {
        called("PreSignUp", self.pre_sign_up.as_deref())
    }

    /// Calls PreAuthentication.
    ///
    /// # Errors
    /// `UserLambdaValidationException`.
    pub(crate) fn pre_authentication(&self) -> Result<(), ApiError> {
        called("PreAuthentication", self.pre_authentication.as_deref())
    }
}

fn called(trigger: &str, error: Option<&str>) -> Result<(), ApiError> {
    error.map_or(Ok(()), |error| {
        let message = format!("{trigger} failed with error {error}.");
        Err(ApiError::new("UserLambdaValidationException", message))
    })
}
