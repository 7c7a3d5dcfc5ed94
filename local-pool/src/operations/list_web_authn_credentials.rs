//! ListWebAuthnCredentials.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::protocol::{Outcome, Request, invalid_parameter};
use crate::tokens::Bearer;

/// Passkeys on a page, where the request does not say.
const PAGE: usize = 20;

/// A page begins with the passkey whose CredentialId the token is.
pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let passkeys = &pool.user(&bearer.username)?.passkeys;
    let start = match request.given("NextToken") {
        None => 0,
        Some(token) => passkeys
            .iter()
            .position(|passkey| passkey.credential_id() == token)
            .ok_or_else(|| invalid_parameter("Invalid pagination token."))?,
    };
    let asked = request.value("MaxResults").and_then(Value::as_u64);
    let most = asked
        .and_then(|most| usize::try_from(most).ok())
        .filter(|most| *most > 0)
        .unwrap_or(PAGE);
    let mut rest = passkeys.iter().skip(start);
    let page: Vec<_> = rest
        .by_ref()
        .take(most)
        .map(|passkey| passkey.description())
        .collect();
    let mut answer = json!({"Credentials": page});
    if let (Some(next), Some(answer)) = (rest.next(), answer.as_object_mut()) {
        answer.insert("NextToken".to_owned(), json!(next.credential_id()));
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::authenticator::encode;
    use crate::operations::testing::factors::{Authenticator, register, web_authn};
    use crate::operations::testing::{perform, refused, tokens, world};

    #[test]
    fn passkeys_are_listed_page_by_page() {
        let mut world = world();
        web_authn(&mut world);
        let token = tokens(&mut world, "user@example.com")["AccessToken"].clone();
        let input = json!({"AccessToken": token});
        let empty = perform(&mut world, "ListWebAuthnCredentials", input.clone()).unwrap();
        assert_eq!(empty, json!({"Credentials": []}));
        let ids = [(); 3].map(|()| {
            let mut authenticator = Authenticator::es256();
            register(&mut world, &token, &mut authenticator);
            encode(&authenticator.credential_id)
        });
        let all = perform(&mut world, "ListWebAuthnCredentials", input.clone()).unwrap();
        assert_eq!(all["Credentials"].as_array().unwrap().len(), 3);
        assert!(all.get("NextToken").is_none());
        let mut input = input;
        input["MaxResults"] = json!(2);
        let first = perform(&mut world, "ListWebAuthnCredentials", input.clone()).unwrap();
        input["NextToken"] = first["NextToken"].clone();
        let second = perform(&mut world, "ListWebAuthnCredentials", input.clone()).unwrap();
        let pages = [&first, &second].map(|page| page["Credentials"].as_array().unwrap().clone());
        assert_eq!(pages.each_ref().map(Vec::len), [2, 1]);
        let listed: Vec<_> = pages
            .iter()
            .flatten()
            .map(|one| one["CredentialId"].clone())
            .collect();
        assert_eq!(json!(listed), json!(ids));
        assert!(second.get("NextToken").is_none());
        assert_eq!(pages[0][0]["RelyingPartyId"], "localhost");
        input["NextToken"] = json!("other");
        let refusal = refused(&mut world, "ListWebAuthnCredentials", input);
        assert_eq!(refusal.kind, "InvalidParameterException");
    }
}
