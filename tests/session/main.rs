//! The life of a session against the local pool, with time that the tests move.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod clocks;
mod ends;
#[path = "../model/mod.rs"]
mod model;
mod renewal;
mod service;
mod sign_out;
mod stand_in;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod year;

use std::time::Duration;

use serde_json::{Value, json};
use support::{PASSWORD, World, config_text, service_error, status};
use yew_cognito::{
    engine::{
        Answer, Asks, AuthError, Command, Environment, Renewal, Reply, Service, SessionState, SignOutScope,
        SignUpRequest, SignedOutWhy, Step,
    },
    ports::Unreachable,
    token::Code,
};

const HOUR: Duration = Duration::from_secs(3600);
const RENEW: &str = "GetTokensFromRefreshToken";

fn access_token(world: &mut World) -> Result<String, AuthError> {
    match world.execute(Command::AccessToken)? {
        Reply::AccessToken(token) => Ok(token.expose().to_owned()),
        other => panic!("not a token: {other:?}"),
    }
}

fn renewal(world: &World) -> Renewal {
    let SessionState::SignedIn(session) = world.session() else {
        panic!("not signed in")
    };
    session.renewal
}

fn rotation(world: &World, grace: u32) {
    let rotation = json!({"enabled": true, "retry_grace_period_seconds": grace});
    world.control("client", json!({"refresh_token_rotation": rotation}));
}
