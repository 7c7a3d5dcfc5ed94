//! The headless engine: [`Command`]s in, [`Reply`]s and [`Event`]s out. All that touches a token is in here.
//!
//! A host runs it: today in the page, by direct calls ([`Engine::execute`]); the vocabulary is serialisable
//! so that it can be run elsewhere.

mod account;
mod core;
mod device;
mod error;
mod journeys;
mod keys;
mod renew;
mod session;
mod signing_in;
mod step_up;
mod unfinished;

mod vocabulary;
pub mod words;

pub use self::{
    account::{AccountCommand, AccountReply, AuthFactors, MfaPreference},
    core::{Engine, Subscription},
    error::AuthError,
    vocabulary::{
        AuthLevel, Command, Environment, Event, Reply, Service, SessionState, SignInRequest, SignOutScope,
        SignUpRequest, SignedIn, SignedOutWhy, Snapshot, Step,
    },
};
pub use crate::{
    session::Renewal,
    sign_in::{Answer, Asks, Challenge, CodeAsked, CodeFrom},
};

#[cfg(test)]
mod tests;
