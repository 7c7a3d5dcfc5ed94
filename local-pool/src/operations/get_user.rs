//! GetUser.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::protocol::{Outcome, Request};
use crate::sign_in::mfa;
use crate::tokens::Bearer;
use crate::tokens::claims;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, _: &Request) -> Outcome {
    let user = pool.user(&bearer.username)?;
    let client = pool.kept.clients.get(&bearer.client_id);
    let mut attributes = user.attribute_list(|name| client.is_none_or(|client| client.can_read(name)));
    if !user.identities.is_empty() {
        attributes.push(json!({"Name": "identities", "Value": claims::identities(user).to_string()}));
    }
    let mut answer = mfa::settings(user);
    answer.insert("Username".to_owned(), json!(user.username));
    answer.insert("UserAttributes".to_owned(), json!(attributes));
    Ok(Value::Object(answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, refused, tokens, user, world};

    #[test]
    fn the_bearer_of_an_access_token_is_told_its_attributes() {
        let mut world = world();
        let tokens = tokens(&mut world, "user@example.com");
        let answer = perform(
            &mut world,
            "GetUser",
            json!({"AccessToken": tokens["AccessToken"]}),
        )
        .unwrap();
        let sub = user(&world, "user@example.com").sub;
        assert_eq!(answer["Username"], json!(sub));
        assert_eq!(
            answer["UserAttributes"],
            json!([
                {"Name": "sub", "Value": sub},
                {"Name": "email", "Value": "user@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ])
        );
        let refusal = refused(&mut world, "GetUser", json!({"AccessToken": tokens["IdToken"]}));
        assert_eq!(refusal.kind, "NotAuthorizedException");
    }
}
