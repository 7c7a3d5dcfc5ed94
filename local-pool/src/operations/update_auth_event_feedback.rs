//! UpdateAuthEventFeedback.

use crate::protocol::{ApiError, Outcome, Request};
use crate::world::World;

/// The events are threat protection's, which the pools are without.
///
/// # Errors
/// `ResourceNotFoundException` for an unknown pool, `UserPoolAddOnNotEnabledException` for the others.
pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    world.pool_mut(request.text("UserPoolId"))?;
    Err(ApiError::new(
        "UserPoolAddOnNotEnabledException",
        "User pool add-ons are not enabled.",
    ))
}

#[cfg(test)]
mod tests {
    use crate::operations::testing::{refused, world};
    use crate::seed;
    use serde_json::json;

    #[test]
    fn there_is_no_threat_protection() {
        for (pool, kind) in [
            (seed::POOL_ID, "UserPoolAddOnNotEnabledException"),
            ("us-east-1_Other", "ResourceNotFoundException"),
        ] {
            let input = json!({
                "UserPoolId": pool,
                "Username": "ada",
                "EventId": "1",
                "FeedbackToken": "a.b.c",
                "FeedbackValue": "Valid",
            });
            assert_eq!(refused(&mut world(), "UpdateAuthEventFeedback", input).kind, kind);
        }
    }
}
