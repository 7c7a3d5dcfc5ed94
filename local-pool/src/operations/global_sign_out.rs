//! GlobalSignOut.

use serde_json::json;

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, _: &Request) -> Outcome {
    pool.kept.tokens.revoke_all(&bearer.username);
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, refused, tokens, world};

    #[test]
    fn every_session_of_the_user_ends_and_no_one_elses() {
        let mut world = world();
        let [here, there, admin] = ["user@example.com", "user@example.com", "admin@example.com"]
            .map(|email| json!({"AccessToken": tokens(&mut world, email)["AccessToken"]}));
        perform(&mut world, "GlobalSignOut", here.clone()).unwrap();
        for session in [here, there] {
            assert_eq!(
                refused(&mut world, "GetUser", session.clone()).message,
                "Access Token has been revoked"
            );
            assert_eq!(
                refused(&mut world, "GlobalSignOut", session).message,
                "Access Token has been revoked"
            );
        }
        assert!(perform(&mut world, "GetUser", admin).is_ok());
    }
}
