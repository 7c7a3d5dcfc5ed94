//! What a server begins with: the pools of its data file, or those of its seed.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::app;
use crate::data::{Contents, DataFile};
use crate::pool::Pool;
use crate::seed::Seed;
use crate::server::{Options, StartError};
use crate::shared::Shared;
use crate::world::World;

/// What a server begins with, and what it goes back to.
pub(crate) struct Beginning {
    pub(crate) seed: Seed,
    random_seed: Option<u64>,
    freeze_at: Option<i64>,
    /// Where the pools are kept, if they are.
    pub(crate) data: Option<DataFile>,
    /// The pools as they were left, where they were kept.
    pub(crate) kept: Option<World>,
}

impl Beginning {
    /// The seed's pools at `origin`.
    pub(crate) fn seeded(&self, origin: &str) -> World {
        let shared = self.shared();
        let pools = self.seed.pools(origin, &shared);
        let fingerprint = self.seed.fingerprint.clone();
        World::of(pools, self.seed.identity_pools(), fingerprint, origin, shared)
    }

    /// The pools as they were left; identity pools are always the seed's.
    fn restored(&self, contents: Contents, origin: &str) -> World {
        let shared = self.shared();
        let pools = contents.pools.into_iter();
        let pools = pools.map(|kept| Pool::restored(kept, origin, &shared)).collect();
        World::of(pools, self.seed.identity_pools(), contents.seed, origin, shared)
    }

    fn shared(&self) -> Arc<Shared> {
        let shared = Shared::new(self.random_seed);
        if let Some(now) = self.freeze_at {
            shared.clock.freeze(now);
        }
        shared
    }
}

/// The beginning that the options ask for, and the words for it.
///
/// # Errors
/// If the seed or data file cannot be used.
pub(crate) fn of(options: &Options, port: u16) -> Result<(Beginning, String), StartError> {
    let seed = match &options.seed {
        Some(path) => Seed::read(path)?,
        None => Seed::built_in()?,
    };
    let data = options.data.as_deref().map(DataFile::open).transpose()?;
    let contents = match &data {
        Some(data) => data.read()?,
        None => None,
    };
    let mut beginning = Beginning {
        seed,
        random_seed: options.random_seed,
        freeze_at: options.freeze_at,
        data,
        kept: None,
    };
    let Some(contents) = contents else {
        let introduction = beginning.seed.introduction();
        return Ok((beginning, introduction));
    };
    let introduction = introduction(&beginning, &contents);
    beginning.kept = Some(beginning.restored(contents, &app::origin(port)));
    Ok((beginning, introduction))
}

fn introduction(beginning: &Beginning, contents: &Contents) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    for kept in &contents.pools {
        let _ = writeln!(text, "Pool id    {}", kept.id);
        for id in kept.clients.keys() {
            let _ = writeln!(text, "Client id  {id}");
        }
        let _ = writeln!(text, "Users      {}", kept.users.len());
    }
    text.push_str(&beginning.seed.identity_introduction());
    if let Some(data) = &beginning.data {
        let _ = writeln!(text, "Data       {}", data.path().display());
    }
    if contents.seed != beginning.seed.fingerprint {
        let note = "the data file began with another seed than this; a reset takes this one";
        let _ = writeln!(text, "Note       {note}");
    }
    text
}
