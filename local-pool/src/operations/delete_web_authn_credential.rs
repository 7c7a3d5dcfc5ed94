//! DeleteWebAuthnCredential.

use serde_json::json;

use crate::pool::Pool;
use crate::protocol::{ApiError, Outcome, Request};
use crate::tokens::Bearer;

pub(super) fn run(pool: &mut Pool, bearer: &Bearer, request: &Request) -> Outcome {
    let id = request.text("CredentialId");
    let passkeys = &mut pool.user_mut(&bearer.username)?.passkeys;
    let before = passkeys.len();
    passkeys.retain(|passkey| passkey.credential_id() != id);
    if passkeys.len() == before {
        return Err(ApiError::new(
            "ResourceNotFoundException",
            "The user has no such passkey.",
        ));
    }
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::factors::authenticator::encode;
    use crate::operations::testing::factors::{Authenticator, register, web_authn};
    use crate::operations::testing::{perform, pool, refused, tokens, world};

    #[test]
    fn people_delete_their_own_passkeys() {
        let mut world = world();
        web_authn(&mut world);
        let [user, admin] = ["user@example.com", "admin@example.com"]
            .map(|email| tokens(&mut world, email)["AccessToken"].clone());
        let mut authenticator = Authenticator::es256();
        register(&mut world, &user, &mut authenticator);
        let id = encode(&authenticator.credential_id);
        let input = |token| json!({"AccessToken": token, "CredentialId": id});
        let others = refused(&mut world, "DeleteWebAuthnCredential", input(&admin));
        assert_eq!(others.kind, "ResourceNotFoundException");
        let answer = perform(&mut world, "DeleteWebAuthnCredential", input(&user)).unwrap();
        assert_eq!(answer, json!({}));
        let left = &pool(&mut world).find("user@example.com").unwrap().passkeys;
        assert!(left.is_empty());
        let again = refused(&mut world, "DeleteWebAuthnCredential", input(&user));
        assert_eq!(again.kind, "ResourceNotFoundException");
    }
}
