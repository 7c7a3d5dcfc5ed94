//! The headless engine: [`Command`]s in, [`Reply`]s and [`Event`]s out. All that touches a token is in here.
//!
//! A host runs it: in the page, by direct calls ([`Engine::execute`]), or in a SharedWorker for all pages of an origin
//! (`worker`), since the vocabulary is serialisable.

mod account;
mod authorization;
mod broadcast;
mod closing;
mod core;
#[cfg(feature = "credentials")]
mod credentials;
mod device;
mod error;
mod journeys;
mod keys;
mod limits;
mod news;
mod owed;
mod renew;
mod session;
mod sign_out;
mod signing_in;
mod step_up;
mod unfinished;

mod vocabulary;
pub mod words;

#[cfg(feature = "ui")]
pub(crate) use self::broadcast::Broadcast;
pub use self::{
    account::{AccountCommand, AccountReply, AuthFactors, MfaPreference},
    broadcast::Subscription,
    core::Engine,
    error::AuthError,
    news::{AuthEvent, news},
    vocabulary::{
        AuthLevel, Authorization, Command, Ending, EndingWhy, Environment, Event, Reply, Service,
        SessionState, SignInRequest, SignOutScope, SignUpRequest, SignedIn, SignedOutWhy, Snapshot, Step,
    },
};
pub use crate::{
    session::Renewal,
    sign_in::{Answer, Asks, Challenge, CodeAsked, CodeFrom},
};

#[cfg(test)]
mod tests;
