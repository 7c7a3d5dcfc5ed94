//! What the engine needs of the world, as traits: the network, the time, randomness, waiting
//! and a place for small secrets.
//!
//! The browser's implementations are in `browser`; tests bring their own.

use std::{fmt, rc::Rc, time::Duration};

use futures::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

#[cfg(feature = "browser")]
pub mod browser;
mod reading;
#[cfg(test)]
mod tests;
mod vault;

pub use reading::Reading;
pub(crate) use reading::SteadyClock;
pub use vault::{MemoryVault, Vault, VaultUnavailable};

/// Milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnixMillis(pub u64);

impl UnixMillis {
    /// Whole seconds since the epoch, the unit of JWT's NumericDate (RFC 7519, section 2).
    pub fn as_secs(self) -> u64 {
        self.0 / 1000
    }

    /// This instant, later by `by`; saturating.
    pub fn plus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// The time from `earlier` to this instant; zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

/// An HTTP request: a JSON body is a POST, none is a GET.
#[derive(Clone)]
pub struct Request {
    /// Absolute URL. Never holds a secret.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body of a POST; wiped when dropped, since it carries passwords and tokens.
    pub body: Option<Zeroizing<String>>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// An HTTP response, read to its end.
#[derive(Clone)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// The `x-amzn-errortype` header, where the server sent and exposed it.
    pub error_type: Option<String>,
    /// When the server says it answered: the `Date` header (RFC 9110, section 6.6.1), where it was sent and exposed.
    pub date: Option<UnixMillis>,
    /// The body, wiped when dropped.
    pub body: Zeroizing<String>,
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// No response came: no network, a refused connection, CORS or CSP, a body cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server could not be reached")]
pub struct Unreachable;

/// Sends HTTP requests.
pub trait Transport {
    /// Sends `request`. Dropping the future aborts it.
    ///
    /// # Errors
    /// [`Unreachable`] if no complete response came; a response of any status is not an error.
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Response, Unreachable>>;
}

/// Tells the time, twice: one clock people can set, one that only moves forward.
pub trait Clock {
    /// The device's wall clock. It may be wrong and it may jump.
    fn wall(&self) -> UnixMillis;
    /// Time since some fixed moment. Never jumps, but may stand still while the device sleeps.
    fn monotonic(&self) -> Duration;
}

/// No randomness could be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser's random number generator is not available")]
pub struct NoRandomness;

/// Cryptographically secure randomness.
pub trait Random {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// [`NoRandomness`] if the platform has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// Waits.
pub trait Timer {
    /// A future that ends after `duration`, or later: a page in the background is throttled.
    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'static, ()>;
}

/// The ports together.
#[derive(Clone)]
pub struct Ports {
    /// The network.
    pub transport: Rc<dyn Transport>,
    /// The time.
    pub clock: Rc<dyn Clock>,
    /// Randomness.
    pub random: Rc<dyn Random>,
    /// Waiting.
    pub timer: Rc<dyn Timer>,
    /// Small secrets that outlast the engine.
    pub vault: Rc<dyn Vault>,
}

impl Ports {
    /// A name that nothing else has; none without randomness.
    #[cfg(feature = "browser")]
    pub(crate) fn unique_name(&self, of: &str) -> Option<String> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes).ok()?;
        Some([of, &crate::webauthn::base64url::encode(&bytes)].join("/"))
    }

    /// A random duration below `limit`: the jitter of retries and renewals.
    pub(crate) fn jitter(&self, limit: Duration) -> Duration {
        let mut bytes = [0; 4];
        // Without randomness there is no jitter, and nothing here that has to be secret.
        let _ = self.random.fill(&mut bytes);
        let millis = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(millis.saturating_mul(u64::from(u32::from_le_bytes(bytes))) >> 32)
    }
}
