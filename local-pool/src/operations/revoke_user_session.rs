//! RevokeUserSession.

use serde_json::json;

use crate::pool::Pool;
use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::tokens::{Bearer, user_sessions};

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    user_sessions::require_tracking(pool)?;
    let id = request.text("SessionId");
    if pool.kept.tokens.is_id(&bearer.origin_jti, id) {
        return Err(invalid_parameter("The current session cannot be revoked."));
    }
    let linked = request.text("RevokeAssociatedSessions") == "LINKED";
    user_sessions::revoke(pool, &bearer.username, id, linked)?;
    Ok(json!({}))
}
