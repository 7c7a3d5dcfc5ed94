//! ListUserSessions.

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::tokens::{Bearer, user_sessions};

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    user_sessions::require_tracking(pool)?;
    user_sessions::list(
        pool,
        &bearer.username,
        Some(&bearer.origin_jti),
        request.given("NextToken"),
    )
}
