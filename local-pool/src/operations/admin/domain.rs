//! CreateUserPoolDomain.

use serde_json::json;

use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::world::World;

/// Remembers the domain; the pages themselves are served on this machine.
pub(super) fn create(world: &mut World, request: &Request) -> Outcome {
    let domain = request.text("Domain");
    let taken = world
        .pools
        .values()
        .any(|pool| pool.kept.domain.as_deref() == Some(domain));
    let pool = world.pool_mut(request.text("UserPoolId"))?;
    if pool.kept.domain.is_some() {
        return Err(invalid_parameter("User pool already has a domain configured."));
    }
    if taken {
        return Err(invalid_parameter(
            "Domain already associated with another user pool.",
        ));
    }
    pool.kept.domain = Some(domain.to_owned());
    let mut answer = json!({});
    if let Some(version) = request.value("ManagedLoginVersion") {
        answer["ManagedLoginVersion"] = version.clone();
    }
    Ok(answer)
}
