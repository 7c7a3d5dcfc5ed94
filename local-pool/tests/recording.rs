//! The program records its exchanges where the environment asks for it.
#![cfg(unix)]
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::{env, fs};

use serde_json::{Value, json};

struct Program {
    child: Child,
    address: String,
    /// Kept open, or the program could not print its log.
    _output: BufReader<ChildStdout>,
}

impl Program {
    fn start(directory: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_local-pool"))
            .args(["--port", "0"])
            .env("LOCAL_POOL_RECORD", directory)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        Self {
            child,
            address: line.trim().split("http://").nth(1).unwrap().to_owned(),
            _output: output,
        }
    }

    /// Sends a request and waits until the connection ends.
    fn post(&self, path: &str, operation: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/x-amz-json-1.1\r\n\
             X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn exchanges_are_recorded_with_what_was_sent() {
    let directory = env::temp_dir().join(format!("local-pool-recorded-{}", std::process::id()));
    let pool = Program::start(&directory);
    assert!(!directory.exists(), "nothing was exchanged yet");

    let reply = pool.post("/", "GetUser", r#"{"AccessToken": "a.b.c"}"#);
    pool.post("/", "GetUser", "no JSON");
    pool.post("/", "GetUser", &"x".repeat(300 * 1024));
    pool.post(
        "/control/faults",
        "",
        r#"{"operation": "GetUser", "status": 503, "type": "X"}"#,
    );
    pool.post("/", "GetUser", "{}");
    pool.post("/control/faults", "", r#"{"operation": "GetUser", "drop": true}"#);
    assert_eq!(pool.post("/", "GetUser", "{}"), "");

    let files: Vec<_> = fs::read_dir(&directory)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let text = fs::read_to_string(&files[0]).unwrap();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let summary: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!([
                line["operation"],
                line["status"],
                line["fault"],
                line["error_type"]
            ])
        })
        .collect();
    assert_eq!(
        summary,
        [
            json!(["GetUser", 400, false, "NotAuthorizedException:"]),
            json!(["GetUser", 400, false, "SerializationException:"]),
            json!(["GetUser", 413, false, ""]),
            json!(["GetUser", 503, true, "X:"]),
            json!(["GetUser", 503, true, ""]),
        ]
    );
    assert_eq!(lines[0]["request"], json!({ "AccessToken": "a.b.c" }));
    let sent = reply.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(
        lines[0]["response"],
        serde_json::from_str::<Value>(sent).unwrap(),
        "the client gets what is recorded"
    );
    assert_eq!(lines[1]["request"], Value::Null);
    fs::remove_dir_all(&directory).unwrap();
}
