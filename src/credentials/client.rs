use zeroize::Zeroizing;

use super::{Logins, Operation};
use crate::{
    cognito::{self, CognitoError},
    config::{Config, IdentityPool},
    ports::Request,
    token::IdToken,
};

/// Sends operations to an identity pool's endpoint.
pub struct Client {
    endpoint: String,
    provider: String,
    sender: cognito::Client,
}

impl Client {
    /// A client for `pool`, where people are known by the user pool that `config` names. `sender` lends its time
    /// limit and its patience.
    pub fn new(pool: &IdentityPool, config: &Config, sender: cognito::Client) -> Self {
        let region = &config.region;
        Self {
            endpoint: [pool.endpoint.as_str(), "/"].concat(),
            provider: [
                "cognito-idp.",
                region.as_str(),
                ".",
                region.dns_suffix(),
                "/",
                config.user_pool_id.as_str(),
            ]
            .concat(),
            sender,
        }
    }

    /// What shows who it is whose ID token this is.
    pub fn logins(&self, token: &IdToken) -> Logins {
        Logins {
            provider: self.provider.clone(),
            token: token.clone(),
        }
    }

    /// Sends `operation` and waits for its answer.
    ///
    /// # Errors
    /// [`CognitoError`], after the attempts that are safe have failed.
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Response, CognitoError> {
        let malformed = CognitoError::Malformed(O::NAME);
        let body = serde_json::to_string(operation).map_err(|_| malformed.clone())?;
        let request = Request {
            url: self.endpoint.clone(),
            headers: vec![
                ("content-type", "application/x-amz-json-1.1".to_owned()),
                ("x-amz-target", ["AWSCognitoIdentityService.", O::NAME].concat()),
            ],
            body: Some(Zeroizing::new(body)),
        };
        let response = self
            .sender
            .send_with_retries(&request, operation.is_idempotent())
            .await?;
        // serde_json's own message may quote the body, which holds keys.
        serde_json::from_str(&response.body).map_err(|_| malformed)
    }
}
