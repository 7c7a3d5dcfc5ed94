//! The app client's settings.

use serde::{Deserialize, Serialize};

use crate::protocol::{ApiError, not_authorized};
use crate::seed;

/// Whether unknown users are told from known ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum PreventUserExistenceErrors {
    Enabled,
    Legacy,
}

/// Refresh token rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rotation {
    pub(crate) enabled: bool,
    /// 0 to 60: how long a rotated token still works.
    #[serde(default)]
    pub(crate) retry_grace_period_seconds: i64,
}

/// The flows an app client can allow.
pub(crate) const AUTH_FLOWS: [&str; 6] = [
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
];

/// The settings of the one app client.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Client {
    pub(crate) access_token_validity_seconds: i64,
    pub(crate) id_token_validity_seconds: i64,
    pub(crate) refresh_token_validity_seconds: i64,
    pub(crate) refresh_token_rotation: Rotation,
    pub(crate) prevent_user_existence_errors: PreventUserExistenceErrors,
    pub(crate) explicit_auth_flows: Vec<String>,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            access_token_validity_seconds: 3600,
            id_token_validity_seconds: 3600,
            refresh_token_validity_seconds: 30 * 86_400,
            refresh_token_rotation: Rotation {
                enabled: false,
                retry_grace_period_seconds: 0,
            },
            prevent_user_existence_errors: PreventUserExistenceErrors::Enabled,
            explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
                .map(str::to_owned)
                .into(),
        }
    }
}

impl Client {
    /// Whether `flow` (an `ALLOW_...` name) is among ExplicitAuthFlows.
    pub(crate) fn allows(&self, flow: &str) -> bool {
        self.explicit_auth_flows.iter().any(|allowed| allowed == flow)
    }

    /// Whether the existence of users is hidden.
    pub(crate) fn hides_users(&self) -> bool {
        self.prevent_user_existence_errors == PreventUserExistenceErrors::Enabled
    }
}

/// Passes the pool's one client id, without a secret.
///
/// # Errors
/// `ResourceNotFoundException` for another id; `NotAuthorizedException` if a secret's hash came with it.
pub(crate) fn check_id(client_id: &str, secret_hash: &str) -> Result<(), ApiError> {
    if client_id != seed::CLIENT_ID {
        let message = format!("User pool client {client_id} does not exist.");
        return Err(ApiError {
            reason: Some("no such client".to_owned()),
            ..ApiError::new("ResourceNotFoundException", message)
        });
    }
    if secret_hash.is_empty() {
        Ok(())
    } else {
        Err(not_authorized(&format!(
            "Unable to verify secret hash for client {client_id}"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pools_own_client_is_known() {
        assert_eq!(check_id(seed::CLIENT_ID, ""), Ok(()));
        assert_eq!(
            check_id(seed::CLIENT_ID, "aGFzaA==").unwrap_err().kind,
            "NotAuthorizedException"
        );
        let unknown = check_id("other", "").unwrap_err();
        assert_eq!(unknown.kind, "ResourceNotFoundException");
        assert_eq!(unknown.message, "User pool client other does not exist.");
    }

    #[test]
    fn passwords_do_not_travel_unless_the_client_says_so() {
        let client = Client::default();
        assert!(client.allows("ALLOW_USER_SRP_AUTH") && !client.allows("ALLOW_USER_PASSWORD_AUTH"));
    }
}
