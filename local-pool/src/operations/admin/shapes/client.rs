//! UserPoolClientType and UserPoolClientDescription.

use serde_json::{Value, json};

use crate::pool::Pool;
use crate::pool::client::{Client, OAuth, PreventUserExistenceErrors, Rotation};
use crate::pool::schema;
use crate::protocol::{ApiError, Request, invalid_parameter};

/// Members on which nothing here depends; they are told as they were given.
const REPEATED: [&str; 4] = [
    "DefaultRedirectURI",
    "AnalyticsConfiguration",
    "EnablePropagateAdditionalUserContextData",
    UNITS,
];

const UNITS: &str = "TokenValidityUnits";

/// The flows of a client that names none (API reference, CreateUserPoolClient).
const DEFAULT_FLOWS: [&str; 3] = [
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_SRP_AUTH",
];

/// The scopes that every pool has; the local pool has no resource servers.
const SCOPES: [&str; 5] = [
    "openid",
    "email",
    "phone",
    "profile",
    "aws.cognito.signin.user.admin",
];

/// A token's member of TokenValidityUnits, its unit by default, and its shortest and longest life in seconds.
struct Token {
    name: &'static str,
    unit: &'static str,
    seconds: std::ops::RangeInclusive<i64>,
    default: i64,
}

const ACCESS: Token = Token {
    name: "AccessToken",
    unit: "hours",
    seconds: 300..=86_400,
    default: 3600,
};

const ID: Token = Token {
    name: "IdToken",
    ..ACCESS
};

const REFRESH: Token = Token {
    name: "RefreshToken",
    unit: "days",
    seconds: 3600..=315_360_000,
    default: 30 * 86_400,
};

/// Takes all that a request can set; what it does not give goes back to AWS's default (API reference,
/// UpdateUserPoolClient).
///
/// # Errors
/// `InvalidParameterException`, `InvalidOAuthFlowException`, `ScopeDoesNotExistException`.
pub(in super::super) fn take(client: &mut Client, pool: &Pool, request: &Request) -> Result<(), ApiError> {
    if let Some(name) = request.given("ClientName") {
        name.clone_into(&mut client.name);
    }
    client.access_token_validity_seconds = ACCESS.read(request)?;
    client.id_token_validity_seconds = ID.read(request)?;
    client.refresh_token_validity_seconds = REFRESH.read(request)?;
    let minutes = request.value("AuthSessionValidity").and_then(Value::as_i64);
    client.auth_session_validity_seconds = minutes.unwrap_or(3).saturating_mul(60);
    client.refresh_token_rotation = rotation(request);
    client.enable_token_revocation = request.flag("EnableTokenRevocation").unwrap_or(true);
    client.prevent_user_existence_errors = if request.text("PreventUserExistenceErrors") == "ENABLED" {
        PreventUserExistenceErrors::Enabled
    } else {
        PreventUserExistenceErrors::Legacy
    };
    client.explicit_auth_flows = flows(request)?;
    client.read_attributes = attributes(pool, request, "ReadAttributes")?;
    client.write_attributes = attributes(pool, request, "WriteAttributes")?;
    client.oauth = oauth(client, pool, request)?;
    for member in REPEATED {
        match request.value(member) {
            Some(value) => client.described.insert(member.to_owned(), value.clone()),
            None => client.described.remove(member),
        };
    }
    Ok(())
}

impl Token {
    fn read(&self, request: &Request) -> Result<i64, ApiError> {
        let validity = request
            .value(&format!("{}Validity", self.name))
            .and_then(Value::as_i64);
        let Some(validity) = validity.filter(|validity| *validity > 0) else {
            return Ok(self.default);
        };
        let unit = request.value(UNITS).and_then(|units| units.get(self.name));
        let unit = unit.and_then(Value::as_str).unwrap_or(self.unit);
        let seconds = validity.saturating_mul(seconds_of(unit));
        if self.seconds.contains(&seconds) {
            Ok(seconds)
        } else {
            Err(invalid_parameter("Invalid range for token validity."))
        }
    }

