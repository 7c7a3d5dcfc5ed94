//! What every request handler shares.

use std::io::Write as _;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::beginning::Beginning;
use crate::data::{self, DataError};
use crate::recording::Recording;
use crate::world::World;

/// How long changes are gathered before they are written to the data file.
const GATHERED: Duration = Duration::from_millis(500);

/// The pools behind their lock.
#[derive(Clone)]
pub(crate) struct App {
    world: Arc<Mutex<World>>,
    /// Whether somebody could have changed something since the last save.
    changed: Arc<Notify>,
    beginning: Arc<Beginning>,
    /// Where the server listens.
    pub(crate) port: u16,
    log: bool,
    /// Where exchanges are recorded, if they are.
    pub(crate) recording: Option<Arc<Recording>>,
}

/// Everything, for as long as nobody else needs it. Who takes it to write leaves a note that it may have changed.
pub(crate) struct Locked<'a> {
    world: MutexGuard<'a, World>,
    changed: &'a Notify,
}

impl Deref for Locked<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut World {
        self.changed.notify_one();
        &mut self.world
    }
}

impl App {
    /// The pools of the beginning.
    pub(crate) fn new(mut beginning: Beginning, port: u16, log: bool) -> Self {
        let changed = Arc::new(Notify::new());
        // A new data file is written even if nothing happens.
        changed.notify_one();
        let origin = origin(port);
        let world = beginning.kept.take().unwrap_or_else(|| beginning.seeded(&origin));
        Self {
            world: Arc::new(Mutex::new(world)),
            changed,
            beginning: Arc::new(beginning),
            port,
            log,
            recording: Recording::wanted().map(Arc::new),
        }
    }

    /// Everything, for as long as nobody else needs it.
    pub(crate) fn world(&self) -> Locked<'_> {
        Locked {
            world: self.world.lock().unwrap_or_else(PoisonError::into_inner),
            changed: &self.changed,
        }
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
        loop {
            self.changed.notified().await;
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
        if self.log {
            // A closed standard output is no reason to stop serving.
            let _ = writeln!(std::io::stdout(), "{line}");
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
