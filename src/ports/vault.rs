//! Keeping small secrets on this device.

use std::{cell::RefCell, collections::BTreeMap, fmt};

use futures::{
    FutureExt,
    future::{LocalBoxFuture, ready},
};
use zeroize::Zeroizing;

/// The device keeps nothing: storage is missing, blocked or full, or did not answer in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this device keeps no secrets")]
pub struct VaultUnavailable;

/// Keeps small secrets on this device, from one visit to the next: what Cognito's remembered devices prove
/// themselves by. Tokens do not belong here.
pub trait Vault {
    /// The value last saved under `name`. None if there is none, or none that can be read any more.
    fn load(&self, name: &str) -> LocalBoxFuture<'static, Option<Zeroizing<String>>>;

    /// Keeps `value` under `name`, in place of an earlier one.
    ///
    /// # Errors
    /// [`VaultUnavailable`] if it is not certain that the value will be there on the next visit.
    fn save(
        &self,
        name: &str,
        value: Zeroizing<String>,
    ) -> LocalBoxFuture<'static, Result<(), VaultUnavailable>>;

    /// Forgets what was saved under `name`, where storage lets it.
    fn remove(&self, name: &str) -> LocalBoxFuture<'static, ()>;
}

/// A vault that lasts as long as it is held: for hosts without storage, and for tests.
#[derive(Default)]
pub struct MemoryVault(RefCell<BTreeMap<String, Zeroizing<String>>>);

impl Vault for MemoryVault {
    fn load(&self, name: &str) -> LocalBoxFuture<'static, Option<Zeroizing<String>>> {
        ready(self.0.borrow().get(name).cloned()).boxed_local()
    }

    fn save(
        &self,
        name: &str,
        value: Zeroizing<String>,
    ) -> LocalBoxFuture<'static, Result<(), VaultUnavailable>> {
        self.0.borrow_mut().insert(name.to_owned(), value);
        ready(Ok(())).boxed_local()
    }

    fn remove(&self, name: &str) -> LocalBoxFuture<'static, ()> {
        self.0.borrow_mut().remove(name);
        ready(()).boxed_local()
    }
}

impl fmt::Debug for MemoryVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryVault([redacted])")
    }
}
