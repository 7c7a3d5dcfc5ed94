//! Rust with its WebAssembly target from Debian's archive, for machines that reach package archives only.
//!
//! Debian ships rustc-web without a std for the target, but with std's sources and all that they depend
//! on, so std is built here once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::context::{Context, Failure};
use crate::process::{answer, run};
use crate::step::Step;
use crate::toolchain::{TARGET, builds_for_the_browser};

/// The name that rustup knows Debian's toolchain by.
pub const TOOLCHAIN: &str = "debian";

/// Debian's compiler.
pub const RUSTC: &str = "/usr/bin/rustc";

const CARGO: &str = "/usr/bin/cargo";

const PACKAGES: [&str; 7] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
    "rust-web-clippy",
    "rustfmt-web",
];

/// The sources of std's dependencies, as rust-web-src installs them.
const VENDORED: &str = "/usr/lib/rustlib/src/rust/library/vendor";

const MANIFEST: &str = r#"[package]
name = "std-for-the-browser"
version = "0.0.0"
edition = "2024"

[workspace]

[profile.release]
codegen-units = 1
debug = 0
panic = "abort"
"#;

/// Debian's compiler, std for the browser, and both made known to rustup.
pub fn steps() -> Vec<Step> {
    vec![
        Step::new(
            "Installing Rust from Debian's archive",
            "about 1 minute, once",
            |_| installed(&PACKAGES),
            |context| install(context, &PACKAGES),
        ),
        Step::new(
            "Telling rustup of Debian's Rust",
            "at once",
            is_linked,
            |context| run(rustup(context).args(["toolchain", "link", TOOLCHAIN, "/usr"])),
        ),
        Step::new(
            format!("Building std for {TARGET}"),
            "1 to 2 minutes, once",
            builds_for_the_browser,
            build_std,
        ),
        Step::new(
            "Choosing Debian's Rust in this folder, so that plain `trunk serve` works (`rustup override unset` undoes it)",
            "at once",
            is_chosen,
            |context| run(rustup(context).args(["override", "set", TOOLCHAIN])),
        ),
    ]
}

/// Whether all these packages are installed.
pub fn installed(packages: &[&str]) -> bool {
    packages.iter().all(|package| {
        answer(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]))
            .is_some_and(|status| status.ends_with("ok installed"))
    })
}

/// Installs packages with apt-get.
pub fn install(context: &Context, packages: &[&str]) -> Result<(), Failure> {
    if context.find("apt-get").is_none() {
        return Err(Failure::because(
            "YEW_COGNITO_TOOLCHAIN=debian installs packages with apt-get, which this machine does not have; \
             unset the variable",
        ));
    }
    let by_hand = |failure| match failure {
        Failure::Interrupted => Failure::Interrupted,
        Failure::Because(reason) => Failure::because(format!(
            "{reason}. Try it by hand: apt-get install {}",
            packages.join(" ")
        )),
    };
    let wait = "DPkg::Lock::Timeout=300";
    run(as_root(context, "apt-get").args(["-o", wait, "-qq", "update"])).map_err(by_hand)?;
    run(as_root(context, "apt-get")
        .args([
            "-o",
            wait,
            "-o",
            "Dpkg::Use-Pty=0",
            "-qq",
            "install",
            "-y",
            "--no-install-recommends",
        ])
        .args(packages))
    .map_err(by_hand)
}

fn as_root(context: &Context, program: &str) -> Command {
    let is_root = answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if is_root {
        let mut command = context.command(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return command;
    }
    let mut command = context.command("sudo");
    command.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", program]);
    command
}

/// rustup without a toolchain forced upon it: the one that is forced may not exist yet.
fn rustup(context: &Context) -> Command {
    let mut command = context.command("rustup");
    command.env_remove("RUSTUP_TOOLCHAIN");
    command
}

fn is_linked(context: &Context) -> bool {
    !context.has_rustup
        || answer(rustup(context).args(["run", TOOLCHAIN, "rustc", "--print", "sysroot"]))
            .is_some_and(|sysroot| same_file(&sysroot, "/usr"))
}

fn is_chosen(context: &Context) -> bool {
    !context.has_rustup
        || answer(rustup(context).args(["show", "active-toolchain"]))
            .is_some_and(|toolchain| toolchain.split_whitespace().next() == Some(TOOLCHAIN))
}

fn same_file(one: &str, other: &str) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn build_std(context: &Context) -> Result<(), Failure> {
    // Outside the repository, whose own Cargo configuration is not for this.
    let folder = std::env::temp_dir().join(format!("std-for-the-browser-{}", std::process::id()));
    let built = compile_std(context, &folder).and_then(|rlibs| install_std(context, &folder, &rlibs));
    // What cannot be removed is left to the system's own cleaning of temporary files.
    let _ = fs::remove_dir_all(&folder);
    built
}

fn compile_std(context: &Context, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        file.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&file, text))
            .map_err(|error| Failure::because(format!("cannot write {}: {error}", file.display())))
    };
    write("Cargo.toml", MANIFEST)?;
    write("src/lib.rs", "")?;
    // Without this Cargo looks for std's dependencies in the registry, where it may not reach them.
    write(
        ".cargo/config.toml",
        &format!(
            "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"{VENDORED}\"\n"
        ),
    )?;
    run(context
        .command(CARGO)
        .current_dir(folder)
        .env("PATH", "/usr/bin:/bin")
        .env("RUSTC", RUSTC)
        // -Z build-std is unstable; nothing but this one build uses it.
        .env("RUSTC_BOOTSTRAP", "1")
        // Bitcode is what link-time optimisation reads.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["build", "--quiet", "--release", "--offline", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,proc_macro,test"]))?;
    let output = folder.join("target").join(TARGET).join("release/deps");
    let rlibs = fs::read_dir(&output)
        .map_err(|error| Failure::because(format!("cannot read {}: {error}", output.display())))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.extension().is_some_and(|extension| extension == "rlib"))
        .filter(|file| !file.to_string_lossy().contains("libstd_for_the_browser"))
        .collect();
    Ok(rlibs)
}

fn install_std(context: &Context, folder: &Path, rlibs: &[PathBuf]) -> Result<(), Failure> {
    let sysroot = answer(
        context
            .command(RUSTC)
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(["--print", "sysroot"]),
    )
    .ok_or_else(|| Failure::because(format!("{RUSTC} does not say where it is installed")))?;
    let target = Path::new(&sysroot).join("lib/rustlib").join(TARGET);
    let fresh = folder.join("install").join("lib");
    fs::create_dir_all(&fresh)
        .map_err(|error| Failure::because(format!("cannot make {}: {error}", fresh.display())))?;
    for rlib in rlibs {
        let copied = rlib
            .file_name()
            .map_or(Ok(0), |name| fs::copy(rlib, fresh.join(name)));
        copied.map_err(|error| Failure::because(format!("cannot copy {}: {error}", rlib.display())))?;
    }
    run(as_root(context, "rm").arg("-rf").arg(&target))?;
    run(as_root(context, "cp")
        .arg("-rT")
        .arg(folder.join("install"))
        .arg(&target))
}
