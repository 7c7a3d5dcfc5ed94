//! Child processes that end when xtask does.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::context::Failure;

static STOP: AtomicBool = AtomicBool::new(false);

const POLL: Duration = Duration::from_millis(20);
const GRACE: Duration = Duration::from_secs(5);

/// From now on ctrl-c and SIGTERM end the running children first.
pub fn stop_on_signals() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| STOP.store(true, Ordering::SeqCst))
}

/// Whether ctrl-c or SIGTERM has come.
pub fn stopping() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// Sleeps a little, or tells that it is time to stop.
pub fn pause(time: Duration) -> Result<(), Failure> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        if stopping() {
            return Err(Failure::Interrupted);
        }
        thread::sleep(POLL.min(time));
    }
    Ok(())
}

/// A child process with all of its own children; ended when dropped.
pub struct Running {
    child: Child,
    ended: Option<ExitStatus>,
}

impl Running {
    /// Starts the command in a process group of its own, so that the whole group can be ended.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn().map_err(|error| cannot_start(command, &error))?;
        Ok(Self { child, ended: None })
    }

    /// The child's process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The exit status if it has ended.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>, Failure> {
        if self.ended.is_none() {
            self.ended = self
                .child
                .try_wait()
                .map_err(|error| Failure::because(format!("cannot wait for a child process: {error}")))?;
        }
        Ok(self.ended)
    }

    /// Waits for the end, at most until `deadline`; `None` if it is still running then.
    fn wait(&mut self, deadline: Option<Instant>) -> Result<Option<ExitStatus>, Failure> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(Some(status));
            }
            if stopping() {
                return Err(Failure::Interrupted);
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ok(None);
            }
            thread::sleep(POLL);
        }
    }

    fn signal(&self, signal: &str) {
        let group = format!("kill -{signal} -{}", self.child.id());
        let sent = Command::new("sh")
            .args(["-c", &group])
            .stderr(Stdio::null())
            .status();
        if let Err(error) = sent {
            eprintln!("xtask: cannot run `{group}`: {error}");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.ended(), Ok(None)) {
            return;
        }
        if cfg!(unix) {
            self.signal("TERM");
            let deadline = Instant::now() + GRACE;
            while Instant::now() < deadline {
                if !matches!(self.ended(), Ok(None)) {
                    return;
                }
                thread::sleep(POLL);
            }
            self.signal("KILL");
        }
        // An error here means that it has just ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the command, its output going to the terminal; fails if it does.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = Running::start(command)?.wait(None)?;
    succeeded(command, status)
}

/// The same with a limit to its time.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<(), Failure> {
    let status = Running::start(command)?.wait(Some(Instant::now() + limit))?;
    succeeded(command, status)
}

/// Runs the command, shows what it prints to standard output and returns it as well.
pub fn tee(command: &mut Command) -> Result<(ExitStatus, String), Failure> {
    collect(command, true)
}

fn collect(command: &mut Command, show: bool) -> Result<(ExitStatus, String), Failure> {
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    let reader = running.child.stdout.take().map(|output| {
        thread::spawn(move || {
            let mut text = String::new();
            for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                if show {
                    println!("{line}");
                }
                text.push_str(&line);
                text.push('\n');
            }
            text
        })
    });
    let status = running.wait(None)?;
    let text = reader.and_then(|reader| reader.join().ok()).unwrap_or_default();
    match status {
        Some(status) => Ok((status, text)),
        None => Err(Failure::because(format!("`{}` did not end", line(command)))),
    }
}

/// Runs the command and returns what it prints to standard output; its errors go to the terminal.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let (status, text) = collect(command, false)?;
    succeeded(command, Some(status)).map(|()| text)
}

/// What a short command prints to standard output, if it succeeds. Its complaints are not shown.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn succeeded(command: &Command, status: Option<ExitStatus>) -> Result<(), Failure> {
    match status {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Failure::because(format!("`{}` failed ({status})", line(command)))),
        None => Err(Failure::because(format!(
            "`{}` took too long and was ended",
            line(command)
        ))),
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::because(format!(
        "cannot start `{}`: {error}; is it installed and on PATH?",
        line(command)
    ))
}

/// The command as it would be typed.
fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(matches!(failure, Failure::Because(reason) if reason.contains("`sh -c exit 3` failed")));
        let failure = run(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert!(matches!(failure, Failure::Because(reason) if reason.contains("no-such-program-anywhere")));
    }

    #[test]
    fn time_limits_end_the_whole_group() {
        let started = Instant::now();
        let failure = run_within(
            Command::new("sh").args(["-c", "sleep 30 & wait"]),
            Duration::from_millis(100),
        )
        .unwrap_err();
        assert!(matches!(failure, Failure::Because(reason) if reason.contains("took too long")));
        assert!(started.elapsed() < GRACE);
    }

    #[test]
    fn tee_keeps_the_output() {
        let (status, text) = tee(Command::new("sh").args(["-c", "echo one; echo two; exit 1"])).unwrap();
        assert!(!status.success());
        assert_eq!(text, "one\ntwo\n");
    }

    #[test]
    fn answers_are_only_those_of_commands_that_succeed() {
        assert_eq!(
            answer(Command::new("sh").args(["-c", "echo ' yes '"])).as_deref(),
            Some("yes")
        );
        assert_eq!(answer(Command::new("sh").args(["-c", "echo no; exit 1"])), None);
    }
}
