//! The addresses to which Cognito's operations are sent.

use std::fmt;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Region;

/// Why an address may not be the endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointProblem {
    /// Neither `https://` nor `http://`.
    #[error("it has to start with https://")]
    NoScheme,
    /// `http://` to another machine: passwords and tokens would travel in the open.
    #[error("http:// is allowed only to this machine itself (localhost, 127.0.0.1, [::1])")]
    Plaintext,
    /// A user name or password before the host.
    #[error("it must not hold a user name or password")]
    UserInfo,
    /// A `?` or `#` part.
    #[error("it must not hold a query (?) or a fragment (#)")]
    QueryOrFragment,
    /// The host is empty or has characters that no host name has.
    #[error("its host is not a host name")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("its port is not a number from 1 to 65535")]
    Port,
    /// There is a path where only an origin may stand.
    #[error("it has to be an origin, such as https://api.example.com, without a path")]
    NotAnOrigin,
    /// The path holds white space, a backslash, `..` or characters outside ASCII.
    #[error("its path holds characters that an address may not have")]
    Path,
}

/// The address of a JSON endpoint of Cognito's, that of user pools or of identity pools: `https`, or `http` on a loopback host. It has no
/// trailing slash, user info, query or fragment.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint(String);

impl Endpoint {
    /// AWS's public endpoint for a region.
    #[must_use]
    pub fn of_region(region: &Region) -> Self {
        Self(format!("https://cognito-idp.{region}.{}", region.dns_suffix()))
    }

    /// AWS's public endpoint of the identity pools of a region.
    pub(super) fn of_identity_pools(region: &Region) -> Self {
        Self(format!(
            "https://cognito-identity.{region}.{}",
            region.dns_suffix()
        ))
    }

    /// Takes an address that someone has configured; trailing slashes are dropped.
    ///
    /// # Errors
    /// If secrets sent to it could be read on their way, or it is no plain address.
    pub fn parse(text: &str) -> Result<Self, EndpointProblem> {
        let (rest, secure) = if let Some(rest) = text.strip_prefix("https://") {
            (rest, true)
        } else if let Some(rest) = text.strip_prefix("http://") {
            (rest, false)
        } else {
            return Err(EndpointProblem::NoScheme);
        };
        if rest.contains(['?', '#']) {
            return Err(EndpointProblem::QueryOrFragment);
        }
        // A browser reads a backslash as a slash, which would move the end of the host.
        if rest.contains('\\') {
            return Err(EndpointProblem::Path);
        }
        let (authority, path) = match rest.split_once('/') {
            Some((authority, path)) => (authority, path),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(EndpointProblem::UserInfo);
        }
        let host = host_of(authority)?;
        if !secure && !is_loopback(host) {
            return Err(EndpointProblem::Plaintext);
        }
        let allowed = |c: u8| c.is_ascii_alphanumeric() || b"-._~/".contains(&c);
        if !path.bytes().all(allowed) || path.split('/').any(|part| part == ".." || part == ".") {
            return Err(EndpointProblem::Path);
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// Takes the origin of an API that someone has configured.
    ///
    /// # Errors
    /// As [`Self::parse`], and if there is a path.
    pub fn parse_origin(text: &str) -> Result<Self, EndpointProblem> {
        let origin = Self::parse(text)?;
        let has_path = origin
            .0
            .splitn(3, '/')
            .nth(2)
            .is_some_and(|rest| rest.contains('/'));
        if has_path {
            return Err(EndpointProblem::NotAnOrigin);
        }
        Ok(origin)
    }

    /// Whether it is on this machine: a pool for development.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self
            .0
            .strip_prefix("http://")
            .and_then(|rest| rest.split('/').next());
        host.and_then(|host| host_of(host).ok()).is_some_and(is_loopback)
    }

    /// The address, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The host of `host` or `host:port`, both checked.
fn host_of(authority: &str) -> Result<&str, EndpointProblem> {
    let (host, port) = if authority.starts_with('[') {
        let end = authority.find(']').ok_or(EndpointProblem::Host)?;
        let (host, after) = authority.split_at_checked(end + 1).ok_or(EndpointProblem::Host)?;
        match after.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if after.is_empty() => (host, None),
            None => return Err(EndpointProblem::Host),
        }
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    };
    let name = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'.';
    let bracketed = |c: u8| c.is_ascii_hexdigit() || b":.[]".contains(&c);
    let well_formed = if host.starts_with('[') {
        host.len() > 4 && host.bytes().all(bracketed)
    } else {
        host.len() <= 253 && host.split('.').all(|label| !label.is_empty()) && host.bytes().all(name)
    };
    if !well_formed {
        return Err(EndpointProblem::Host);
    }
    match port {
        Some(port) if port.starts_with('+') || !port.parse::<u16>().is_ok_and(|n| n != 0) => {
            Err(EndpointProblem::Port)
        }
        _ => Ok(host),
    }
}

/// Whether a host, without its port, is this very machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "[::1]"
        || host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Endpoint {
    type Error = EndpointProblem;
    fn try_from(text: String) -> Result<Self, EndpointProblem> {
        Self::parse(&text)
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> String {
        endpoint.0
    }
}
