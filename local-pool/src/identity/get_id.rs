//! GetId.

use serde_json::json;

use super::{login, not_found};
use crate::protocol::{Outcome, Request};
use crate::world::World;

pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    let id = request.text("IdentityPoolId");
    let missing = || not_found("IdentityPool", id);
    let pool = world.identity_pools.get(id).ok_or_else(missing)?;
    let login = login::of(world, pool, request)?;
    let random = world.shared.random.uuid();
    let pool = world.identity_pools.get_mut(id).ok_or_else(missing)?;
    let identity = match &login {
        Some(login) => {
            let identity = pool.identity_of(login);
            pool.users.insert(identity.clone());
            identity
        }
        None => {
            pool.check_guests()?;
            let identity = pool.identity(&random);
            pool.guests.insert(identity.clone());
            identity
        }
    };
    Ok(json!({ "IdentityId": identity }))
}
