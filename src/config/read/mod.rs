//! From the text of `amplify_outputs.json` to a [`Config`].

mod groups;
mod oauth;
mod section;
mod session;
mod sign_in;

use section::{Section, as_is, cut, malformed};
use serde_json::{Map, Value};

use super::{
    ClientId, Config, ConfigProblem, Endpoint, IdentityPool, IdentityPoolId, PasswordPolicy, Region,
    SessionLimits, UserPoolId,
};

/// The newest minor version of the schema whose values are all known here.
const KNOWN_MINOR: u32 = 5;

pub(super) fn read(text: &str) -> Result<Config, ConfigProblem> {
    let text = text.trim_start_matches('\u{feff}');
    let file: Value = serde_json::from_str(text).map_err(|error| {
        if text.contains("aws_user_pools_id") {
            return ConfigProblem::Gen1File;
        }
        ConfigProblem::NotJson {
            line: error.line(),
            column: error.column(),
            looks_like_html: text.trim_start().starts_with('<'),
        }
    })?;
    if let Some(path) = client_secret(&file, "") {
        return Err(ConfigProblem::ClientSecret { path });
    }
    let Value::Object(root) = &file else {
        return Err(malformed(
            "amplify_outputs.json",
            &file,
            "The file has to hold one JSON object.",
        ));
    };
    if is_gen1(root) {
        return Err(ConfigProblem::Gen1File);
    }
    let mut root = Section {
        values: root,
        path: "",
        strict: true,
    };
    let version: String = root.required("version", "It is a text in quotation marks, such as \"1.4\".")?;
    let minor =
        minor_of(&version).ok_or_else(|| ConfigProblem::UnsupportedVersion { found: cut(&version) })?;
    root.strict = minor <= KNOWN_MINOR;
    let Some(auth) = root.section("auth", "auth")? else {
        return Err(ConfigProblem::NoAuthSection);
    };

    let region = auth.id("aws_region", Region::parse)?;
    let user_pool_id = auth.id("user_pool_id", UserPoolId::parse)?;
    let client_id = auth.id("user_pool_client_id", ClientId::parse)?;
    if user_pool_id.region() != region.as_str() {
        return Err(ConfigProblem::RegionMismatch {
            region: region.to_string(),
            pool: user_pool_id.region().to_owned(),
        });
    }
    let cognito = cognito(&root)?;
    let custom = cognito.as_ref().map(custom).transpose()?.unwrap_or_default();
    Ok(Config {
        endpoint: custom.endpoint.unwrap_or_else(|| Endpoint::of_region(&region)),
        custom_issuer: custom.issuer,
        identity_pool: identity_pool(&auth, custom.identity_endpoint)?,
        totp_issuer: custom.totp_issuer,
        api_origins: custom.api_origins,
        user_pool_id,
        client_id,
        region,
        password_policy: password_policy(&auth)?,
        username_attributes: auth.words(
            "username_attributes",
            "It is a list of \"email\", \"phone_number\" or \"username\".",
            as_is,
        )?,
        standard_required_attributes: auth.words(
            "standard_required_attributes",
            "It is a list of attribute names.",
            as_is,
        )?,
        user_verification_types: auth.words(
            "user_verification_types",
            "It is a list of \"email\" or \"phone_number\".",
            as_is,
        )?,
        sign_in_flow: sign_in::flow(&auth)?,
        mfa: sign_in::mfa(&auth)?,
        passwordless: sign_in::passwordless(&auth)?,
        session: custom.session,
        groups: groups::groups(&auth)?,
        oauth: oauth::oauth(&auth, cognito.as_ref())?,
    })
}

/// Its region is that of its id: nothing says that it has to be the user pool's.
fn identity_pool(
    auth: &Section<'_>,
    endpoint: Option<Endpoint>,
) -> Result<Option<IdentityPool>, ConfigProblem> {
    let guests = auth.optional("unauthenticated_identities_enabled", "It is true or false.")?;
    if auth.get("identity_pool_id").is_none() {
        return Ok(None);
    }
    let id = auth.id("identity_pool_id", IdentityPoolId::parse)?;
    Ok(Some(IdentityPool {
        endpoint: endpoint.unwrap_or_else(|| Endpoint::of_identity_pools(&id.region())),
        id,
        allows_guests: guests.unwrap_or(false),
    }))
}

