//! What the browser journeys need: npm packages and a Chromium.

use std::env;
use std::path::{Path, PathBuf};

use crate::context::{Context, Failure, Way};
use crate::debian;
use crate::npm;
use crate::process::{answer, run};
use crate::step::Step;

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

/// The npm packages of the journeys, among them wasm-opt.
pub fn npm_step() -> Step {
    npm::step("tests/e2e")
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
