//! The Amazon Cognito user pools API: one type per operation, a [`Client`] that sends them, one error.
//!
//! All operations here are public: they need no AWS signature and no client secret.

mod client;
mod error;
mod operations;
mod retry;
mod server_time;

pub use client::Client;
pub use error::{CognitoError, ErrorKind};
pub use operations::*;
pub use retry::Backoff;

#[cfg(test)]
mod tests;
