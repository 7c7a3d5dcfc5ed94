use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture, future::Shared};

use super::{AuthError, Event, Service, core::Engine};
use crate::token::{Jwks, Verifier};

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
        let text = match self.client().jwks().await {
            Ok(text) => text,
            Err(error) => {
                let passes = error.is_transient();
                self.tell(&Event::Service(if passes { Service::Unreachable } else { Service::NoSuchPool }));
                return Err(error.into());
            }
        };
        match Jwks::parse(&text) {
            Ok(keys) => {
                self.tell(&Event::Service(Service::Reachable));
                let config = self.config();
                Ok(Rc::new(Verifier::new(config.issuer(), config.client_id.as_str(), keys)))
            }
            Err(error) => {
                self.tell(&Event::Service(Service::NoSuchPool));
                Err(AuthError::Protocol(error.to_string()))
            }
        }
    }
}
