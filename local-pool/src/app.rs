//! What every request handler shares.

use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::recording::Recording;
use crate::store::Pool;

/// The pool behind its lock.
#[derive(Clone)]
pub(crate) struct App {
    pool: Arc<Mutex<Pool>>,
    /// Where the server listens.
    pub(crate) port: u16,
    log: bool,
    /// Where exchanges are recorded, if they are.
    pub(crate) recording: Option<Arc<Recording>>,
}

impl App {
    /// A freshly seeded pool.
    pub(crate) fn new(port: u16, log: bool) -> Self {
        Self {
            pool: Arc::new(Mutex::new(Pool::seeded(&origin(port)))),
            port,
            log,
            recording: Recording::wanted().map(Arc::new),
        }
    }

    /// The pool, for as long as nobody else needs it.
    pub(crate) fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the pool back to its seed: users, settings, clock, mail, sessions and tokens.
    pub(crate) fn reset(&self) {
        let seeded = Pool::seeded(&origin(self.port));
        *self.pool() = seeded;
    }

    /// Prints a line of the log, if there is to be one.
    pub(crate) fn print(&self, line: &str) {
        if self.log {
            // A closed standard output is no reason to stop serving.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }
}

/// Scheme, host and port of a pool at `port`.
pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}
