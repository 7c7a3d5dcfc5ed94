//! GetTokensFromRefreshToken.

use serde_json::json;

use super::Operation;
use crate::protocol::{Outcome, Request};
use crate::store::Pool;
use crate::validate::shape::{CLIENT_ID, CLIENT_METADATA, CLIENT_SECRET, DEVICE_KEY, token};
use crate::{client, tokens};

pub(super) const OPERATION: Operation = Operation {
    name: "GetTokensFromRefreshToken",
    members: &[
        token("RefreshToken").required(),
        CLIENT_ID,
        CLIENT_SECRET,
        DEVICE_KEY,
        CLIENT_METADATA,
    ],
    run,
};

/// Works with rotation on and off (API reference, RefreshTokenRotationType).
fn run(pool: &mut Pool, request: &Request) -> Outcome {
    client::check_id(request.text("ClientId"), request.text("ClientSecret"))?;
    let result = tokens::renew(pool, request.text("RefreshToken"))?;
    Ok(json!({"AuthenticationResult": result}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Rotation;
    use crate::operations::testing::{perform, pool, refused, tokens};

    #[test]
    fn a_new_refresh_token_comes_with_rotation_only() {
        let mut pool = pool();
        let first = tokens(&mut pool, "user@example.com");
        let input = json!({"RefreshToken": first["RefreshToken"]});
        let plain = perform(&mut pool, "GetTokensFromRefreshToken", input.clone()).unwrap();
        assert!(plain["AuthenticationResult"].get("RefreshToken").is_none());
        pool.client.refresh_token_rotation = Rotation {
            enabled: true,
            retry_grace_period_seconds: 0,
        };
        let rotated = perform(&mut pool, "GetTokensFromRefreshToken", input.clone()).unwrap();
        assert_ne!(
            rotated["AuthenticationResult"]["RefreshToken"],
            first["RefreshToken"]
        );
        assert_eq!(
            refused(&mut pool, "GetTokensFromRefreshToken", input).kind,
            "RefreshTokenReuseException"
        );
    }
}