fn password_policy(auth: &Section<'_>) -> Result<PasswordPolicy, ConfigProblem> {
    let Some(policy) = auth.section("password_policy", "auth.password_policy")? else {
        return Ok(PasswordPolicy::default());
    };
    let required = |key| Ok(policy.optional(key, "It is true or false.")?.unwrap_or(false));
    let hint = "It is a number from 6 to 99.";
    let lenient = PasswordPolicy::default();
    let min_length = policy.optional("min_length", hint)?.unwrap_or(lenient.min_length);
    if !(lenient.min_length..=99).contains(&min_length) {
        return Err(malformed(
            "auth.password_policy.min_length",
            &Value::from(min_length),
            hint,
        ));
    }
    Ok(PasswordPolicy {
        min_length,
        require_lowercase: required("require_lowercase")?,
        require_uppercase: required("require_uppercase")?,
        require_numbers: required("require_numbers")?,
        require_symbols: required("require_symbols")?,
    })
}

/// What the free section says of the pool: `custom.cognito`.
#[derive(Default)]
struct Custom {
    endpoint: Option<Endpoint>,
    issuer: Option<Endpoint>,
    identity_endpoint: Option<Endpoint>,
    totp_issuer: Option<String>,
    session: SessionLimits,
    api_origins: Vec<Endpoint>,
}

/// `custom` is anyone's: only our own part of it is checked.
fn cognito<'a>(root: &Section<'a>) -> Result<Option<Section<'a>>, ConfigProblem> {
    let Some(Value::Object(custom)) = root.get("custom") else {
        return Ok(None);
    };
    let custom = Section {
        values: custom,
        path: "custom",
        strict: true,
    };
    custom.section("cognito", "custom.cognito")
}

fn custom(cognito: &Section<'_>) -> Result<Custom, ConfigProblem> {
    let address = |key| {
        let text: Option<&str> = cognito.optional(key, "It is an address in quotation marks.")?;
        text.map(Endpoint::parse)
            .transpose()
            .map_err(|problem| ConfigProblem::BadEndpoint {
                path: cognito.path_of(key),
                problem,
            })
    };
    Ok(Custom {
        endpoint: address("endpoint")?,
        issuer: address("issuer")?,
        identity_endpoint: address("identity_endpoint")?,
        api_origins: api_origins(cognito)?,
        totp_issuer: cognito.text(
            "totp_issuer",
            "It is the name of the app for people to read in their authenticator app, in quotation marks and \
             without a colon.",
            |text| !text.trim().is_empty() && !text.contains(|c: char| c == ':' || c.is_control()),
        )?,
        session: session::session_limits(cognito)?,
    })
}

fn api_origins(cognito: &Section<'_>) -> Result<Vec<Endpoint>, ConfigProblem> {
    let hint = "It is a list of origins in quotation marks, such as [\"https://api.example.com\"].";
    let origins: Vec<&str> = cognito.optional("api_origins", hint)?.unwrap_or_default();
    let origins = origins.into_iter().enumerate().map(|(at, origin)| {
        Endpoint::parse_origin(origin).map_err(|problem| ConfigProblem::BadEndpoint {
            path: [&cognito.path_of("api_origins"), ".", &at.to_string()].concat(),
            problem,
        })
    });
    origins.collect()
}

/// The minor number of schema version `1` or `1.N`. Later minor versions only add keys.
fn minor_of(version: &str) -> Option<u32> {
    match version.split_once('.') {
        None if version == "1" => Some(0),
        Some(("1", minor)) if minor.bytes().all(|c| c.is_ascii_digit()) => minor.parse().ok(),
        _ => None,
    }
}

/// The path of the first client secret, at any depth.
fn client_secret(value: &Value, path: &str) -> Option<String> {
    let join = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Object(values) => values.iter().find_map(|(key, value)| {
            let filled = match value {
                Value::Null | Value::Bool(_) => false,
                Value::String(text) => !text.is_empty(),
                _ => true,
            };
            if filled && names_client_secret(key) {
                return Some(cut(&join(key)));
            }
            client_secret(value, &join(key))
        }),
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .find_map(|(i, entry)| client_secret(entry, &join(&i.to_string()))),
        _ => None,
    }
}

/// Whether a key is some spelling of `client_secret`, with anything before it.
fn names_client_secret(key: &str) -> bool {
    let letters: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    letters.ends_with("clientsecret") || letters.ends_with("clientsecretvalue")
}

/// `aws-exports` and the two forms of `amplifyconfiguration.json`.
fn is_gen1(root: &Map<String, Value>) -> bool {
    let plugins = root.get("auth").and_then(|auth| auth.get("plugins"));
    root.keys()
        .any(|key| key.starts_with("aws_user_pools_") || key == "aws_project_region")
        || (!root.contains_key("version") && root.contains_key("Auth"))
        || plugins.is_some()
}
