//! What the browser journeys need: Node, npm packages and a Chromium.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::context::{Context, Failure, Way};
use crate::debian;
use crate::process::{answer, run};
use crate::step::Step;
use crate::version;

const NODE: [u64; 3] = [20, 0, 0];

/// Where Debian's package puts it.
const DEBIAN_CHROMIUM: &str = "/usr/bin/chromium";

const CHROMIUM_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
];

const MACOS_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

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

/// The npm packages of the journeys, among them wasm-opt.
pub fn npm_step() -> Step {
    Step::new(
        "Installing the npm packages of tests/e2e",
        "half a minute, once",
        packages_match,
        |context| {
            need_node(context)?;
            run(context.npm_command("npm").arg("ci"))?;
            fs::copy(lock(context), installed_lock(context))
                .map(|_| ())
                .map_err(|error| Failure::because(format!("cannot note what npm installed: {error}")))
        },
    )
}

/// A Chromium for the journeys.
pub fn chromium_step(way: Way) -> Step {
    match way {
        Way::Debian => Step::new(
            "Installing Chromium from Debian's archive",
            "half a minute, once",
            |context| chosen().is_some() || context.find(DEBIAN_CHROMIUM).is_some(),
            |context| debian::install(context, &["chromium", "fonts-liberation"]),
        ),
        Way::Rustup => Step::new(
            "Installing Chromium for Playwright",
            "a 150 MB download, once",
            |context| chromium(context).is_some() || playwrights_own(context),
            |context| {
                let mut install = context.npm_command("npx");
                run(install.args(["--no", "playwright", "install", "chromium"])).map_err(|failure| match failure {
                    Failure::Interrupted => Failure::Interrupted,
                    Failure::Because(reason) => Failure::because(format!(
                        "{reason}. Install Chromium or Chrome yourself, or name one in YEW_COGNITO_CHROMIUM"
                    )),
                })
            },
        ),
    }
}

/// The browser to drive; `None` leaves it to Playwright's own.
pub fn chromium(context: &Context) -> Option<PathBuf> {
    chosen()
        .or_else(|| CHROMIUM_NAMES.iter().find_map(|name| context.find(name)))
        .or_else(|| Some(PathBuf::from(MACOS_CHROME)).filter(|file| file.is_file()))
}

fn chosen() -> Option<PathBuf> {
    env::var_os("YEW_COGNITO_CHROMIUM")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn playwrights_own(context: &Context) -> bool {
    let script = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    answer(context.npm_command("node").args(["-e", script])).is_some_and(|path| Path::new(&path).is_file())
}

/// npm's own record of what it installed is kept beside the packages, so removing them removes it too.
fn packages_match(context: &Context) -> bool {
    match (fs::read(lock(context)), fs::read(installed_lock(context))) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn lock(context: &Context) -> PathBuf {
    context.e2e().join("package-lock.json")
}

fn installed_lock(context: &Context) -> PathBuf {
    context.e2e().join("node_modules").join(".installed-lock.json")
}
