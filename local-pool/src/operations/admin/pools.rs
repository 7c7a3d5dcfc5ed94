//! CreateUserPool, DescribeUserPool, UpdateUserPool, DeleteUserPool, ListUserPools, AddCustomAttributes.

use serde_json::json;

use super::page::page;
use super::shapes;
use crate::pool::Pool;
use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::world::World;

/// Where new pools seem to be.
const REGION: &str = "us-east-1";

pub(super) fn create(world: &mut World, request: &Request) -> Outcome {
    let settings = shapes::pool::new_settings(request)?;
    let id = format!("{REGION}_{}", world.shared.random.word(9));
    let mut pool = Pool::new(&id, settings, &world.origin, &world.shared);
    pool.kept.keys.prepare();
    shapes::pool::remember(&mut pool, request);
    let answer = describe(&mut pool, request)?;
    world.pools.insert(id, pool);
    Ok(answer)
}

pub(super) fn describe(pool: &mut Pool, _: &Request) -> Outcome {
    Ok(json!({"UserPool": shapes::pool::user_pool(pool)}))
}

pub(super) fn update(pool: &mut Pool, request: &Request) -> Outcome {
    let mut settings = pool.settings().clone();
    shapes::pool::take(&mut settings, request)?;
    pool.kept.settings = settings;
    pool.kept.modified_at = pool.now();
    shapes::pool::remember(pool, request);
    Ok(json!({}))
}

pub(super) fn delete(world: &mut World, request: &Request) -> Outcome {
    let pool = world.pool_mut(request.text("UserPoolId"))?;
    if pool.kept.described.get("DeletionProtection") == Some(&json!("ACTIVE")) {
        let message = "The user pool cannot be deleted because deletion protection is activated. Deletion \
                       protection must be inactivated first.";
        return Err(invalid_parameter(message));
    }
    if pool.kept.domain.is_some() {
        return Err(invalid_parameter(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
        ));
    }
    let id = pool.kept.id.clone();
    world.pools.remove(&id);
    Ok(json!({}))
}

pub(super) fn list(world: &mut World, request: &Request) -> Outcome {
    let pools = world.pools.values();
    let pools = pools.map(|pool| (pool.kept.id.as_str(), shapes::pool::description(pool)));
    let page = page(request, "MaxResults", "NextToken", pools)?;
    let mut answer = json!({"UserPools": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn add_custom_attributes(pool: &mut Pool, request: &Request) -> Outcome {
    let mut schema = pool.settings().schema.clone();
    shapes::schema::take(&mut schema, request.value("CustomAttributes"), false)?;
    pool.kept.settings.schema = schema;
    pool.kept.modified_at = pool.now();
    Ok(json!({}))
}
