//! The development server: Trunk and the local user pool side by side.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::context::{Context, Failure};
use crate::http;
use crate::process::{Running, output, pause};
use crate::step::set_up;
use crate::toolchain;
use crate::tools;

const POLL: Duration = Duration::from_millis(200);
const POOL_START: Duration = Duration::from_secs(20);

/// `cargo xtask serve`: until ctrl-c or SIGTERM.
pub fn serve(context: &Context, arguments: &[String]) -> Result<(), Failure> {
    let fresh = match arguments {
        [] => false,
        [argument] if argument == "--fresh" => true,
        _ => return Err(Failure::because("serve takes no arguments but --fresh")),
    };
    http::need_free(http::APP, "the app")?;
    http::need_free(http::POOL, "the local user pool")?;
    let mut steps = toolchain::steps(context.way);
    steps.extend(tools::trunk_steps(context)?);
    set_up(context, &steps)?;
    println!("Building the local user pool");
    let pool = build_pool(context)?;
    println!("Building the app; the first time takes a few minutes");
    let mut trunk = Running::start(context.command("trunk").arg("serve"))?;
    until_answered(&mut trunk, "trunk serve", http::APP, None)?;
    http::need_free(http::POOL, "the local user pool")?;
    // Last, so that the addresses and users that it prints are not lost among compiler messages.
    let data = pool_data(context, fresh)?;
    let mut pool = Running::start(context.command(pool).arg("--data").arg(data))?;
    until_answered(&mut pool, "the local user pool", http::POOL, Some(POOL_START))?;
    println!(
        "\nThe app is on http://localhost:{}/   (ctrl-c ends it and the local user pool)",
        http::APP
    );
    until_stopped(&mut [("trunk serve", &mut trunk), ("the local user pool", &mut pool)])
}

/// Where the pool keeps its users from one start to the next; `fresh` removes what is there.
fn pool_data(context: &Context, fresh: bool) -> Result<PathBuf, Failure> {
    let folder = context.root.join("target");
    let file = folder.join("local-pool.json");
    let failed = |error: io::Error| Failure::because(format!("{}: {error}", file.display()));
    fs::create_dir_all(&folder).map_err(failed)?;
    if fresh {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    Ok(file)
}

/// `cargo xtask pool`: until ctrl-c or SIGTERM.
pub fn pool(context: &Context, arguments: &[String]) -> Result<(), Failure> {
    let pool = build_pool(context)?;
    let mut pool = Running::start(context.command(pool).args(arguments))?;
    // With `--help` it ends by itself, and nothing is wrong.
    let ended_well = |pool: &mut Running| Ok(pool.ended()?.is_some_and(|status| status.success()));
    match until_stopped(&mut [("the local user pool", &mut pool)]) {
        Err(_) if ended_well(&mut pool)? => Ok(()),
        result => result,
    }
}

/// Builds the local user pool and tells where its program is.
pub fn build_pool(context: &Context) -> Result<PathBuf, Failure> {
    build_program(context, &["--package", "local-pool"])
}

/// Builds the one program that the arguments choose and tells where it is.
pub fn build_program(context: &Context, choice: &[&str]) -> Result<PathBuf, Failure> {
    let mut build = context.command("cargo");
    build
        .arg("build")
        .args(choice)
        .args(["--message-format", "json-render-diagnostics"]);
    let messages = output(&mut build)?;
    executable(&messages).ok_or_else(|| {
        Failure::because(format!(
            "Cargo does not say where it put the program of `{}`",
            choice.join(" ")
        ))
    })
}

/// Waits until the server answers `GET /`: the pool in any way, the app with the page.
pub fn until_answered(
    server: &mut Running,
    name: &str,
    port: u16,
    limit: Option<Duration>,
) -> Result<(), Failure> {
    let started = Instant::now();
    loop {
        if let Some(status) = server.ended()? {
            return Err(died(name, status));
        }
        match http::status(port) {
            Some(200) => return Ok(()),
            Some(_) if port == http::POOL => return Ok(()),
            _ => {}
        }
        if limit.is_some_and(|limit| started.elapsed() > limit) {
            return Err(Failure::because(format!(
                "{name} does not answer on port {port}; see its output above"
            )));
        }
        pause(POLL)?;
    }
}

fn until_stopped(servers: &mut [(&str, &mut Running)]) -> Result<(), Failure> {
    loop {
        for (name, server) in servers.iter_mut() {
            if let Some(status) = server.ended()? {
                return Err(died(name, status));
            }
        }
        if pause(POLL).is_err() {
            println!("\nStopping");
            return Ok(());
        }
    }
}

fn died(name: &str, status: ExitStatus) -> Failure {
    Failure::because(format!(
        "{name} ended by itself ({status}), so everything was stopped; see its output above"
    ))
}

/// The program in Cargo's JSON messages.
fn executable(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .next_back()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn cargo_tells_where_the_program_is() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
                        {\"reason\":\"compiler-artifact\",\"executable\":\"/t/debug/local-pool\"}\n\
                        {\"reason\":\"build-finished\",\"success\":true}\n";
        assert_eq!(
            executable(messages).as_deref(),
            Some(Path::new("/t/debug/local-pool"))
        );
        assert_eq!(
            executable("{\"reason\":\"build-finished\",\"success\":true}"),
            None
        );
    }
}
