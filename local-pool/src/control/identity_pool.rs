//! Settings of identity pools.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::patch::patched;
use super::{changed, implied, read};
use crate::app::App;
use crate::identity::Settings;
use crate::seed;

#[derive(Deserialize)]
struct Change {
    identity_pool: Option<String>,
    #[serde(flatten)]
    settings: Map<String, Value>,
}

/// POST /control/identity_pool
pub(super) async fn change(State(app): State<App>, body: Bytes) -> Response {
    changed(read::<Change>(&body).and_then(|change| {
        let mut world = app.world();
        let id = match change.identity_pool {
            Some(id) => id,
            None => implied(world.identity_pools.keys(), seed::IDENTITY_POOL_ID)
                .ok_or("identity_pool is missing: there is not just one")?
                .to_owned(),
        };
        let pool = world
            .identity_pools
            .get_mut(&id)
            .ok_or_else(|| format!("there is no identity pool {id}"))?;
        let settings: Settings = patched(&pool.settings, change.settings)?;
        if settings.id != pool.settings.id {
            return Err("the id of an identity pool cannot be changed".to_owned());
        }
        settings.check()?;
        pool.settings = settings;
        Ok(json!(pool.settings))
    }))
}