    /// The life in the unit in which it was set, or in seconds if it is no whole number of these.
    fn tell(&self, shape: &mut Value, client: &Client, seconds: i64) {
        let unit = client.described.get(UNITS).and_then(|units| units.get(self.name));
        let unit = unit.and_then(Value::as_str).unwrap_or(self.unit);
        let unit = if seconds % seconds_of(unit) == 0 {
            unit
        } else {
            "seconds"
        };
        shape[format!("{}Validity", self.name)] = json!(seconds / seconds_of(unit));
        shape[UNITS][self.name] = json!(unit);
    }
}

fn seconds_of(unit: &str) -> i64 {
    match unit {
        "minutes" => 60,
        "hours" => 3600,
        "days" => 86_400,
        _ => 1,
    }
}

fn rotation(request: &Request) -> Rotation {
    let shape = request.value("RefreshTokenRotation");
    let member = |name: &str| shape.and_then(|shape| shape.get(name));
    let grace = member("RetryGracePeriodSeconds").and_then(Value::as_i64);
    Rotation {
        enabled: member("Feature").and_then(Value::as_str) == Some("ENABLED"),
        retry_grace_period_seconds: grace.unwrap_or_default(),
    }
}

/// ExplicitAuthFlows by their present names. Under the older names, SRP and refreshing were always allowed.
fn flows(request: &Request) -> Result<Vec<String>, ApiError> {
    let given: Vec<&str> = request.texts("ExplicitAuthFlows").collect();
    let mut flows = given.clone();
    if given.is_empty() {
        flows.extend(DEFAULT_FLOWS);
    } else if !given.iter().all(|flow| flow.starts_with("ALLOW_")) {
        if given.iter().any(|flow| flow.starts_with("ALLOW_")) {
            return Err(invalid_parameter(
                "ExplicitAuthFlows has names with and without ALLOW_ at once.",
            ));
        }
        flows = DEFAULT_FLOWS.to_vec();
        for flow in given {
            match flow {
                "ADMIN_NO_SRP_AUTH" => flows.push("ALLOW_ADMIN_USER_PASSWORD_AUTH"),
                "USER_PASSWORD_AUTH" => flows.push("ALLOW_USER_PASSWORD_AUTH"),
                _ => flows.retain(|flow| *flow != "ALLOW_USER_SRP_AUTH"),
            }
        }
    }
    flows.sort_unstable();
    flows.dedup();
    Ok(flows.into_iter().map(str::to_owned).collect())
}

/// A client that writes only some attributes has to be able to write the required ones.
fn attributes(pool: &Pool, request: &Request, member: &str) -> Result<Option<Vec<String>>, ApiError> {
    if request.value(member).is_none() {
        return Ok(None);
    }
    let names: Vec<String> = request.texts(member).map(str::to_owned).collect();
    let schema = &pool.settings().schema;
    let writes = member == "WriteAttributes";
    let known = |name: &String| schema.attribute(name).is_some() || (!writes && schema::is_own(name));
    let lacks_required = writes
        && schema
            .required()
            .any(|name| !names.iter().any(|given| given == name));
    if lacks_required || !names.iter().all(known) {
        let kind = if writes { "write" } else { "read" };
        return Err(invalid_parameter(format!(
            "Invalid {kind} attributes specified while creating a client"
        )));
    }
    Ok(Some(names))
}

fn oauth(client: &Client, pool: &Pool, request: &Request) -> Result<OAuth, ApiError> {
    let texts = |member: &str| request.texts(member).map(str::to_owned).collect::<Vec<String>>();
    let identity_providers = texts("SupportedIdentityProviders");
    let missing = identity_providers
        .iter()
        .find(|name| *name != "COGNITO" && !pool.kept.identity_providers.contains_key(*name));
    if let Some(name) = missing {
        let message = format!(
            "The provider {name} does not exist for User Pool {}.",
            pool.kept.id
        );
        return Err(invalid_parameter(message));
    }
    if request.flag("AllowedOAuthFlowsUserPoolClient") != Some(true) {
        return Ok(OAuth {
            identity_providers,
            ..OAuth::default()
        });
    }
    let oauth = OAuth {
        callback_urls: texts("CallbackURLs"),
        logout_urls: texts("LogoutURLs"),
        flows: texts("AllowedOAuthFlows"),
        scopes: texts("AllowedOAuthScopes"),
        identity_providers,
    };
    check_oauth(&oauth, client)?;
    Ok(oauth)
}

