//! Just enough HTTP to see whether a local server answers.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::context::Failure;

/// Where Trunk serves the app.
pub const APP: u16 = 8080;

/// Where the local user pool listens.
pub const POOL: u16 = 9229;

/// Fails if another program has the port.
pub fn need_free(port: u16, for_what: &str) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::because(format!(
            "port {port}, which is for {for_what}, is taken ({error}); end the program that has it \
             (an earlier `cargo xtask serve`?) and try again"
        ))),
    }
}

/// The status of `GET /` on the port of this machine, if a server answers there.
pub fn status(port: u16) -> Option<u16> {
    let addresses = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ];
    addresses.iter().find_map(status_at)
}

/// The status of `GET /` there, if a server answers.
pub fn status_at(address: &SocketAddr) -> Option<u16> {
    let limit = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(address, limit).ok()?;
    stream.set_read_timeout(Some(limit)).ok()?;
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .ok()?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    line.strip_prefix("HTTP/1.")?
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_server_is_asked_for_its_status() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(stream.try_clone().unwrap())
                .read_line(&mut line)
                .unwrap();
            stream
                .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                .unwrap();
            line
        });
        assert_eq!(status(port), Some(404));
        assert_eq!(server.join().unwrap(), "GET / HTTP/1.1\r\n");
        assert_eq!(status(port), None);
    }

    #[test]
    fn a_taken_port_is_named() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let failure = need_free(port, "a test").unwrap_err();
        assert!(matches!(failure, Failure::Because(reason) if reason.contains(&port.to_string())));
        drop(listener);
        need_free(port, "a test").unwrap();
    }
}
