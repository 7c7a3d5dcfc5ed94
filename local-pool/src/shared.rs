//! What all pools of a server have in common.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::mailbox::Mailbox;
use crate::random::Random;

/// Clock, randomness and mailbox: each pool holds them by reference.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    mailbox: Mutex<Mailbox>,
}

impl Shared {
    /// Everything that is random follows from `seed`, if there is one.
    pub(crate) fn new(seed: Option<u64>) -> Arc<Self> {
        Arc::new(Self {
            random: Random::new(seed),
            ..Self::default()
        })
    }

    /// The mailbox, for as long as nobody else needs it.
    pub(crate) fn mailbox(&self) -> MutexGuard<'_, Mailbox> {
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
