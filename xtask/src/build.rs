//! The release build: the files to upload.

use crate::browser;
use crate::context::{Context, Failure, Way};
use crate::process::run;
use crate::step::{Step, set_up};
use crate::toolchain;
use crate::tools;

/// `cargo xtask build`.
pub fn build(context: &Context) -> Result<(), Failure> {
    set_up(context, &steps(context)?)?;
    release(context)?;
    println!(
        "\nThe files to upload are in {}",
        context.root.join("dist").display()
    );
    Ok(())
}

/// All that a release build needs.
pub fn steps(context: &Context) -> Result<Vec<Step>, Failure> {
    let mut steps = toolchain::steps(context.way);
    steps.extend(tools::trunk_steps(context)?);
    if context.way == Way::Debian {
        // wasm-opt is one of them; elsewhere Trunk downloads it.
        steps.push(browser::npm_step());
    }
    Ok(steps)
}

/// Builds `dist/` with optimisations.
pub fn release(context: &Context) -> Result<(), Failure> {
    run(context.command("trunk").args(["build", "--release", "--locked"]))
}
