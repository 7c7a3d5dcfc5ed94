//! The program: serves a local user pool until it is told to stop.

use std::io::{self, Write as _};
use std::process::ExitCode;

use local_pool::{CLIENT_ID, DEFAULT_PORT, Options, POOL_ID, Server, USERS};

const USAGE: &str = "Usage: local-pool [--port PORT]

Serves a local Amazon Cognito user pool on 127.0.0.1 (port 9229 if none is given).";

enum Command {
    Serve(u16),
    Help,
}

fn main() -> ExitCode {
    let command = match command(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(message) => return fail(&format!("{message}\n\n{USAGE}"), 2),
    };
    let done = match command {
        Command::Help => writeln!(io::stdout(), "{USAGE}").map_err(|error| error.to_string()),
        Command::Serve(port) => serve(port),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message, 1),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    // There is nowhere else to say it.
    let _ = writeln!(io::stderr(), "local-pool: {message}");
    ExitCode::from(code)
}

fn command(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut port = DEFAULT_PORT;
    while let Some(argument) = arguments.next() {
        let value = match argument.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--port" => arguments.next().ok_or("--port needs a number")?,
            other => match other.strip_prefix("--port=") {
                Some(value) => value.to_owned(),
                None => return Err(format!("unknown argument {other}")),
            },
        };
        port = value.parse().map_err(|_| format!("{value} is not a port"))?;
    }
    Ok(Command::Serve(port))
}

fn serve(port: u16) -> Result<(), String> {
    let server = Server::start(Options { port, log: true }).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        // Listened for before anybody is told that the pool is ready.
        let stopped = stop_signal().map_err(|error| error.to_string())?;
        introduce(&server).map_err(|error| error.to_string())?;
        stopped.await;
        Ok(())
    })
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal to wait for, the program runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

fn introduce(server: &Server) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let url = server.url();
    writeln!(out, "Endpoint   {url}")?;
    writeln!(out, "Mailbox    {url}/mailbox")?;
    writeln!(out, "Pool id    {POOL_ID}")?;
    writeln!(out, "Client id  {CLIENT_ID}")?;
    for user in USERS {
        writeln!(
            out,
            "User       {}  {}  ({})",
            user.email, user.password, user.note
        )?;
    }
    writeln!(out, "local-pool is ready")?;
    out.flush()
}
