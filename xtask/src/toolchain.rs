//! Rust's WebAssembly target, and rustfmt and clippy.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::context::{Context, Failure, Way};
use crate::debian;
use crate::process::{answer, run, run_within};
use crate::step::Step;

/// The target of everything that runs in the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A program that needs std's rlibs, the linker and, for fat LTO, their bitcode.
const PROBE: &str =
    r#"#[unsafe(no_mangle)] pub extern "C" fn probe(n: u32) -> usize { format!("{n}").len() }"#;

/// A compiler that can build for the browser.
pub fn steps(way: Way) -> Vec<Step> {
    match way {
        Way::Rustup => vec![Step::new(
            format!("Adding Rust's {TARGET} target"),
            "a 25 MB download, once",
            builds_for_the_browser,
            add_target,
        )],
        Way::Debian => debian::steps(),
    }
}

/// rustfmt and clippy.
pub fn component_steps(way: Way) -> Vec<Step> {
    match way {
        Way::Rustup => vec![Step::new(
            "Adding rustfmt and clippy",
            "a small download, once",
            |context| {
                ["fmt", "clippy"]
                    .iter()
                    .all(|tool| answer(context.command("cargo").args([*tool, "--version"])).is_some())
            },
            |context| {
                run(context
                    .command("rustup")
                    .args(["component", "add", "rustfmt", "clippy"]))
            },
        )],
        Way::Debian => Vec::new(),
    }
}

/// Whether the compiler makes a WebAssembly module. Compiling one takes a second, so the compiler that
/// passed is written down, and asked again only if it or its target's folder changed.
pub fn builds_for_the_browser(context: &Context) -> bool {
    let Some(version) = answer(context.command("rustc").arg("-vV")) else {
        return false;
    };
    let Some(sysroot) = answer(context.command("rustc").args(["--print", "sysroot"])) else {
        return false;
    };
    let libraries = Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib");
    let Ok(changed) = fs::metadata(&libraries).and_then(|folder| folder.modified()) else {
        return false;
    };
    let passed = format!("{version}\n{}\n{changed:?}\n", libraries.display());
    let Ok(stamp) = context.scratch().map(|folder| folder.join("browser-target")) else {
        return false;
    };
    if fs::read_to_string(&stamp).is_ok_and(|text| text == passed) {
        return true;
    }
    // A stamp that cannot be written only costs the same second next time.
    links(context).is_some() && fs::write(&stamp, passed).map_or(true, |()| true)
}

fn links(context: &Context) -> Option<PathBuf> {
    let folder = context.scratch().ok()?;
    let (source, module) = (folder.join("probe.rs"), folder.join("probe.wasm"));
    fs::write(&source, PROBE).ok()?;
    answer(
        context
            .command("rustc")
            .args(["--edition", "2024", "--crate-type", "cdylib", "--target", TARGET])
            .args(["-C", "opt-level=1", "-C", "lto=fat", "-o"])
            .args([&module, &source]),
    )?;
    module.is_file().then_some(module)
}

fn add_target(context: &Context) -> Result<(), Failure> {
    if !context.has_rustup {
        return Err(Failure::because(format!(
            "rustc cannot build for {TARGET}, and there is no rustup to add it with. Install Rust with rustup, \
             or add the target in the way of your system{}",
            debian_hint(context)
        )));
    }
    let mut command = context.command("rustup");
    run_within(command.args(["target", "add", TARGET]), Duration::from_secs(300)).map_err(|failure| {
        match failure {
            Failure::Interrupted => Failure::Interrupted,
            Failure::Because(reason) => Failure::because(format!(
                "{reason}. Is the network reachable?{}",
                debian_hint(context)
            )),
        }
    })
}

fn debian_hint(context: &Context) -> &'static str {
    if context.find("apt-get").is_some() {
        ". On a Debian machine that reaches only package archives, set YEW_COGNITO_TOOLCHAIN=debian \
         (see `cargo xtask help`)"
    } else {
        ""
    }
}
