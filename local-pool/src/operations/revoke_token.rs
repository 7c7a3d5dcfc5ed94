//! RevokeToken.

use serde_json::json;

use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};
use crate::world::World;

pub(super) fn run(world: &mut World, request: &Request) -> Outcome {
    let unauthorized = |error: ApiError| ApiError {
        kind: "UnauthorizedException".to_owned(),
        ..error
    };
    let (pool, client) = world.client_mut(request.text("ClientId")).map_err(unauthorized)?;
    client
        .check_secret(request.given("ClientSecret"))
        .map_err(unauthorized)?;
    if !client.enable_token_revocation {
        let message = "Token revocation is not enabled for the client.";
        return Err(ApiError::new("UnsupportedOperationException", message));
    }
    let token = request.text("Token");
    let tokens = &mut pool.kept.tokens;
    let session = tokens
        .of_refresh_token(token)
        .filter(|session| session.client_id == client.id);
    if let Some(session) = session.cloned() {
        tokens.revoke(&session.origin_jti);
        let linked = request.text("RevokeAssociatedSessions") == "LINKED";
        if let Some(sso) = session.sso_session.filter(|_| linked) {
            pool.end_sso(&sso);
        }
        Ok(json!({}))
    } else if pool.kept.keys.verify(token).is_some() {
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
    use crate::operations::testing::{perform, refused, tokens, world};

    #[test]
    fn a_refresh_token_takes_its_access_tokens_along() {
        let mut world = world();
        let tokens = tokens(&mut world, "user@example.com");
        let get_user = json!({"AccessToken": tokens["AccessToken"]});
        assert!(perform(&mut world, "GetUser", get_user.clone()).is_ok());
        for _ in 0..2 {
            let input = json!({"Token": tokens["RefreshToken"]});
            assert_eq!(perform(&mut world, "RevokeToken", input).unwrap(), json!({}));
        }
        assert_eq!(
            refused(&mut world, "GetUser", get_user).message,
            "Access Token has been revoked"
        );
        let renew = refused(
            &mut world,
            "GetTokensFromRefreshToken",
            json!({"RefreshToken": tokens["RefreshToken"]}),
        );
        assert_eq!(renew.message, "Refresh Token has been revoked");
    }

    #[test]
    fn only_refresh_tokens_are_revoked() {
        let mut world = world();
        let tokens = tokens(&mut world, "user@example.com");
        for name in ["AccessToken", "IdToken"] {
            let refusal = refused(&mut world, "RevokeToken", json!({"Token": tokens[name]}));
            assert_eq!(refusal.kind, "UnsupportedTokenTypeException", "{name}");
        }
        assert_eq!(
            refused(&mut world, "RevokeToken", json!({"Token": "x"})).kind,
            "InvalidParameterException"
        );
        let stranger = json!({"Token": tokens["RefreshToken"], "ClientId": "other"});
        assert_eq!(
            refused(&mut world, "RevokeToken", stranger).kind,
            "UnauthorizedException"
        );
    }
}
