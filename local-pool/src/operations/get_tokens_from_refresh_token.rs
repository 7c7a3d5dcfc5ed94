//! GetTokensFromRefreshToken.

use serde_json::json;

use crate::pool::Pool;
use crate::pool::client::Client;
use crate::protocol::{Outcome, Request};
use crate::tokens;

/// Works with rotation on and off (API reference, RefreshTokenRotationType).
pub(super) fn run(pool: &mut Pool, client: &Client, request: &Request) -> Outcome {
    let device_key = request.given("DeviceKey");
    let result = tokens::renew(pool, client, request.text("RefreshToken"), device_key)?;
    Ok(json!({"AuthenticationResult": result}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::testing::{client, perform, refused, tokens, world};
    use crate::pool::client::Rotation;

    #[test]
    fn a_new_refresh_token_comes_with_rotation_only() {
        let mut world = world();
        let first = tokens(&mut world, "user@example.com");
        let input = json!({"RefreshToken": first["RefreshToken"]});
        let plain = perform(&mut world, "GetTokensFromRefreshToken", input.clone()).unwrap();
        assert!(plain["AuthenticationResult"].get("RefreshToken").is_none());
        client(&mut world).refresh_token_rotation = Rotation {
            enabled: true,
            retry_grace_period_seconds: 0,
        };
        let rotated = perform(&mut world, "GetTokensFromRefreshToken", input.clone()).unwrap();
        assert_ne!(
            rotated["AuthenticationResult"]["RefreshToken"],
            first["RefreshToken"]
        );
        assert_eq!(
            refused(&mut world, "GetTokensFromRefreshToken", input).kind,
            "RefreshTokenReuseException"
        );
    }
}
