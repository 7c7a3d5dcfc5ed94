//! The headless engine: [`Command`]s in, [`Reply`]s and [`Event`]s out. All that touches a token is in here.
//!
//! A host runs it: today in the page, by direct calls ([`Engine::execute`]); the vocabulary is serialisable
//! so that it can be run elsewhere.

mod core;
mod error;
mod journeys;
mod kept_password;
mod keys;
mod renew;
mod session;
mod signing_in;

mod vocabulary;

pub use self::{
    core::{Engine, Subscription},
    error::AuthError,
    vocabulary::{
        Command, Environment, Event, Reply, Service, SessionState, SignOutScope, SignedIn, SignedOutWhy,
        Snapshot, Step,
    },
};
pub use crate::session::Renewal;

#[cfg(test)]
mod tests;
