//! GetUser.

use serde_json::json;

use super::Operation;
use crate::protocol::{Outcome, Request};
use crate::store::Pool;
use crate::tokens;
use crate::validate::shape::token;

pub(super) const OPERATION: Operation = Operation {
    name: "GetUser",
    members: &[token("AccessToken").required()],
    run,
};

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    let user = tokens::bearer(pool, request.text("AccessToken"))?;
    Ok(json!({"Username": user.sub, "UserAttributes": user.attribute_list()}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, tokens};

    #[test]
    fn the_bearer_of_an_access_token_is_told_its_attributes() {
        let mut pool = pool();
        let tokens = tokens(&mut pool, "user@example.com");
        let answer = perform(
            &mut pool,
            "GetUser",
            json!({"AccessToken": tokens["AccessToken"]}),
        )
        .unwrap();
        let sub = &pool.find("user@example.com").unwrap().sub;
        assert_eq!(answer["Username"], json!(sub));
        assert_eq!(
            answer["UserAttributes"],
            json!([
                {"Name": "sub", "Value": sub},
                {"Name": "email", "Value": "user@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ])
        );
        let refusal = refused(&mut pool, "GetUser", json!({"AccessToken": tokens["IdToken"]}));
        assert_eq!(refusal.kind, "NotAuthorizedException");
    }
}
