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
    use crate::operations::testing::{perform, pool, refused, tokens};

    #[test]
    fn every_session_of_the_user_ends_and_no_one_elses() {
        let mut pool = pool();
        let [here, there, admin] = ["user@example.com", "user@example.com", "admin@example.com"]
            .map(|email| json!({"AccessToken": tokens(&mut pool, email)["AccessToken"]}));
        perform(&mut pool, "GlobalSignOut", here.clone()).unwrap();
        for session in [here, there] {
            assert_eq!(
                refused(&mut pool, "GetUser", session.clone()).message,
                "Access Token has been revoked"
            );
            assert_eq!(
                refused(&mut pool, "GlobalSignOut", session).message,
                "Access Token has been revoked"
            );
        }
        assert!(perform(&mut pool, "GetUser", admin).is_ok());
    }
}
