//! What every request handler shares.

use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::recording::Recording;
use crate::world::World;

/// The pools behind their lock.
#[derive(Clone)]
pub(crate) struct App {
    world: Arc<Mutex<World>>,
    /// Where the server listens.
    pub(crate) port: u16,
    log: bool,
    /// Where exchanges are recorded, if they are.
    pub(crate) recording: Option<Arc<Recording>>,
}

impl App {
    /// Freshly seeded pools.
    pub(crate) fn new(port: u16, log: bool) -> Self {
        Self {
            world: Arc::new(Mutex::new(World::new(&origin(port), None))),
            port,
            log,
            recording: Recording::wanted().map(Arc::new),
        }
    }

    /// Everything, for as long as nobody else needs it.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts everything back to the seed: users, settings, clock, mail, sessions, tokens and keys.
    pub(crate) fn reset(&self) {
        let seeded = World::new(&origin(self.port), None);
        *self.world() = seeded;
    }

    /// Prints a line of the log, if there is to be one.
    pub(crate) fn print(&self, line: &str) {
        if self.log {
            // A closed standard output is no reason to stop serving.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }
}

/// Scheme, host and port of a server at `port`.
pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}
