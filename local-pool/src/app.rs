//! What every request handler shares.

use std::io::Write as _;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::beginning::Beginning;
use crate::data::{self, DataError};
use crate::log::Log;
use crate::recording::Recording;
use crate::seed::Seed;
use crate::world::World;

/// How long changes are gathered before they are written to the data file.
const GATHERED: Duration = Duration::from_millis(500);

/// The pools behind their lock.
#[derive(Clone)]
pub(crate) struct App {
    world: Arc<Mutex<World>>,
    changes: Arc<watch::Sender<()>>,
    beginning: Arc<Beginning>,
    /// Where the server listens.
    pub(crate) port: u16,
    log: Option<Log>,
    /// Where exchanges are recorded, if they are.
    pub(crate) recording: Option<Arc<Recording>>,
}

/// Everything, for as long as nobody else needs it. Letting go of it tells the watchers if it may have changed.
pub(crate) struct Locked<'a> {
    world: MutexGuard<'a, World>,
    changes: &'a watch::Sender<()>,
    changed: bool,
}

impl Deref for Locked<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut World {
        self.changed = true;
        &mut self.world
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        if self.changed {
            self.changes.send_replace(());
        }
    }
}

impl App {
    /// The pools of the beginning.
    pub(crate) fn new(mut beginning: Beginning, port: u16, log: bool) -> Self {
        let origin = origin(port);
        let world = beginning.kept.take().unwrap_or_else(|| beginning.seeded(&origin));
        Self {
            world: Arc::new(Mutex::new(world)),
            changes: Arc::new(watch::Sender::new(())),
            beginning: Arc::new(beginning),
            port,
            log: log.then(|| Log::to(std::io::stdout())),
            recording: Recording::wanted().map(Arc::new),
        }
    }

    /// Everything, for as long as nobody else needs it.
    pub(crate) fn world(&self) -> Locked<'_> {
        Locked {
            world: self.world.lock().unwrap_or_else(PoisonError::into_inner),
            changes: &self.changes,
            changed: false,
        }
    }

    /// Tells of each time that somebody had the world to change it.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// What the pools go back to.
    pub(crate) fn seed(&self) -> &Seed {
        &self.beginning.seed
    }

    /// Puts everything back to the seed: users, settings, clock, mail, sessions, tokens and keys.
    pub(crate) fn reset(&self) {
        let seeded = self.beginning.seeded(&origin(self.port));
        *self.world() = seeded;
    }

    /// Writes the data file, if there is one.
    pub(crate) fn save(&self) -> Result<(), DataError> {
        let Some(file) = &self.beginning.data else {
            return Ok(());
        };
        let keys: Vec<_> = self
            .world()
            .pools
            .values()
            .map(|pool| pool.kept.keys.clone())
            .collect();
        // A key that is still to be made takes a moment, which nobody else has to wait for.
        keys.iter().for_each(|keys| drop(keys.jwks()));
        file.write(|| {
            let world = self.world();
            data::text(&world.seed, world.pools.values().map(|pool| &pool.kept))
        })
    }

    /// Writes the data file some time after each change, for as long as this is waited for.
    pub(crate) async fn keep_saving(&self) {
        if self.beginning.data.is_none() {
            return std::future::pending().await;
        }
        let mut changes = self.changes();
        // A new data file is written even if nothing happens.
        changes.mark_changed();
        while changes.changed().await.is_ok() {
            tokio::time::sleep(GATHERED).await;
            let app = self.clone();
            let saved = tokio::task::spawn_blocking(move || app.save()).await;
            if let Ok(Err(error)) = saved {
                warn(&error);
            }
        }
    }

    /// Prints a line of the log, if there is to be one.
    pub(crate) fn print(&self, line: &str) {
        if let Some(log) = &self.log {
            log.line(line.to_owned());
        }
    }

    /// Waits a moment for the lines of the log to be printed.
    pub(crate) fn end_log(&self) {
        if let Some(log) = &self.log {
            log.flush();
        }
    }
}

/// Tells people on standard error what went wrong while nobody else could be told.
pub(crate) fn warn(error: &DataError) {
    // There is nowhere else to say it.
    let _ = writeln!(std::io::stderr(), "local-pool: {error}");
}

/// Scheme, host and port of a server at `port`.
pub(crate) fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beginning;
    use crate::server::Options;

    #[test]
    fn who_changes_the_world_tells_of_it_and_who_reads_does_not() {
        let (beginning, _) = beginning::of(&Options::default(), 9229).unwrap();
        let app = App::new(beginning, 9229, false);
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
