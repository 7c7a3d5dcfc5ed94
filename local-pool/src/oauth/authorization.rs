//! Authorization requests (RFC 6749, section 4.1.1; RFC 7636, section 4.3; OpenID Connect Core, section 3.1.2.1).

use super::parameters::{Parameters, query};
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::world::World;

/// The name by which a pool's own users are an identity provider.
pub(super) const NATIVE: &str = "COGNITO";

/// How an authorization request is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// On a page: where to send the browser is not to be trusted.
    Page(&'static str),
    /// At the client's own address.
    Redirect(String),
}

/// An authorization request that was found in order.
#[derive(Debug)]
pub(super) struct Authorization {
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) code_challenge: Option<String>,
    /// Whether nothing may be shown (`prompt=none`).
    pub(super) silent: bool,
    /// Whether an SSO session does not do: `prompt=login`; on the way to an identity provider `select_account` and
    /// `consent` too, which are nothing to the pool's own sign-in.
    pub(super) forced: bool,
    /// Seconds since the sign-in that are not too many.
    pub(super) max_age: Option<i64>,
    /// Authentication levels (1 to 4), the most wanted first.
    pub(super) levels: Vec<u8>,
    /// The audience of the access token (RFC 8707).
    pub(super) resource: Option<String>,
    /// The identity provider that was named.
    pub(super) provider: Option<String>,
}

/// Checks an authorization request.
///
/// # Errors
/// On a page: `invalid_client`, `redirect_mismatch`. At the client: `invalid_request`, `unauthorized_client`,
/// `invalid_scope`.
pub(super) fn check<'a>(
    world: &'a mut World,
    given: &Parameters,
) -> Result<(&'a mut Pool, Client, Authorization), Refusal> {
    let Ok((pool, client)) = world.client_mut(given.text("client_id")) else {
        return Err(Refusal::Page("invalid_client"));
    };
    let redirect_uri = given.text("redirect_uri");
    if !client.oauth.callback_urls.iter().any(|url| url == redirect_uri) {
        return Err(Refusal::Page("redirect_mismatch"));
    }
    let checked = read(pool, &client, redirect_uri, given);
    let authorization = checked.map_err(|(error, description)| {
        Refusal::Redirect(refusal(redirect_uri, given.given("state"), error, description))
    })?;
    Ok((pool, client, authorization))
}

type Wrong = (&'static str, &'static str);

fn invalid(description: &'static str) -> Wrong {
    ("invalid_request", description)
}

fn read(
    pool: &Pool,
    client: &Client,
    redirect_uri: &str,
    given: &Parameters,
) -> Result<Authorization, Wrong> {
    check_response_type(client, given.text("response_type"))?;
    let prompts: Vec<&str> = given.text("prompt").split_ascii_whitespace().collect();
    let known = ["none", "login", "consent", "select_account"];
    let asks = |name| prompts.contains(&name);
    if prompts.iter().any(|name| !known.contains(name)) || (asks("none") && prompts.len() > 1) {
        return Err(invalid("prompt is not supported"));
    }
    let max_age = given.given("max_age").map(str::parse::<i64>).transpose();
    let max_age = max_age.map_err(|_| invalid("max_age has to be a number of seconds"))?;
    if max_age.is_some_and(|seconds| seconds < 0) {
        return Err(invalid("max_age has to be a number of seconds"));
    }
    let provider = provider(pool, client, given)?;
    let elsewhere = provider.as_ref().is_some_and(|name| name != NATIVE);
    let levels = given.text("acr_values").split_ascii_whitespace();
    Ok(Authorization {
        redirect_uri: redirect_uri.to_owned(),
        state: given.given("state").map(str::to_owned),
        nonce: given.given("nonce").map(str::to_owned),
        scopes: scopes(client, given.text("scope"))?,
        code_challenge: code_challenge(given)?,
        silent: asks("none"),
        forced: asks("login") || (elsewhere && (asks("select_account") || asks("consent"))),
        max_age,
        levels: levels
            .filter_map(|name| pool.settings().acr_level(name))
            .collect(),
        resource: resource(given)?,
        provider,
    })
}

/// The resource that was asked for: an address, as the developer guide ("Authorize endpoint") describes it.
fn resource(given: &Parameters) -> Result<Option<String>, Wrong> {
    let mut all = given.iter().filter(|(name, _)| *name == "resource");
    let Some((_, resource)) = all.next() else {
        return Ok(None);
    };
    let is_address = resource
        .split_once("://")
        .is_some_and(|(scheme, rest)| match scheme {
            "https" => !rest.is_empty(),
            "http" => rest.starts_with("localhost"),
            _ => !scheme.is_empty(),
        });
    if all.next().is_some() || !is_address {
        return Err(invalid("resource has to be one URL"));
    }
    Ok(Some(resource.to_owned()))
}

