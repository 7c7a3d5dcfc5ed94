//! A local Amazon Cognito user pool for development and tests.
//!
//! It speaks Cognito's JSON protocol on the loopback interface, with SRP, codes by "mail", and tokens that
//! are signed, renewed and revoked as Cognito's are. [`Server::start`] runs one inside a test.

mod activity;
mod app;
mod beginning;
mod clock;
mod codes;
mod control;
mod data;
mod faults;
mod guard;
mod http;
mod identity;
mod lockout;
mod log;
mod mailbox;
mod model;
mod oauth;
mod operations;
mod pages;
mod password_policy;
mod pool;
mod protocol;
mod random;
mod recording;
mod seed;
mod server;
mod shared;
mod sign_in;
mod signing;
mod srp;
mod tokens;
mod totp;
mod webauthn;
mod world;

pub use data::DataError;
pub use seed::{CLIENT_ID, IDENTITY_POOL_ID, POOL_ID, SeedError, SeededUser, USERS};
pub use server::{DEFAULT_PORT, Options, Server, StartError};
