//! The program: serves a local user pool until it is told to stop.

mod arguments;

use std::io::{self, Write as _};
use std::process::ExitCode;

use local_pool::{Options, Server};

use arguments::{Command, USAGE, command};

fn main() -> ExitCode {
    let command = match command(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(message) => return fail(&format!("{message}\n\n{USAGE}"), 2),
    };
    let done = match command {
        Command::Help => writeln!(io::stdout(), "{USAGE}").map_err(|error| error.to_string()),
        Command::Version => writeln!(io::stdout(), "local-pool {}", env!("CARGO_PKG_VERSION"))
            .map_err(|error| error.to_string()),
        Command::Serve(options) => serve(options),
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

fn serve(options: Options) -> Result<(), String> {
    let server = Server::start(options).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        // Listened for before anybody is told that the pool is ready.
        let stopped = stop_signal().map_err(|error| error.to_string())?;
        introduce(&server).map_err(|error| error.to_string())?;
        stopped.await;
        Ok::<_, String>(())
    })?;
    server.stop().map_err(|error| error.to_string())
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
    write!(out, "{}", server.introduction())?;
    writeln!(out, "local-pool is ready")?;
    out.flush()
}
