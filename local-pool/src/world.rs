//! All that a server holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::activity::Activity;
use crate::faults::Faults;
use crate::identity::IdentityPool;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::ApiError;
#[cfg(test)]
use crate::seed;
use crate::shared::Shared;

/// The pools, and what the control API sets and reads.
pub(crate) struct World {
    /// Scheme, host and port.
    pub(crate) origin: String,
    pub(crate) shared: Arc<Shared>,
    /// The fingerprint of the seed that the pools began with.
    pub(crate) seed: String,
    /// By id.
    pub(crate) pools: BTreeMap<String, Pool>,
    /// By id.
    pub(crate) identity_pools: BTreeMap<String, IdentityPool>,
    pub(crate) faults: Faults,
    pub(crate) activity: Activity,
}

impl World {
    /// These pools, which share `shared` and began with the seed of that fingerprint, at `origin`.
    pub(crate) fn of(
        pools: Vec<Pool>,
        identity_pools: Vec<IdentityPool>,
        seed: String,
        origin: &str,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            origin: origin.to_owned(),
            shared,
            seed,
            pools: pools
                .into_iter()
                .map(|pool| (pool.kept.id.clone(), pool))
                .collect(),
            identity_pools: identity_pools
                .into_iter()
                .map(|pool| (pool.settings.id.clone(), pool))
                .collect(),
            faults: Faults::default(),
            activity: Activity::default(),
        }
    }

    /// The pools of the built-in seed, at `origin`; what is random follows from `random_seed`, if there is one.
    #[cfg(test)]
    pub(crate) fn new(origin: &str, random_seed: Option<u64>) -> Self {
        let shared = Shared::new(random_seed);
        let seed = seed::Seed::built_in().unwrap();
        let (pools, identity_pools) = (seed.pools(origin, &shared), seed.identity_pools());
        Self::of(pools, identity_pools, seed.fingerprint, origin, shared)
    }

    /// Starts making the pools' keys.
    pub(crate) fn prepare_keys(&self) {
        self.pools.values().for_each(|pool| pool.kept.keys.prepare());
    }

    /// The pool of that id.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn pool_mut(&mut self, id: &str) -> Result<&mut Pool, ApiError> {
        self.pools
            .get_mut(id)
            .ok_or_else(|| not_found(format!("User pool {id} does not exist."), "no such pool"))
    }

    /// The app client of that id, and its pool.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn client_mut(&mut self, id: &str) -> Result<(&mut Pool, Client), ApiError> {
        let found = self
            .pools
            .values_mut()
            .find_map(|pool| pool.kept.clients.get(id).cloned().map(|client| (pool, client)));
        found.ok_or_else(|| not_found(format!("User pool client {id} does not exist."), "no such client"))
    }
}

fn not_found(message: String, reason: &str) -> ApiError {
    ApiError {
        reason: Some(reason.to_owned()),
        ..ApiError::new("ResourceNotFoundException", message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_clients_and_pools_are_found() {
        let mut world = World::new("http://127.0.0.1:1", None);
        assert_eq!(
            world.client_mut(seed::CLIENT_ID).unwrap().0.kept.id,
            seed::POOL_ID
        );
        let unknown = world.client_mut("other").map(|_| ()).unwrap_err();
        assert_eq!(unknown.kind, "ResourceNotFoundException");
        assert_eq!(unknown.message, "User pool client other does not exist.");
        assert!(world.pool_mut("us-east-1_Other").is_err());
    }
}
