//! DeleteUser.

use serde_json::json;

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, _: &Request) -> Outcome {
    pool.delete(&bearer.username);
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{allow, perform, pool, refused, tokens, world};
    use crate::protocol::user_does_not_exist;

    const USER: &str = "user@example.com";

    #[test]
    fn nothing_of_the_user_is_left() {
        let mut world = world();
        allow(&mut world, "ALLOW_REFRESH_TOKEN_AUTH");
        let own = tokens(&mut world, USER);
        let others = tokens(&mut world, "admin@example.com");
        let username = pool(&mut world).find(USER).unwrap().username.clone();
        perform(&mut world, "ForgotPassword", json!({"Username": USER})).unwrap();
        pool(&mut world).note_failure(&username);
        let access = json!({"AccessToken": own["AccessToken"]});
        assert_eq!(
            perform(&mut world, "DeleteUser", access.clone()).unwrap(),
            json!({})
        );
        let kept = serde_json::to_string(&pool(&mut world).kept).unwrap();
        assert!(!kept.contains(&username) && !kept.contains(USER));
        assert!(!pool(&mut world).lockouts.contains_key(&username));
        for operation in ["GetUser", "DeleteUser"] {
            assert_eq!(
                refused(&mut world, operation, access.clone()),
                user_does_not_exist()
            );
        }
        let refresh = json!({"RefreshToken": own["RefreshToken"]});
        let refusal = refused(&mut world, "GetTokensFromRefreshToken", refresh);
        assert_eq!(refusal.kind, "NotAuthorizedException");
        perform(
            &mut world,
            "GetUser",
            json!({"AccessToken": others["AccessToken"]}),
        )
        .unwrap();
        let again = json!({"Username": USER, "Password": "Sunflower-42!"});
        perform(&mut world, "SignUp", again).unwrap();
    }
}
