//! The file in which a server's pools outlive a restart.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::pool::Kept;

/// The version of the format. A file of a later one is left alone.
const VERSION: u32 = 1;

/// Why the data file cannot be used. What is in it stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The system refuses.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// Another server uses it.
    #[error("{0} is in use by another local-pool: stop that one, or name another file with --data")]
    InUse(PathBuf),
    /// It is of a later version.
    #[error(
        "{path} was written by a newer local-pool (format {found}, this one reads up to {VERSION}): use that one, \
         or name another file with --data"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// It is no data file, or a damaged one.
    #[error(
        "{path}:{line}:{column}: not a data file of local-pool's, or a damaged one: move it away to begin anew, or name another with --data"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where reading ended.
        line: usize,
        /// Where reading ended.
        column: usize,
    },
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// What a data file says.
#[derive(Deserialize)]
pub(crate) struct Contents {
    /// The fingerprint of the seed that it began with.
    pub(crate) seed: String,
    pub(crate) pools: Vec<Kept>,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    seed: &'a str,
    pools: Vec<&'a Kept>,
}

/// The text of a data file.
///
/// # Errors
/// None that these types can have.
pub(crate) fn text<'a>(seed: &str, pools: impl Iterator<Item = &'a Kept>) -> serde_json::Result<String> {
    serde_json::to_string(&Written {
        version: VERSION,
        seed,
        pools: pools.collect(),
    })
}

/// A data file that nobody else uses for as long as this lives.
pub(crate) struct DataFile {
    path: PathBuf,
    /// Beside the data file, which is replaced at every write.
    _lock: File,
    /// SHA-256 of what was written last.
    written: Mutex<Option<[u8; 32]>>,
}

impl DataFile {
    /// Takes the file for this server; it need not exist yet.
    ///
    /// # Errors
    /// If another server has it, or the system refuses.
    pub(crate) fn open(path: &Path) -> Result<Self, DataError> {
        // The target of a link is what is replaced, and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let lock_path = beside(&path, "lock");
        let failed = |error| DataError::Io(lock_path.clone(), error);
        let lock = private()
            .create(true)
            .truncate(false)
            .open(&lock_path)
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DataError::InUse(path)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        Ok(Self {
            path,
            _lock: lock,
            written: Mutex::default(),
        })
    }

    /// What the file says; none if there is no file yet.
    ///
    /// # Errors
    /// If it cannot be read, is damaged or of a later version.
    pub(crate) fn read(&self) -> Result<Option<Contents>, DataError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
            Err(error) => return Err(self.failed(error)),
        };
        // The words of the error could repeat a secret.
        let damaged = |error: serde_json::Error| DataError::Damaged {
            path: self.path.clone(),
            line: error.line(),
            column: error.column(),
        };
        let Version { version } = serde_json::from_str(&text).map_err(damaged)?;
        if version > VERSION {
            return Err(DataError::Newer {
                path: self.path.clone(),
                found: version,
            });
        }
        serde_json::from_str(&text).map(Some).map_err(damaged)
    }

    /// Replaces the file as a whole by what `text` gives, unless it says that already. One write follows the other,
    /// and each asks for its text when it is its turn, so that no older text comes last.
    ///
    /// # Errors
    /// If the system refuses; the file is then as it was.
    pub(crate) fn write(&self, text: impl FnOnce() -> serde_json::Result<String>) -> Result<(), DataError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text().map_err(|error| self.failed(error.into()))?;
        let hash = Some(Sha256::digest(&text).into());
        if *written != hash {
            self.replace(&text).map_err(|error| self.failed(error))?;
            *written = hash;
        }
        Ok(())
    }

    /// The refusal of the system's.
    pub(crate) fn failed(&self, error: io::Error) -> DataError {
        DataError::Io(self.path.clone(), error)
    }

    /// The file's path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn replace(&self, text: &str) -> io::Result<()> {
        let new = beside(&self.path, "new");
        // One that a crash left behind may be readable for others.
        match fs::remove_file(&new) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private().create_new(true).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        sync_folder(&self.path)
    }
}

/// The path with another extension after its own.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// For files that only their owner reads: they hold keys and secrets of authenticators.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes the new name last, which on Unix is a write to the folder.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
