//! GetCredentialsForIdentity.

use serde_json::json;

use super::{LOGINS, Login, login, not_found};
use crate::protocol::{ApiError, Outcome, Request, not_authorized};
use crate::world::World;

/// How long credentials of the enhanced flow last.
const SECONDS: i64 = 3600;

pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    let id = request.text("IdentityId");
    let (pool_id, login) = owner(world, request, id)?;
    let mut identity = id.to_owned();
    if let Some(login) = &login {
        let pool = world.identity_pools.get_mut(&pool_id);
        let pool = pool.ok_or_else(|| not_found("Identity", id))?;
        identity = pool.identity_of(login);
        pool.users.insert(identity.clone());
        // Who has an identity already leaves the guest's behind.
        pool.guests.remove(id);
        check_role(login, request)?;
    }
    let random = &world.shared.random;
    Ok(json!({
        "IdentityId": identity,
        "Credentials": {
            "AccessKeyId": format!("ASIA{}", random.word(16).to_uppercase()),
            "SecretKey": random.base64url(30),
            "SessionToken": format!("IQoJb3JpZ2luX2Vj{}", random.base64url(600)),
            "Expiration": world.shared.clock.now().saturating_add(SECONDS),
        },
    }))
}

/// The identity pool that has the identity, and the user who shows a token for it.
///
/// # Errors
/// `ResourceNotFoundException`, or `NotAuthorizedException` for an identity that is somebody else's.
fn owner(world: &World, request: &Request, id: &str) -> Result<(String, Option<Login>), ApiError> {
    let shows_login = request.entries(LOGINS).next().is_some();
    let mut refusal = not_found("Identity", id);
    for pool in world.identity_pools.values() {
        let found = |login| Ok((pool.settings.id.clone(), login));
        let (is_guests, is_users) = (pool.guests.contains(id), pool.users.contains(id));
        if shows_login {
            match login::of(world, pool, request) {
                // The identity of a user follows from the token, even after a restart.
                Ok(Some(login)) if is_guests || pool.identity_of(&login) == id => return found(Some(login)),
                Ok(_) if is_users => refusal = forbidden(id),
                Err(error) if is_guests || is_users => return Err(error),
                _ => {}
            }
        } else if is_guests {
            pool.check_guests()?;
            return found(None);
        } else if is_users {
            return Err(forbidden(id));
        }
    }
    Err(refusal)
}

fn forbidden(id: &str) -> ApiError {
    not_authorized(&format!("Access to Identity '{id}' is forbidden."))
}

fn check_role(login: &Login, request: &Request) -> Result<(), ApiError> {
    match request.given("CustomRoleArn") {
        Some(role) if !login.roles.iter().any(|own| own == role) => Err(not_authorized(
            "CustomRoleArn is none of the token's cognito:roles.",
        )),
        _ => Ok(()),
    }
}
