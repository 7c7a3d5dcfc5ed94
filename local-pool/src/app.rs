//! What every request handler shares.

use std::io::Write as _;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::recording::Recording;
use crate::world::World;

/// The pools behind their lock.
#[derive(Clone)]
pub(crate) struct App {
    world: Arc<Mutex<World>>,
    changes: Arc<watch::Sender<()>>,
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
            changes: Arc::new(watch::Sender::new(())),
            port,
            log,
            recording: Recording::wanted().map(Arc::new),
        }
    }

    /// Everything, for as long as nobody else needs it.
    pub(crate) fn world(&self) -> Held<'_> {
        Held {
            world: self.world.lock().unwrap_or_else(PoisonError::into_inner),
            changes: &self.changes,
            changed: false,
        }
    }

    /// Tells of each time that somebody had the world to change it.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
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

/// The world in one's hands; letting go of it tells the watchers if it may have changed.
pub(crate) struct Held<'a> {
    world: MutexGuard<'a, World>,
    changes: &'a watch::Sender<()>,
    changed: bool,
}

impl Deref for Held<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut World {
        self.changed = true;
        &mut self.world
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if self.changed {
            self.changes.send_replace(());
        }
    }
}

/// Scheme, host and port of a server at `port`.
pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changes_the_world_tells_of_it_and_who_reads_does_not() {
        let app = App::new(9229, false);
        let mut changes = app.changes();
        assert_eq!(app.world().origin, "http://127.0.0.1:9229");
        assert!(!changes.has_changed().unwrap());
        app.world().pools.clear();
        assert!(changes.has_changed().unwrap());
        changes.mark_unchanged();
        app.reset();
        assert!(changes.has_changed().unwrap());
    }
}
