//! The engine in a SharedWorker: one for all pages of an origin.
//!
//! [`serve`] runs inside the worker; `auth::start_shared` is the page's side. Between them go the messages of
//! `protocol`, over a MessagePort. Who is still there is told by Web Locks: every page holds one that the worker waits
//! for, and the worker holds one that every page waits for.

mod attendance;
pub(crate) mod locks;
mod outbox;
pub(crate) mod protocol;
mod seat;
mod serve;
#[cfg(test)]
mod tests;

pub use serve::serve;
