//! What the local pools of a test run record, and the check of it.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

use crate::context::{Context, Failure};
use crate::process::tee;
use crate::report::{self, Tally};
use crate::test::FEATURES;

/// Where pools record, below the scratch folder.
const FOLDER: &str = "recorded";

fn folder(context: &Context) -> Result<PathBuf, Failure> {
    Ok(context.scratch()?.join(FOLDER))
}

/// Forgets what the last run recorded.
pub fn clear(context: &Context) -> Result<(), Failure> {
    let folder = folder(context)?;
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::because(format!(
            "cannot empty {}: {error}",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

/// Lets every pool that the command starts, however indirectly, record its exchanges.
pub fn recorded(context: &Context, command: &mut Command) -> Result<(), Failure> {
    command.env("LOCAL_POOL_RECORD", folder(context)?);
    Ok(())
}

/// Whether any pool has recorded anything.
pub fn is_empty(context: &Context) -> Result<bool, Failure> {
    Ok(!folder(context)?.exists())
}

/// Holds every recorded exchange against the service model.
pub fn check(context: &Context) -> Result<Tally, Failure> {
    let mut check = context.command("cargo");
    // With the whole workspace and the same features the build is that of the Rust tests.
    check
        .args(["test", "--quiet", "--locked", "--workspace", "--test", "recorded"])
        .args(["--features", FEATURES])
        .args(["--", "--ignored", "--nocapture"])
        .env("YEW_COGNITO_RECORDING", folder(context)?);
    let (status, output) = tee(&mut check)?;
    Ok(report::libtest(&output).or_failed_as_a_whole(status.success()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_where_to_record() {
        let context = Context::new().unwrap();
        let mut command = context.command("true");
        recorded(&context, &mut command).unwrap();
        let folder = folder(&context).unwrap();
        assert!(
            command
                .get_envs()
                .any(|(name, value)| name == "LOCAL_POOL_RECORD" && value == Some(folder.as_os_str()))
        );
    }
}
