use std::{rc::Rc, time::Duration};

use futures::future::{Either, select};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Backoff, CognitoError, Operation, server_time::ServerTime};
use crate::{
    config::Config,
    ports::{Ports, Reading, Request, Response, UnixMillis},
};

const TIMEOUT: Duration = Duration::from_secs(15);
const ATTEMPTS: u32 = 3;
const BACKOFF: Backoff = Backoff {
    base: Duration::from_millis(400),
    cap: Duration::from_secs(4),
};

/// Sends operations to a user pool's endpoint.
///
/// An operation is tried up to three times where that is safe: if the service declined it unread
/// (throttling), or if it is idempotent and the failure may pass.
#[derive(Clone)]
pub struct Client {
    endpoint: String,
    jwks_url: String,
    ports: Ports,
    server_time: Rc<ServerTime>,
}

impl Client {
    /// A client for the pool that `config` names.
    pub fn new(config: &Config, ports: Ports) -> Self {
        Self {
            endpoint: [config.endpoint.as_str(), "/"].concat(),
            jwks_url: config.jwks_url(),
            ports,
            server_time: Rc::default(),
        }
    }

    /// The service's time as its last answer told it; the device's where none did.
    pub fn server_now(&self) -> UnixMillis {
        self.server_time.at(&Reading::of(self.ports.clock.as_ref()))
    }

    /// Sends `operation` and waits for its answer.
    ///
    /// # Errors
    /// [`CognitoError`], after the attempts that are safe have failed.
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Response, CognitoError> {
        let malformed = CognitoError::Malformed(O::NAME);
        let body = Zeroizing::new(serde_json::to_string(operation).map_err(|_| malformed.clone())?);
        let response = self.post(O::NAME, body, O::IDEMPOTENT).await?;
        // Some operations answer with an empty body where the model has an empty structure.
        let body = if response.body.is_empty() {
            "{}"
        } else {
            &response.body
        };
        parse(body, malformed)
    }

    /// Fetches the pool's public keys (a JWK Set, RFC 7517), as text.
    ///
    /// # Errors
    /// [`CognitoError`]; `Status(400..=499)` if there is no such pool.
    pub async fn jwks(&self) -> Result<String, CognitoError> {
        let request = Request {
            url: self.jwks_url.clone(),
            headers: Vec::new(),
            body: None,
        };
        Ok(self
            .send_with_retries(&request, true)
            .await?
            .body
            .as_str()
            .to_owned())
    }

    /// What is the same for all operations, and so is compiled once.
    async fn post(
        &self,
        operation: &'static str,
        body: Zeroizing<String>,
        idempotent: bool,
    ) -> Result<Response, CognitoError> {
        let request = Request {
            url: self.endpoint.clone(),
            headers: vec![
                ("content-type", "application/x-amz-json-1.1".to_owned()),
                (
                    "x-amz-target",
                    ["AWSCognitoIdentityProviderService.", operation].concat(),
                ),
            ],
            body: Some(body),
        };
        self.send_with_retries(&request, idempotent).await
    }

    pub(crate) async fn send_with_retries(
        &self,
        request: &Request,
        idempotent: bool,
    ) -> Result<Response, CognitoError> {
        let mut attempt = 0;
        loop {
            let error = match self.send(request.clone()).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            // A person waits: a second time-out in a row would be too long.
            let lost = error.is_transient() && error != CognitoError::Timeout;
            let safe = error.is_throttled() || (idempotent && lost);
            if !safe || attempt + 1 == ATTEMPTS {
                return Err(error);
            }
            self.ports.timer.sleep(BACKOFF.delay(attempt, &self.ports)).await;
            attempt += 1;
        }
    }

    /// Posts a form, once: for the endpoints of the pool's domain, whose errors are not those of operations.
    ///
    /// # Errors
    /// [`CognitoError::Unreachable`] or [`CognitoError::Timeout`]; an answer of any status is none.
    pub async fn post_form(&self, url: String, form: Zeroizing<String>) -> Result<Response, CognitoError> {
        let form_type = "application/x-www-form-urlencoded".to_owned();
        self.exchange(Request {
            url,
            headers: vec![("content-type", form_type)],
            body: Some(form),
        })
        .await
    }

    async fn exchange(&self, request: Request) -> Result<Response, CognitoError> {
        let sent = self.ports.transport.send(request);
        match select(sent, self.ports.timer.sleep(TIMEOUT)).await {
            Either::Left((sent, _)) => sent.map_err(|_| CognitoError::Unreachable),
            Either::Right(_) => Err(CognitoError::Timeout),
        }
    }

    async fn send(&self, request: Request) -> Result<Response, CognitoError> {
        let is_operation = request.body.is_some();
        let began = Reading::of(self.ports.clock.as_ref());
        let response = self.exchange(request).await?;
        let answer = match response.status {
            200..=299 => Ok(()),
            _ => Err(CognitoError::from_response(&response)),
        };
        // What can be cached, and what somebody else answers in the service's place, tells nothing of its time.
        if is_operation && matches!(answer, Ok(()) | Err(CognitoError::Service { .. })) {
            self.note_date(&response, began);
        }
        answer.map(|()| response)
    }

    fn note_date(&self, response: &Response, began: Reading) {
        let Some(date) = response.date else { return };
        let received = Reading::of(self.ports.clock.as_ref());
        // The device slept meanwhile, or its clock was set: nobody knows which moment the date is of.
        if received.since(&began) > TIMEOUT {
            self.server_time.forget();
        } else {
            self.server_time.note(date, received);
        }
    }
}

fn parse<T: DeserializeOwned>(body: &str, malformed: CognitoError) -> Result<T, CognitoError> {
    // serde_json's own message may quote the body, which holds tokens.
    serde_json::from_str(body).map_err(|_| malformed)
}
