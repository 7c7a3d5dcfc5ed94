//! RevokeToken.

use serde_json::json;

use super::Operation;
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::store::Pool;
use crate::validate::shape::{CLIENT_ID, CLIENT_SECRET, one_of, token};
use crate::{client, signing};

pub(super) const OPERATION: Operation = Operation {
    name: "RevokeToken",
    members: &[
        token("Token").required(),
        CLIENT_ID,
        CLIENT_SECRET,
        one_of("RevokeAssociatedSessions", &["NONE", "LINKED"]),
    ],
    run,
};

fn run(pool: &mut Pool, request: &Request) -> Outcome {
    client::check_id(request.text("ClientId"), request.text("ClientSecret")).map_err(|error| ApiError {
        kind: "UnauthorizedException".to_owned(),
        ..error
    })?;
    let token = request.text("Token");
    if pool.tokens.revoke(token) {
        Ok(json!({}))
    } else if signing::verify(token).is_some() {
        Err(ApiError::new(
            "UnsupportedTokenTypeException",
            "Unsupported token type",
        ))
    } else {
        Err(invalid_parameter("Invalid refresh token"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{perform, pool, refused, tokens};

    #[test]
    fn a_refresh_token_takes_its_access_tokens_along() {
        let mut pool = pool();
        let tokens = tokens(&mut pool, "user@example.com");
        let get_user = json!({"AccessToken": tokens["AccessToken"]});
        assert!(perform(&mut pool, "GetUser", get_user.clone()).is_ok());
        for _ in 0..2 {
            let input = json!({"Token": tokens["RefreshToken"]});
            assert_eq!(perform(&mut pool, "RevokeToken", input).unwrap(), json!({}));
        }
        assert_eq!(
            refused(&mut pool, "GetUser", get_user).message,
            "Access Token has been revoked"
        );
        let renew = refused(
            &mut pool,
            "GetTokensFromRefreshToken",
            json!({"RefreshToken": tokens["RefreshToken"]}),
        );
        assert_eq!(renew.message, "Refresh Token has been revoked");
    }

    #[test]
    fn only_refresh_tokens_are_revoked() {
        let mut pool = pool();
        let tokens = tokens(&mut pool, "user@example.com");
        for name in ["AccessToken", "IdToken"] {
            let refusal = refused(&mut pool, "RevokeToken", json!({"Token": tokens[name]}));
            assert_eq!(refusal.kind, "UnsupportedTokenTypeException", "{name}");
        }
        assert_eq!(
            refused(&mut pool, "RevokeToken", json!({"Token": "x"})).kind,
            "InvalidParameterException"
        );
        let stranger = json!({"Token": tokens["RefreshToken"], "ClientId": "other"});
        assert_eq!(
            refused(&mut pool, "RevokeToken", stranger).kind,
            "UnauthorizedException"
        );
    }
}
