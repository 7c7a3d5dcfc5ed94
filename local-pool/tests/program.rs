//! The program: its options, what it prints, and how it ends.
#![cfg(unix)]
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_local-pool"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = program(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn signals_end_it_well_and_the_data_is_written() {
    for signal in ["-TERM", "-INT"] {
        let name = format!("local-pool-program-{}{signal}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let data = folder.join("pool.json");
        let mut server = program(&["--port", "0", "--data", data.to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let lines: Vec<String> = lines
            .map(Result::unwrap)
            .take_while(|line| line != "local-pool is ready")
            .collect();
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("Endpoint   http://127.0.0.1:"))
        );
        assert!(lines.iter().any(|line| line == "Pool id    us-east-1_LocalPool"));
        let killed = Command::new("kill")
            .args([signal, &server.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        assert_eq!(server.wait().unwrap().code(), Some(0), "{signal}");
        assert!(fs::read_to_string(&data).unwrap().contains("user@example.com"));
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn mistakes_are_told_and_help_is_no_mistake() {
    let (code, _, told) = run(&["--prot", "1"]);
    assert_eq!(code, Some(2));
    assert!(
        told.starts_with("local-pool: unknown option --prot\n\nUsage:"),
        "{told}"
    );
    let (code, _, told) = run(&["--port", "0", "--seed", "/nonexistent.toml"]);
    assert_eq!(code, Some(1));
    assert!(told.starts_with("local-pool: /nonexistent.toml: "), "{told}");
    let (code, printed, _) = run(&["--help"]);
    assert!(
        code == Some(0) && printed.contains("--random-seed N"),
        "{printed}"
    );
    let (code, printed, _) = run(&["--version"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        printed.trim_end(),
        format!("local-pool {}", env!("CARGO_PKG_VERSION"))
    );
}
