//! Who shows the ID token of a user pool.

use serde_json::Value;

use super::{IdentityPool, LOGINS, pool_id_of};
use crate::protocol::{ApiError, Request, not_authorized};
use crate::signing;
use crate::world::World;

/// A user of a user pool that the identity pool trusts.
pub(super) struct Login {
    pub(super) provider_name: String,
    pub(super) sub: String,
    /// `cognito:roles` of the token.
    pub(super) roles: Vec<String>,
}

/// The user whose token the request shows, if it shows any. Where there are several, all have to be good, and the
/// first counts.
///
/// # Errors
/// `NotAuthorizedException` for a token that is not good here.
pub(super) fn of(world: &World, pool: &IdentityPool, request: &Request) -> Result<Option<Login>, ApiError> {
    let logins = request
        .entries(LOGINS)
        .map(|(provider_name, token)| verified(world, pool, provider_name, token));
    Ok(logins.collect::<Result<Vec<_>, _>>()?.into_iter().next())
}

fn verified(world: &World, pool: &IdentityPool, provider_name: &str, token: &str) -> Result<Login, ApiError> {
    let unsupported = || not_authorized("Token is not from a supported provider of this identity pool.");
    let claims =
        signing::claims(token).ok_or_else(|| invalid("Not a valid OpenId Connect identity token."))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    // The issuer without its scheme, which aws-amplify names the provider by, is the provider's name at AWS alone.
    let (_, issuer) = text("iss").split_once("://").unwrap_or_default();
    let user_pool = |name: &str| pool_id_of(name).and_then(|id| world.pools.get(id));
    let is_meant = |name: &str| {
        let by_issuer =
            || user_pool(name).is_some_and(|pool| provider_name == issuer && text("iss") == pool.issuer);
        name == provider_name || by_issuer()
    };
    let mut providers = pool.settings.cognito_identity_providers.iter();
    let provider = providers
        .find(|provider| is_meant(&provider.provider_name) && provider.client_id == text("aud"))
        .ok_or_else(|| {
            // An access token names no audience.
            if text("token_use") == "access" {
                invalid("Not a valid OpenId Connect identity token.")
            } else {
                unsupported()
            }
        })?;
    let user_pool = user_pool(&provider.provider_name).ok_or_else(unsupported)?;
    if text("iss") != user_pool.issuer {
        return Err(invalid("Issuer doesn't match providerName"));
    }
    if user_pool.kept.keys.verify(token).is_none() {
        return Err(invalid("Couldn't verify signed token."));
    }
    let (now, exp) = (user_pool.now(), claims.get("exp").and_then(Value::as_i64));
    let exp = exp.unwrap_or_default();
    if now >= exp {
        return Err(invalid(&format!("Token expired: {now} >= {exp}")));
    }
    if provider.server_side_token_check {
        let is_active = user_pool
            .kept
            .tokens
            .active(text("cognito:username"), now)
            .any(|session| session.origin_jti == text("origin_jti"));
        let user = user_pool.kept.users.get(text("cognito:username"));
        if !is_active || user.is_none_or(|user| !user.enabled) {
            return Err(invalid("Token is revoked."));
        }
    }
    let roles = claims.get("cognito:roles").and_then(Value::as_array);
    let roles = roles.into_iter().flatten().filter_map(Value::as_str);
    Ok(Login {
        provider_name: provider.provider_name.clone(),
        sub: text("sub").to_owned(),
        roles: roles.map(str::to_owned).collect(),
    })
}

fn invalid(why: &str) -> ApiError {
    not_authorized(&format!("Invalid login token. {why}"))
}
