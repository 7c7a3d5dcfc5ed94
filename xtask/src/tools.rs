//! Trunk, wasm-bindgen and cargo-deny, each at a version that fits the repository.

use std::fs;

use crate::context::{Context, Failure, Way};
use crate::process::{answer, run};
use crate::step::Step;
use crate::version;

const TRUNK: &str = "0.21.14";
const CARGO_DENY: &str = "0.20.2";

/// Tools are built once and used a few times: not the slow optimisations of their own profiles.
const FAST_BUILD: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// Trunk and, where Trunk cannot download it, the matching wasm-bindgen.
pub fn trunk_steps(context: &Context) -> Result<Vec<Step>, Failure> {
    let mut steps = vec![Step::new(
        format!("Installing trunk {TRUNK}"),
        "5 to 10 minutes, once",
        |context| is_at_least(context, "trunk", &["--version"], TRUNK),
        |context| {
            let mut install = cargo_install(context, "trunk", TRUNK);
            install.arg("--locked");
            if context.way == Way::Debian {
                // All that the default features add is downloading.
                install.arg("--no-default-features");
            }
            run(&mut install)
        },
    )];
    if context.way == Way::Debian {
        steps.push(wasm_bindgen(context)?);
    }
    Ok(steps)
}

fn wasm_bindgen(context: &Context) -> Result<Step, Failure> {
    let lock = context.root.join("Cargo.lock");
    let wanted = fs::read_to_string(&lock)
        .ok()
        .and_then(|text| version::locked(&text, "wasm-bindgen").map(str::to_owned))
        .ok_or_else(|| {
            Failure::because(format!("{} does not name wasm-bindgen's version", lock.display()))
        })?;
    let title = format!("Installing wasm-bindgen {wanted}");
    let check = wanted.clone();
    Ok(Step::new(
        title,
        "3 to 5 minutes, once",
        // The command and the crate have to be of the very same version.
        move |context| {
            answer(context.command("wasm-bindgen").arg("--version"))
                .is_some_and(|text| version::parse(&text) == version::parse(&check))
        },
        // Not --locked: its lock file names a crate version that was withdrawn.
        move |context| run(&mut cargo_install(context, "wasm-bindgen-cli", &wanted)),
    ))
}

/// cargo-deny.
pub fn cargo_deny_step() -> Step {
    Step::new(
        format!("Installing cargo-deny {CARGO_DENY}"),
        "4 to 8 minutes, once",
        |context| is_at_least(context, "cargo-deny", &["--version"], CARGO_DENY),
        |context| run(cargo_install(context, "cargo-deny", CARGO_DENY).arg("--locked")),
    )
}

fn is_at_least(context: &Context, program: &str, arguments: &[&str], wanted: &str) -> bool {
    answer(context.command(program).args(arguments)).and_then(|text| version::parse(&text))
        >= version::parse(wanted)
}

fn cargo_install(context: &Context, package: &str, version: &str) -> std::process::Command {
    let mut command = context.command("cargo");
    // --force replaces another version of the same tool.
    command
        .args(["install", package, "--version", version, "--force"])
        .envs(FAST_BUILD);
    command
}
