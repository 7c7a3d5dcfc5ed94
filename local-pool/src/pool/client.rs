//! App clients: what one may do, and for how long.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use super::contact::Contact;
use super::schema;
use crate::protocol::{ApiError, not_authorized};
use crate::srp;

/// Whether sign-in tells who exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PreventUserExistenceErrors {
    Enabled,
    Legacy,
}

/// `RefreshTokenRotationType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rotation {
    pub(crate) enabled: bool,
    /// How long the token before still works, 0 to 60.
    #[serde(default)]
    pub(crate) retry_grace_period_seconds: i64,
}

/// The names that ExplicitAuthFlows may hold.
pub(crate) const AUTH_FLOWS: [&str; 6] = [
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
];

/// What a client may do at the hosted pages and the token endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OAuth {
    /// Exact redirect URIs.
    pub(crate) callback_urls: Vec<String>,
    pub(crate) logout_urls: Vec<String>,
    /// Of `code`, `implicit`, `client_credentials`; only `code` is served.
    pub(crate) flows: Vec<String>,
    pub(crate) scopes: Vec<String>,
    /// `COGNITO` and names of the pool's identity providers.
    pub(crate) identity_providers: Vec<String>,
}

/// An app client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) name: String,
    /// None for a public client.
    pub(crate) secret: Option<String>,
    pub(crate) access_token_validity_seconds: i64,
    pub(crate) id_token_validity_seconds: i64,
    pub(crate) refresh_token_validity_seconds: i64,
    /// How long a challenge can be answered (AuthSessionValidity: 3 to 15 minutes).
    pub(crate) auth_session_validity_seconds: i64,
    pub(crate) refresh_token_rotation: Rotation,
    pub(crate) enable_token_revocation: bool,
    pub(crate) prevent_user_existence_errors: PreventUserExistenceErrors,
    pub(crate) explicit_auth_flows: Vec<String>,
    /// Names of attributes; none for the standard ones (API reference, CreateUserPoolClient).
    pub(crate) read_attributes: Option<Vec<String>>,
    pub(crate) write_attributes: Option<Vec<String>>,
    pub(crate) oauth: OAuth,
    /// What AWS's operations were given and only tell again, by member.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) described: BTreeMap<String, Value>,
    /// Seconds since the epoch.
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: "App".to_owned(),
            secret: None,
            access_token_validity_seconds: 3600,
            id_token_validity_seconds: 3600,
            refresh_token_validity_seconds: 30 * 86_400,
            auth_session_validity_seconds: 180,
            refresh_token_rotation: Rotation {
                enabled: false,
                retry_grace_period_seconds: 0,
            },
            enable_token_revocation: true,
            prevent_user_existence_errors: PreventUserExistenceErrors::Enabled,
            explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
                .map(str::to_owned)
                .into(),
            read_attributes: None,
            write_attributes: None,
            oauth: OAuth::default(),
            described: BTreeMap::new(),
            created_at: 0,
            modified_at: 0,
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

    /// Whether the client may see an attribute.
    pub(crate) fn can_read(&self, attribute: &str) -> bool {
        let verified = [Contact::Email, Contact::PhoneNumber].map(Contact::verified_attribute);
        match &self.read_attributes {
            Some(names) => names.iter().any(|name| name == attribute),
            None => schema::STANDARD.contains(&attribute) || verified.contains(&attribute),
        }
    }

    /// Whether the client may write an attribute.
    pub(crate) fn can_write(&self, attribute: &str) -> bool {
        match &self.write_attributes {
            Some(names) => names.iter().any(|name| name == attribute),
            None => schema::STANDARD.contains(&attribute),
        }
    }

    /// Passes the hash that a client with a secret has to show for `username` (developer guide, "Computing
    /// secret hash values"), and no hash of a public client's.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Result<(), ApiError> {
        let right = match (&self.secret, hash) {
            (None, None) => true,
            (Some(secret), Some(hash)) => {
                let expected =
                    srp::hmac_sha256(secret.as_bytes(), &[username.as_bytes(), self.id.as_bytes()]);
                STANDARD.encode(expected).as_bytes().ct_eq(hash.as_bytes()).into()
            }
            _ => false,
        };
        let refusal = match (&self.secret, hash) {
            (Some(_), None) => {
                format!(
                    "Client {} is configured with secret but SECRET_HASH was not received",
                    self.id
                )
            }
            _ => format!("Unable to verify secret hash for client {}", self.id),
        };
        if right {
            Ok(())
        } else {
            Err(not_authorized(&refusal))
        }
    }

    /// Passes the secret itself, or none where there is none.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret(&self, given: Option<&str>) -> Result<(), ApiError> {
        let right = match (&self.secret, given) {
            (None, None) => true,
            (Some(secret), Some(given)) => secret.as_bytes().ct_eq(given.as_bytes()).into(),
            _ => false,
        };
        if right {
            Ok(())
        } else {
            Err(not_authorized("Client authentication failed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_do_not_travel_unless_the_client_says_so() {
        let client = Client::default();
        assert!(client.allows("ALLOW_USER_SRP_AUTH") && !client.allows("ALLOW_USER_PASSWORD_AUTH"));
    }

    #[test]
    fn a_secret_has_to_be_proven_and_none_may_be_made_up() {
        let public = Client::default();
        assert_eq!(public.check_secret_hash("ada", None), Ok(()));
        assert!(public.check_secret_hash("ada", Some("aGFzaA==")).is_err());
        assert!(public.check_secret(Some("s")).is_err() && public.check_secret(None).is_ok());

        let confidential = Client {
            id: "1example23456789".to_owned(),
            secret: Some("9example87654321".to_owned()),
            ..Client::default()
        };
        // HMAC-SHA256 of "ada1example23456789" by Python's hmac module.
        let hash = "fpTOR8AQ3z0KlT/a47pe2FFTwCUzHKCxa76hHL42hdA=";
        assert_eq!(confidential.check_secret_hash("ada", Some(hash)), Ok(()));
        assert!(confidential.check_secret_hash("eve", Some(hash)).is_err());
        assert!(confidential.check_secret_hash("ada", None).is_err());
        assert!(confidential.check_secret(Some("9example87654321")).is_ok());
    }

    #[test]
    fn custom_attributes_are_closed_unless_listed() {
        let mut client = Client::default();
        assert!(client.can_read("name") && client.can_read("email_verified") && client.can_write("name"));
        assert!(!client.can_read("custom:plan") && !client.can_write("custom:plan"));
        client.read_attributes = Some(vec!["custom:plan".to_owned()]);
        assert!(client.can_read("custom:plan") && !client.can_read("name"));
        client.write_attributes = Some(vec!["name".to_owned()]);
        assert!(client.can_write("name") && !client.can_write("custom:plan"));
    }
}
