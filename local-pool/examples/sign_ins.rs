//! Many people sign in at once: `sign_ins ADDRESS [COUNT]`, against a pool that runs at `127.0.0.1:PORT`.
//!
//! Each has a connection of its own, all are open before the first request is sent, and each proves the password by
//! SRP. It ends with 1 if anybody could not sign in.
// The lints know this as a program. It is a tool for developers, whose mistakes may end it.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use local_pool::{CLIENT_ID, USERS};
use serde_json::{Value, json};
use support::{Srp, timestamp};

const COUNT: usize = 200;
const SINGLE: usize = 9;
/// Nobody waits longer for an answer.
const LIMIT: Duration = Duration::from_secs(60);

/// A connection that stays open from request to request.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, LIMIT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(LIMIT))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// What a successful operation answers; else its status and error, or why there was no answer.
    fn call(&mut self, operation: &str, mut input: Value) -> Result<Value, String> {
        input["ClientId"] = json!(CLIENT_ID);
        let (status, body) = self
            .exchange(operation, &input.to_string())
            .map_err(|error| format!("{operation}: {}", error.kind()))?;
        let output: Value =
            serde_json::from_slice(&body).map_err(|_| format!("{operation}: {status} without JSON"))?;
        if status == 200 {
            Ok(output)
        } else {
            Err(format!("{operation}: {status} {}", output["__type"]))
        }
    }

    fn exchange(&mut self, operation: &str, body: &str) -> io::Result<(u16, Vec<u8>)> {
        let request = format!(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.1\r\n\
             X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest
                    .get(..3)
                    .and_then(|code| code.parse().ok())
                    .unwrap_or_default();
            } else if let Some(rest) = line.strip_prefix("content-length:") {
                length = rest.trim().parse().unwrap_or_default();
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok((status, body))
    }

    /// Signs the first of the seeded users in; how long it took, and how much of that the client calculated.
    fn sign_in(&mut self, client: &Srp) -> Result<(Duration, Duration), String> {
        let user = USERS[0];
        let started = Instant::now();
        let challenge = self.call("InitiateAuth", client.start(user.email))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let proving = Instant::now();
        let now = timestamp(i64::try_from(now).unwrap());
        let proof = client.answer(&challenge["ChallengeParameters"], user.password, &now);
        let proved = proving.elapsed();
        let result = self.call("RespondToAuthChallenge", proof)?;
        if result["AuthenticationResult"]["AccessToken"].is_string() {
            Ok((started.elapsed(), proved))
        } else {
            Err("RespondToAuthChallenge: no tokens".to_owned())
        }
    }
}

/// One after the other.
fn in_turn(address: SocketAddr, count: usize) -> Result<(Vec<Duration>, Vec<Duration>), String> {
    let mut connection = Connection::open(address).map_err(|error| error.to_string())?;
    let sign_ins: Result<Vec<_>, _> = (0..count).map(|_| connection.sign_in(&Srp::new())).collect();
    Ok(sign_ins?.into_iter().unzip())
}

/// All at once; from the first request to the last answer, and how each fared.
fn at_once(address: SocketAddr, count: usize) -> (Duration, Vec<Result<Duration, String>>) {
    let connected = Arc::new(Barrier::new(count + 1));
    let people: Vec<_> = (0..count)
        .map(|_| {
            let connected = connected.clone();
            let client = Srp::new();
            thread::spawn(move || {
                let connection = Connection::open(address);
                connected.wait();
                let mut connection = connection.map_err(|error| format!("connect: {}", error.kind()))?;
                connection.sign_in(&client).map(|(time, _)| time)
            })
        })
        .collect();
    connected.wait();
    let started = Instant::now();
    let outcomes = people
        .into_iter()
        .map(|person| {
            person
                .join()
                .unwrap_or_else(|_| Err("client panicked".to_owned()))
        })
        .collect();
    (started.elapsed(), outcomes)
}

/// The time that `percent` of all are not above.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let rank = (times.len() * percent).div_ceil(100);
    times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.first().and_then(|address| address.parse().ok());
    let count = arguments.get(1).map_or(Some(COUNT), |count| count.parse().ok());
    let (Some(address), Some(count)) = (address, count.filter(|count| *count > 0)) else {
        eprintln!("Usage: sign_ins 127.0.0.1:PORT [COUNT]");
        return ExitCode::from(2);
    };
    let (alone, proofs) = match in_turn(address, SINGLE) {
        Ok(times) => times,
        Err(error) => {
            eprintln!("a single sign-in failed: {error}");
            return ExitCode::FAILURE;
        }
    };
    let alone = percentile(&alone, 50);
    println!(
        "{SINGLE} sign-ins in turn: p50 {:.1} ms, of which the client calculates {:.1} ms",
        millis(alone),
        millis(percentile(&proofs, 50))
    );
    let (wall, outcomes) = at_once(address, count);
    let times: Vec<Duration> = outcomes.iter().flatten().copied().collect();
    let mut errors: BTreeMap<&str, usize> = BTreeMap::new();
    for error in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        *errors.entry(error).or_default() += 1;
    }
    let failed: usize = errors.values().sum();
    let (half, most) = (percentile(&times, 50), percentile(&times, 95));
    println!(
        "{count} sign-ins at once: {failed} errors, {:.1} sign-ins a second, p50 {:.0} ms, p95 {:.0} ms, all \
         after {:.0} ms",
        times.len() as f64 / wall.as_secs_f64(),
        millis(half),
        millis(most),
        millis(wall)
    );
    for (error, times) in &errors {
        println!("  {times} x {error}");
    }
    let ratio = |time: Duration| time.as_secs_f64() / alone.as_secs_f64();
    println!(
        "Against one alone: all of them take {:.1} times as long ({:.2} times for each), p95 / p50 = {:.2}",
        ratio(wall),
        ratio(wall) / count as f64,
        most.as_secs_f64() / half.as_secs_f64()
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
