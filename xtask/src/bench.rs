//! `cargo xtask bench pool`: how the local user pool bears two hundred sign-ins at once. `cargo xtask bench refresh`:
//! what the renewals of a million sessions ask of the service.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::context::{Context, Failure};
use crate::http;
use crate::process::{Running, pause, run};
use crate::serve::{build_pool, build_program};

const POLL: Duration = Duration::from_millis(2);
const START_LIMIT: Duration = Duration::from_secs(20);

/// Measures what the argument names. Fails if any sign-in does.
pub fn bench(context: &Context, arguments: &[String]) -> Result<(), Failure> {
    match arguments {
        [what] if what == "pool" => pool(context),
        [what] if what == "refresh" => refresh(context),
        _ => Err(Failure::because(
            "use `cargo xtask bench pool` or `cargo xtask bench refresh`",
        )),
    }
}

fn refresh(context: &Context) -> Result<(), Failure> {
    let simulation = build_program(
        context,
        &[
            "--package",
            "yew-cognito",
            "--no-default-features",
            "--example",
            "refresh_load",
        ],
    )?;
    run(&mut context.command(simulation))
}

fn pool(context: &Context) -> Result<(), Failure> {
    let program = build_pool(context)?;
    let sign_ins = build_program(context, &["--package", "local-pool", "--example", "sign_ins"])?;
    let address = free_address()?;
    let started = Instant::now();
    // Its log goes nowhere: a terminal's speed is not to be measured.
    let mut pool = Running::start(
        context
            .command(program)
            .args(["--port", &address.port().to_string()])
            .stdout(Stdio::null()),
    )?;
    until_ready(&mut pool, address)?;
    println!(
        "The pool (development build) answers {:.0} ms after it was started",
        started.elapsed().as_secs_f64() * 1000.0
    );
    println!("Resident memory at the start: {}", memory(&pool));
    let result = run(context.command(sign_ins).arg(address.to_string()));
    println!("Resident memory after the load: {}", memory(&pool));
    result
}

fn free_address() -> Result<SocketAddr, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| Failure::because(format!("no port is free: {error}")))
}

fn until_ready(pool: &mut Running, address: SocketAddr) -> Result<(), Failure> {
    let deadline = Instant::now() + START_LIMIT;
    while http::status_at(&address).is_none() {
        if let Some(status) = pool.ended()? {
            return Err(Failure::because(format!("the pool ended by itself ({status})")));
        }
        if Instant::now() > deadline {
            return Err(Failure::because("the pool does not answer"));
        }
        pause(POLL)?;
    }
    Ok(())
}

fn memory(pool: &Running) -> String {
    fs::read_to_string(format!("/proc/{}/status", pool.id()))
        .ok()
        .and_then(|status| resident_kib(&status))
        .map_or_else(
            || "not known on this system".to_owned(),
            |kib| format!("{:.1} MiB", kib as f64 / 1024.0),
        )
}

/// VmRSS of a `/proc/PID/status` (proc(5)).
fn resident_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read() {
        let status = "Name:\tlocal-pool\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\nThreads:\t2\n";
        assert_eq!(resident_kib(status), Some(10_240));
        assert_eq!(resident_kib("Name:\tkthreadd\n"), None);
    }

    #[test]
    fn what_is_not_measured_is_told() {
        let context = Context::new().unwrap();
        for arguments in [vec![], vec!["app".to_owned()]] {
            let failure = bench(&context, &arguments).unwrap_err();
            assert!(matches!(failure, Failure::Because(reason) if reason.contains("bench refresh")));
        }
    }
}
