//! Set-up, development server and tests of this repository: `cargo xtask help`.

mod bench;
mod browser;
mod build;
mod clients;
mod context;
mod debian;
mod http;
mod npm;
mod process;
mod recording;
mod report;
mod serve;
mod size;
mod step;
mod test;
mod toolchain;
mod tools;
mod version;

use std::process::ExitCode;

use context::{Context, Failure};

const HELP: &str = "\
cargo xtask <command>

  serve [--fresh]  the app on http://localhost:8080/ and a local user pool on port 9229, which keeps
                   its users in target/local-pool.json; with --fresh it begins anew
  pool [args]      the local user pool alone; the arguments are passed on to it
                   (`cargo xtask pool --help`)
  build            the files to upload, in dist/
  size             what the sign-in page weighs in dist/, compressed with brotli
  test [part] [filter ...]
                   everything: format, lints, licences, unit and doc tests, docs, release build,
                   other clients against the local pool, browser journeys; ends with
                   `N passed, N failed`. Before that, every exchange that a local pool had in them
                   is held against Cognito's service model
                   part is lint, rust, clients or e2e; a filter chooses tests by name (no lint then)
  bench pool       200 people sign in at the local user pool at once: errors (there must be none),
                   sign-ins a second, p50 and p95, the pool's start-up time and its memory
  bench refresh    a million sessions renew their tokens for a day, in a simulation: the busiest second
                   and minute over the mean, and requests per session, with and without jitter
  help             this text

Each command first sets up what it needs and the machine does not have yet: the WebAssembly
target, Trunk, cargo-deny, npm packages, Python packages (in the repository), Chromium. It never
asks anything, and what is there is left alone.

Environment
  YEW_COGNITO_TOOLCHAIN=debian
                   take Rust with its WebAssembly target from Debian's archive (packages
                   rustc-web and rust-web-src; std is built once) and the tools from the package
                   registries. For Debian machines that reach nothing else; it installs packages,
                   so it needs root or sudo without a password. Without it: `rustup target add`.
  YEW_COGNITO_CHROMIUM=/path/to/chromium
                   the browser for the journeys, instead of the one that is found or installed
  CARGO_TARGET_DIR as in Cargo
";

fn main() -> ExitCode {
    if let Err(error) = process::stop_on_signals() {
        eprintln!("xtask: cannot listen for ctrl-c: {error}");
        return ExitCode::FAILURE;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(Failure::Interrupted) => ExitCode::from(130),
        Err(Failure::Because(reason)) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode, Failure> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "serve" => serve::serve(&Context::new()?, rest)?,
        "pool" => serve::pool(&Context::new()?, rest)?,
        "build" => build::build(&Context::new()?)?,
        "size" => size::size(&Context::new()?)?,
        "bench" => bench::bench(&Context::new()?, rest)?,
        "test" => return test::test(&Context::new()?, rest),
        "help" | "--help" | "-h" => print!("{HELP}"),
        other => {
            return Err(Failure::because(format!(
                "no command `{other}`; see `cargo xtask help`"
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}
