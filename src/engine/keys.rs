use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture, future::Shared};

use super::{AuthError, Event, Service, core::Engine};
use crate::{
    cognito::{CognitoError, ErrorKind},
    token::{Jwks, Verifier},
};

/// A fetch of the pool's keys that several callers can wait for.
pub(super) type KeyFetch = Shared<LocalBoxFuture<'static, Result<Rc<Verifier>, AuthError>>>;

impl Engine {
    /// What verifies tokens: the pool's public keys, fetched once, by whoever asks first.
    pub(super) fn keys(&self) -> KeyFetch {
        let mut state = self.state();
        if let Some(fetch) = &state.keys {
            // A fetch that failed is not kept.
            if fetch.peek().is_none_or(Result::is_ok) {
                return fetch.clone();
            }
        }
        let engine = self.clone();
        let fetch = async move { engine.fetch_keys().await }.boxed_local().shared();
        state.keys = Some(fetch.clone());
        fetch
    }

    /// Drops the keys, so that the next [`Self::keys`] fetches them: the pool may have new ones.
    pub(super) fn forget_keys(&self) {
        self.state().keys = None;
    }

    async fn fetch_keys(&self) -> Result<Rc<Verifier>, AuthError> {
        let fetched = self.client().jwks().await;
        let found = match &fetched {
            Ok(_) => Service::Reachable,
            Err(CognitoError::Status(400 | 404)) => Service::NoSuchPool,
            Err(CognitoError::Service { kind, .. }) if *kind == ErrorKind::ResourceNotFound => {
                Service::NoSuchPool
            }
            Err(_) => Service::Unreachable,
        };
        let keys = match fetched {
            Ok(text) => Jwks::parse(&text).map_err(|error| AuthError::Protocol(error.to_string())),
            Err(error) => Err(error.into()),
        };
        // What is not a key set is some other page: that of a captive portal or a proxy.
        let found = if keys.is_err() && found == Service::Reachable {
            Service::Unreachable
        } else {
            found
        };
        self.tell(&Event::Service(found));
        let config = self.config();
        Ok(Rc::new(Verifier::new(
            config.issuer(),
            config.client_id.as_str(),
            keys?,
        )))
    }
}
