//! What pools begin with, and return to on reset.

mod base32;
pub(crate) mod check;
mod file;
mod pools;
mod problems;
mod source;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use self::file::File;
use self::source::{Format, Source};
use crate::identity::IdentityPool;
use crate::pool::Pool;
use crate::random;
use crate::shared::Shared;
use crate::signing::KeyRing;

/// The built-in seed's user pool.
pub const POOL_ID: &str = "us-east-1_LocalPool";

/// The built-in seed's one app client, which has no secret.
pub const CLIENT_ID: &str = "localspaclient000000000001";

/// The built-in seed's identity pool, which takes ID tokens of that client's.
pub const IDENTITY_POOL_ID: &str = "us-east-1:10ca1000-0000-4000-8000-000000009229";

/// A user of the built-in seed.
#[derive(Clone, Copy, Debug)]
pub struct SeededUser {
    /// The e-mail address to sign in with.
    pub email: &'static str,
    /// The password; a temporary one where `note` says so.
    pub password: &'static str,
    /// What is particular about this user, for people.
    pub note: &'static str,
}

/// The users of the built-in seed.
pub const USERS: [SeededUser; 3] = [
    SeededUser {
        email: "user@example.com",
        password: "Sunflower-42!",
        note: "confirmed",
    },
    SeededUser {
        email: "admin@example.com",
        password: "Sunflower-42!",
        note: "confirmed, in group admins",
    },
    SeededUser {
        email: "new@example.com",
        password: "Temporary-42!",
        note: "invited: the password is temporary and has to be changed",
    },
];

/// Why a seed file cannot be used: every problem on a line of its own, with the file, line, column and field.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SeedError(String);

/// A seed that pools can be made of.
pub(crate) struct Seed {
    file: File,
    /// SHA-256 of the text, in hex.
    pub(crate) fingerprint: String,
}

impl Seed {
    /// The seed without a file.
    ///
    /// # Errors
    /// None: a test reads it.
    pub(crate) fn built_in() -> Result<Self, SeedError> {
        Self::of(&Source {
            name: "built_in.toml",
            text: include_str!("built_in.toml"),
            format: Format::Toml,
        })
    }

    /// The seed in a file: JSON if its name ends so, otherwise TOML.
    ///
    /// # Errors
    /// If it cannot be read, or says what a pool cannot be.
    pub(crate) fn read(path: &Path) -> Result<Self, SeedError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| SeedError(format!("{name}: {error}")))?;
        let is_json = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        Self::of(&Source {
            name: &name,
            text: &text,
            format: if is_json { Format::Json } else { Format::Toml },
        })
    }

    fn of(source: &Source<'_>) -> Result<Self, SeedError> {
        let file = source.parse().map_err(SeedError)?;
        let problems = problems::of(&file);
        if problems.is_empty() {
            return Ok(Self {
                file,
                fingerprint: random::hex(&Sha256::digest(source.text)),
            });
        }
        let lines = problems
            .iter()
            .map(|problem| source.about(&problem.steps, &problem.message));
        Err(SeedError(lines.collect::<Vec<_>>().join("\n")))
    }

    /// New pools at `origin`.
    pub(crate) fn pools(&self, origin: &str, shared: &Arc<Shared>) -> Vec<Pool> {
        let pools = self.file.pools.iter();
        let mut pools: Vec<Pool> = pools.map(|pool| pools::pool(pool, origin, shared)).collect();
        if let Some(first) = pools.first_mut().filter(|_| !shared.random.is_seeded) {
            first.kept.keys = KeyRing::of_process();
        }
        pools
    }

    /// New identity pools.
    pub(crate) fn identity_pools(&self) -> Vec<IdentityPool> {
        let pools = self.file.identity_pools.iter().cloned();
        pools.map(IdentityPool::new).collect()
    }

    /// The users that the pool of that id begins with.
    pub(crate) fn users(&self, pool: &str) -> &[file::User] {
        let found = self.file.pools.iter().find(|known| known.id == pool);
        found.map_or(&[], |found| &found.users)
    }

    /// Pools, clients and users with their passwords, for the terminal of whoever starts the server.
    pub(crate) fn introduction(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        for pool in &self.file.pools {
            let _ = writeln!(text, "Pool id    {}", pool.id);
            for client in &pool.clients {
                let _ = writeln!(text, "Client id  {}", client.id);
            }
            for user in &pool.users {
                let password = user.any_password().unwrap_or("without a password");
                let _ = match user.words() {
                    "" => writeln!(text, "User       {}  {password}", user.name),
                    note => writeln!(text, "User       {}  {password}  ({note})", user.name),
                };
            }
        }
        text + &self.identity_introduction()
    }

    /// The identity pools, a line each.
    pub(crate) fn identity_introduction(&self) -> String {
        let pools = self.file.identity_pools.iter();
        pools.map(|pool| format!("Identities {}\n", pool.id)).collect()
    }
}

#[cfg(test)]
mod tests;
