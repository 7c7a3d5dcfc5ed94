//! AWS credentials from an identity pool, by the engine against the local pool.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../model/mod.rs"]
mod model;
#[path = "../support/mod.rs"]
mod support;

mod guests;
mod life;
mod refusals;
mod sessions;

use std::time::Duration;

use local_pool::{Options, Server};
use serde_json::{Value, json};
use support::{World, config_text};
use yew_cognito::{
    credentials::AwsCredentials,
    engine::{AuthError, Command, Reply},
};

const MINUTE: Duration = Duration::from_secs(60);
const GET_ID: &str = "GetId";
const GET: &str = "GetCredentialsForIdentity";
const RENEW: &str = "GetTokensFromRefreshToken";
const PROVIDER: &str = "cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool";

/// A world whose configuration names the identity pool, changed by `change`.
fn world_with(change: impl FnOnce(&mut Value)) -> World {
    let pool = Server::start(Options::default()).unwrap();
    let mut config: Value = serde_json::from_str(&config_text(&pool.url(), local_pool::POOL_ID)).unwrap();
    config["auth"]["identity_pool_id"] = json!(local_pool::IDENTITY_POOL_ID);
    config["custom"]["cognito"]["identity_endpoint"] = json!(pool.url());
    change(&mut config);
    World::with_config(pool, &config.to_string())
}

fn world() -> World {
    world_with(|_| {})
}

fn world_with_guests() -> World {
    world_with(|config| config["auth"]["unauthenticated_identities_enabled"] = json!(true))
}

/// Lets ID and access tokens live for a day, so that no renewal brings other ones.
fn long_lived_tokens(world: &World) {
    let validity = json!({"id_token_validity_seconds": 86_400, "access_token_validity_seconds": 86_400});
    world.control("client", validity);
}

fn credentials(world: &mut World) -> Result<AwsCredentials, AuthError> {
    match world.execute(Command::AwsCredentials)? {
        Reply::AwsCredentials(credentials) => Ok(credentials),
        other => panic!("no credentials: {other:?}"),
    }
}

/// How often identities and credentials were asked for.
fn asked(world: &World) -> (usize, usize) {
    (world.sent(GET_ID), world.sent(GET))
}

/// The pool's time, in seconds since the Unix epoch.
fn now(world: &World) -> u64 {
    let clock = world.control("clock", json!({"advance_seconds": 0}));
    clock["now"].as_u64().unwrap()
}