fn check_response_type(client: &Client, response_type: &str) -> Result<(), Wrong> {
    let allows_code = client.oauth.flows.iter().any(|flow| flow == "code");
    match response_type {
        "code" if allows_code => Ok(()),
        "code" | "token" => Err((
            "unauthorized_client",
            "The client is not allowed to use this response_type",
        )),
        _ => Err(invalid("response_type has to be code")),
    }
}

fn scopes(client: &Client, asked: &str) -> Result<Vec<String>, Wrong> {
    let allowed = &client.oauth.scopes;
    let mut scopes: Vec<String> = Vec::new();
    for scope in asked.split_ascii_whitespace() {
        if !allowed.iter().any(|allowed| allowed == scope) {
            return Err(("invalid_scope", "A scope is not allowed for the client"));
        }
        if !scopes.iter().any(|known| known == scope) {
            scopes.push(scope.to_owned());
        }
    }
    if scopes.is_empty() {
        scopes.clone_from(allowed);
    }
    let has = |name: &str| scopes.iter().any(|scope| scope == name);
    if !has("openid") && (has("email") || has("phone") || has("profile")) {
        return Err((
            "invalid_scope",
            "The scopes email, phone and profile require openid",
        ));
    }
    Ok(scopes)
}

fn code_challenge(given: &Parameters) -> Result<Option<String>, Wrong> {
    match (
        given.given("code_challenge"),
        given.given("code_challenge_method"),
    ) {
        (None, None) => Ok(None),
        // SHA-256 in base64url without padding.
        (Some(challenge), Some("S256"))
            if challenge.len() == 43
                && challenge
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) =>
        {
            Ok(Some(challenge.to_owned()))
        }
        (Some(_), Some("S256")) => Err(invalid("code_challenge is not a hash of SHA-256")),
        (None, Some(_)) => Err(invalid("code_challenge is missing")),
        (Some(_), _) => Err(invalid("code_challenge_method has to be S256")),
    }
}

fn provider(pool: &Pool, client: &Client, given: &Parameters) -> Result<Option<String>, Wrong> {
    let identified = |identifier: &str| {
        let providers = pool.kept.identity_providers.values();
        let names = |provider: &&crate::pool::identity_provider::IdentityProvider| {
            provider
                .idp_identifiers
                .iter()
                .any(|known| known.eq_ignore_ascii_case(identifier))
        };
        providers
            .into_iter()
            .find(names)
            .map(|provider| provider.name.clone())
    };
    let named = given.given("identity_provider").map(str::to_owned);
    let asked = match (named, given.given("idp_identifier")) {
        (None, None) => return Ok(None),
        (Some(name), _) => Some(name),
        (None, Some(identifier)) => identified(identifier),
    };
    let on_offer = |name: &String| providers(pool, client).any(|known| known == name);
    let asked = asked.filter(on_offer);
    let asked = asked.ok_or_else(|| invalid("The identity provider is not available"))?;
    Ok(Some(asked))
}

/// The identity providers that users of the client can choose from, as far as the pool has them.
pub(super) fn providers<'a>(pool: &'a Pool, client: &'a Client) -> impl Iterator<Item = &'a str> {
    let has = |name: &&str| *name == NATIVE || pool.kept.identity_providers.contains_key(*name);
    client
        .oauth
        .identity_providers
        .iter()
        .map(String::as_str)
        .filter(has)
}

/// The address of a client's that tells it what went wrong (RFC 6749, section 4.1.2.1).
pub(super) fn refusal(redirect_uri: &str, state: Option<&str>, error: &str, description: &str) -> String {
    let told = [
        ("error_description", Some(description)),
        ("state", state),
        ("error", Some(error)),
    ];
    told_to(redirect_uri, &told)
}

/// A client's address with more parameters.
pub(super) fn told_to(redirect_uri: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let given = parameters
        .iter()
        .filter_map(|(name, value)| Some((*name, (*value)?)));
    format!("{redirect_uri}{separator}{}", query(given))
}

impl Authorization {
    /// The client's address with an error.
    pub(super) fn refused(&self, error: &str, description: &str) -> String {
        refusal(&self.redirect_uri, self.state.as_deref(), error, description)
    }
}