fn check_oauth(oauth: &OAuth, client: &Client) -> Result<(), ApiError> {
    let wrong_flow = |message: &str| Err(ApiError::new("InvalidOAuthFlowException", message));
    if oauth.flows.is_empty() || oauth.scopes.is_empty() {
        return wrong_flow(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        );
    }
    if oauth.flows.iter().any(|flow| flow == "client_credentials") {
        if oauth.flows.len() > 1 {
            return wrong_flow(
                "client_credentials flow can not be selected along with code flow or implicit flow.",
            );
        }
        if client.secret.is_none() {
            return wrong_flow(
                "client_credentials flow can not be selected if client does not have a client secret.",
            );
        }
    }
    if let Some(scope) = oauth
        .scopes
        .iter()
        .find(|scope| !SCOPES.contains(&scope.as_str()))
    {
        let message = format!("Invalid scope requested: {scope}");
        return Err(ApiError::new("ScopeDoesNotExistException", message));
    }
    let urls = oauth.callback_urls.iter().chain(&oauth.logout_urls);
    match urls.into_iter().find(|url| !may_redirect_to(url)) {
        Some(url) => Err(invalid_parameter(format!("{url} cannot be redirected to."))),
        None => Ok(()),
    }
}

/// A redirect URI is absolute, has no fragment, and is https, or http on this machine, or of an app's own scheme
/// (API reference, CallbackURLs).
fn may_redirect_to(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', ':']).next().unwrap_or_default();
    !url.contains('#') && (scheme != "http" || matches!(host, "localhost" | "127.0.0.1"))
}

/// The whole client, its secret among it.
pub(in super::super) fn client(pool_id: &str, client: &Client) -> Value {
    let mut shape = description(pool_id, client);
    shape["LastModifiedDate"] = json!(client.modified_at);
    shape["CreationDate"] = json!(client.created_at);
    shape["ExplicitAuthFlows"] = json!(client.explicit_auth_flows);
    shape["PreventUserExistenceErrors"] = json!(client.prevent_user_existence_errors);
    shape["EnableTokenRevocation"] = json!(client.enable_token_revocation);
    shape["AuthSessionValidity"] = json!(client.auth_session_validity_seconds / 60);
    shape["AllowedOAuthFlowsUserPoolClient"] = json!(!client.oauth.flows.is_empty());
    shape["EnablePropagateAdditionalUserContextData"] = json!(false);
    shape["ClientType"] = json!("REGULAR");
    for member in REPEATED.into_iter().filter(|member| *member != UNITS) {
        if let Some(value) = client.described.get(member) {
            shape[member] = value.clone();
        }
    }
    ACCESS.tell(&mut shape, client, client.access_token_validity_seconds);
    ID.tell(&mut shape, client, client.id_token_validity_seconds);
    REFRESH.tell(&mut shape, client, client.refresh_token_validity_seconds);
    if client.refresh_token_rotation.enabled {
        shape["RefreshTokenRotation"] = json!({
            "Feature": "ENABLED",
            "RetryGracePeriodSeconds": client.refresh_token_rotation.retry_grace_period_seconds,
        });
    }
    if let Some(secret) = &client.secret {
        shape["ClientSecret"] = json!(secret);
    }
    let lists = [
        ("ReadAttributes", json!(client.read_attributes)),
        ("WriteAttributes", json!(client.write_attributes)),
        ("CallbackURLs", json!(client.oauth.callback_urls)),
        ("LogoutURLs", json!(client.oauth.logout_urls)),
        ("AllowedOAuthFlows", json!(client.oauth.flows)),
        ("AllowedOAuthScopes", json!(client.oauth.scopes)),
        (
            "SupportedIdentityProviders",
            json!(client.oauth.identity_providers),
        ),
    ];
    for (member, list) in lists {
        if list.as_array().is_some_and(|list| !list.is_empty()) {
            shape[member] = list;
        }
    }
    shape
}

/// As lists show the client.
pub(in super::super) fn description(pool_id: &str, client: &Client) -> Value {
    json!({"ClientId": client.id, "UserPoolId": pool_id, "ClientName": client.name})
}
