//! Node and the npm packages of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::context::{Context, Failure};
use crate::process::{answer, run};
use crate::step::Step;
use crate::version;

const NODE: [u64; 3] = [20, 0, 0];

/// Fails unless Node is there and new enough.
pub fn need_node(context: &Context) -> Result<(), Failure> {
    let found = answer(context.command("node").arg("--version"));
    if found.as_deref().and_then(version::parse) >= Some(NODE) {
        return Ok(());
    }
    let found = found.unwrap_or_else(|| "none".to_owned());
    Err(Failure::because(format!(
        "Node 20 or later is needed, found {found}; install it and try again"
    )))
}

/// What the lock file in `folder`, a path from the repository's top, names.
pub fn step(folder: &'static str) -> Step {
    Step::new(
        format!("Installing the npm packages of {folder}"),
        "half a minute, once",
        move |context| packages_match(&context.root.join(folder)),
        move |context| {
            need_node(context)?;
            let folder = context.root.join(folder);
            run(context.npm_command("npm").arg("ci").current_dir(&folder))?;
            fs::copy(lock(&folder), installed_lock(&folder))
                .map(|_| ())
                .map_err(|error| Failure::because(format!("cannot note what npm installed: {error}")))
        },
    )
}

/// npm's own record of what it installed is kept beside the packages, so removing them removes it too.
fn packages_match(folder: &Path) -> bool {
    match (fs::read(lock(folder)), fs::read(installed_lock(folder))) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn lock(folder: &Path) -> PathBuf {
    folder.join("package-lock.json")
}

fn installed_lock(folder: &Path) -> PathBuf {
    folder.join("node_modules").join(".installed-lock.json")
}
