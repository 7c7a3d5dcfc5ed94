//! Settings of pools and clients, and their keys.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::patch::patched;
use super::{changed, implied, pool_named, read};
use crate::app::App;
use crate::pool::client::Client;
use crate::pool::settings::Settings;
use crate::seed::{self, check};
use crate::world::World;

#[derive(Deserialize)]
struct PoolChange {
    pool: Option<String>,
    #[serde(flatten)]
    settings: Map<String, Value>,
}

/// POST /control/pool
pub(super) async fn pool(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<PoolChange>(&body).and_then(|change| {
        let mut world = app.world();
        let pool = pool_named(&mut world, change.pool.as_deref())?;
        let settings: Settings = patched(pool.settings(), change.settings)?;
        check::settings(&settings)?;
        pool.kept.modified_at = pool.now();
        pool.kept.settings = settings;
        Ok(json!(pool.settings()))
    }))
}

#[derive(Deserialize)]
struct ClientChange {
    client: Option<String>,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

/// POST /control/client
pub(super) async fn client(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<ClientChange>(&body).and_then(|change| {
        let mut world = app.world();
        let client = client_named(&mut world, change.client.as_deref())?;
        let new: Client = patched(client, change.fields)?;
        if new.id != client.id {
            return Err("the id of a client cannot be changed".to_owned());
        }
        check::client(&new)?;
        *client = new;
        Ok(json!(client))
    }))
}

fn client_named<'a>(world: &'a mut World, id: Option<&str>) -> Result<&'a mut Client, String> {
    let id = match id {
        Some(id) => id.to_owned(),
        None => implied(
            world.pools.values().flat_map(|pool| pool.kept.clients.keys()),
            seed::CLIENT_ID,
        )
        .ok_or("client is missing: there is not just one")?
        .to_owned(),
    };
    let mut pools = world.pools.values_mut();
    pools
        .find_map(|pool| pool.kept.clients.get_mut(&id))
        .ok_or_else(|| format!("there is no client {id}"))
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    pool: Option<String>,
}

/// POST /control/keys/rotate
pub(super) async fn rotate_keys(State(app): State<App>, body: Bytes) -> Response {
    // A key takes a moment to make, which would hold up the runtime's only thread.
    let done = tokio::task::spawn_blocking(move || rotate(&app, &body)).await;
    changed(done.unwrap_or_else(|error| Err(error.to_string())))
}

fn rotate(app: &App, body: &[u8]) -> Result<Value, String> {
    let rotation = match body {
        [] => Rotation::default(),
        body => read(body)?,
    };
    let keys = {
        let mut world = app.world();
        let pool = pool_named(&mut world, rotation.pool.as_deref())?;
        pool.kept.keys.rotate(&pool.shared.random);
        pool.kept.keys.clone()
    };
    Ok(keys.jwks())
}
