//! The local pool with clients that others wrote, in JavaScript and in Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::context::{Context, Failure, Way};
use crate::debian;
use crate::npm;
use crate::process::{answer, run, tee};
use crate::recording;
use crate::report::{self, Tally};
use crate::step::Step;

const NODE: &str = "local-pool/clients/node";
const PYTHON: &str = "local-pool/clients/python";

/// The packages of both languages.
pub fn steps(way: Way) -> Vec<Step> {
    let mut steps = vec![npm::step(NODE)];
    if way == Way::Debian {
        steps.push(Step::new(
            "Installing Python from Debian's archive",
            "a few seconds, once",
            |context| python(context).is_some(),
            |context| debian::install(context, &["python3", "python3-venv"]),
        ));
    }
    steps.push(Step::new(
        format!("Installing the Python packages of {PYTHON}"),
        "half a minute, once",
        |context| packages_match(&context.root.join(PYTHON)),
        install_packages,
    ));
    steps
}

/// Runs the tests in JavaScript, all or those whose names contain one of the filters.
pub fn node(context: &Context, pool: &Path, filters: &[&str]) -> Result<Tally, Failure> {
    counted(
        context,
        context
            .command("node")
            .current_dir(context.root.join(NODE))
            .arg("run.mjs"),
        pool,
        filters,
    )
}

/// The same in Python.
pub fn python_tests(context: &Context, pool: &Path, filters: &[&str]) -> Result<Tally, Failure> {
    let folder = context.root.join(PYTHON);
    counted(
        context,
        context
            .command(interpreter(&folder))
            .current_dir(&folder)
            .arg("run.py"),
        pool,
        filters,
    )
}

fn counted(
    context: &Context,
    command: &mut Command,
    pool: &Path,
    filters: &[&str],
) -> Result<Tally, Failure> {
    recording::recorded(context, command)?;
    let (status, output) = tee(command.args(filters).env("LOCAL_POOL_BIN", pool))?;
    let counts = report::last_line(&output).unwrap_or_default();
    Ok(counts.or_failed_as_a_whole(status.success()))
}

/// A Python with `venv` and pip.
fn python(context: &Context) -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        let imports = [
            "-c",
            "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))",
        ];
        answer(context.command(name).args(imports)).is_some()
    })
}

fn install_packages(context: &Context) -> Result<(), Failure> {
    let python = python(context).ok_or_else(|| {
        Failure::because("Python 3.10 or later with its module venv is needed; install it and try again")
    })?;
    let folder = context.root.join(PYTHON);
    run(context
        .command(python)
        .args(["-m", "venv", "--clear"])
        .arg(folder.join(".venv")))?;
    run(context
        .command(interpreter(&folder))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "-r",
        ])
        .arg(requirements(&folder)))?;
    fs::copy(requirements(&folder), installed(&folder))
        .map(|_| ())
        .map_err(|error| Failure::because(format!("cannot note what pip installed: {error}")))
}

fn packages_match(folder: &Path) -> bool {
    match (fs::read(requirements(folder)), fs::read(installed(folder))) {
        (Ok(wanted), Ok(installed)) => wanted == installed && interpreter(folder).is_file(),
        _ => false,
    }
}

fn interpreter(folder: &Path) -> PathBuf {
    let program = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    folder.join(".venv").join(program)
}

fn requirements(folder: &Path) -> PathBuf {
    folder.join("requirements.txt")
}

/// Kept in the environment, so removing that removes it too.
fn installed(folder: &Path) -> PathBuf {
    folder.join(".venv").join("installed.txt")
}
