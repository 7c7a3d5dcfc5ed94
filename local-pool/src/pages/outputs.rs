//! The `amplify_outputs.json` of a pool and a client, for an app.

use serde_json::{Map, Value, json};

use crate::identity;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::Contact;
use crate::pool::identity_provider::{IdentityProvider, ProviderType};
use crate::pool::settings::{AuthFactor, MfaConfiguration, MfaSettings, Settings};

/// What an app's `amplify_outputs.json` has to say about this pool and client.
pub(super) fn outputs(
    pool: &Pool,
    client: &Client,
    endpoint: &str,
    identities: Option<&identity::Settings>,
) -> String {
    let settings = pool.settings();
    let names = |contacts: &[Contact]| {
        contacts
            .iter()
            .map(|contact| contact.attribute())
            .collect::<Vec<_>>()
    };
    let mut username_attributes = names(&settings.username_attributes);
    if username_attributes.is_empty() {
        username_attributes.push("username");
    }
    let policy = &settings.password_policy;
    let policy = [
        ("min_length", json!(policy.minimum_length)),
        ("require_lowercase", json!(policy.require_lowercase)),
        ("require_uppercase", json!(policy.require_uppercase)),
        ("require_numbers", json!(policy.require_numbers)),
        ("require_symbols", json!(policy.require_symbols)),
    ];
    let region = pool.kept.id.split_once('_').map_or("", |(region, _)| region);
    let mut auth = vec![
        ("aws_region", json!(region)),
        ("user_pool_id", json!(pool.kept.id)),
        ("user_pool_client_id", json!(client.id)),
        ("username_attributes", json!(username_attributes)),
        (
            "user_verification_types",
            json!(names(&settings.auto_verified_attributes)),
        ),
    ];
    let required: Vec<_> = settings.schema.required().collect();
    if !required.is_empty() {
        auth.push(("standard_required_attributes", json!(required)));
    }
    auth.extend(mfa(&settings.mfa));
    auth.extend(passwordless(settings, client));
    let mut custom = vec![("endpoint", json!(endpoint))];
    if client.oauth.flows.iter().any(|flow| flow == "code") && !client.oauth.callback_urls.is_empty() {
        auth.push(("oauth", oauth(pool, client, endpoint)));
        custom.push(("oauth", more_of_oauth(pool, client)));
    }
    let groups = groups(pool);
    if !groups.is_empty() {
        auth.push(("groups", json!(groups)));
    }
    if let Some(identities) = identities {
        let guests = identities.allow_unauthenticated_identities;
        auth.push(("identity_pool_id", json!(identities.id)));
        auth.push(("unauthenticated_identities_enabled", json!(guests)));
        custom.push(("identity_endpoint", json!(endpoint)));
    }
    format!(
        "{{\n  \"version\": \"1.4\",\n  \"auth\": {{\n    {},\n    \"password_policy\": {{\n      {}\n    }}\n  }},\n  \
         \"custom\": {{\n    \"cognito\": {{ {} }}\n  }}\n}}",
        members(&auth, "    "),
        members(&policy, "      "),
        members(&custom, "").replace('\n', " ")
    )
}

/// The hosted pages, as the schema has them: it knows the social providers only.
fn oauth(pool: &Pool, client: &Client, endpoint: &str) -> Value {
    let social: Vec<_> = providers(pool, client)
        .filter_map(|provider| match provider.provider_type {
            ProviderType::Google => Some("GOOGLE"),
            ProviderType::Facebook => Some("FACEBOOK"),
            ProviderType::LoginWithAmazon => Some("LOGIN_WITH_AMAZON"),
            ProviderType::SignInWithApple => Some("SIGN_IN_WITH_APPLE"),
            ProviderType::Saml | ProviderType::Oidc => None,
        })
        .collect();
    json!({
        "domain": endpoint,
        "identity_providers": social,
        "scopes": client.oauth.scopes,
        "redirect_sign_in_uri": client.oauth.callback_urls,
        "redirect_sign_out_uri": client.oauth.logout_urls,
        "response_type": "code",
    })
}

/// What the schema has no words for.
fn more_of_oauth(pool: &Pool, client: &Client) -> Value {
    let others: Vec<_> = providers(pool, client)
        .filter(|provider| !provider.provider_type.is_social())
        .collect();
    let names: Vec<_> = others.iter().map(|provider| &provider.name).collect();
    let identifiers = others.iter().flat_map(|provider| &provider.idp_identifiers);
    let domains: Vec<_> = identifiers
        .filter(|identifier| identifier.contains('.'))
        .collect();
    let has_own_users = client
        .oauth
        .identity_providers
        .iter()
        .any(|name| name == "COGNITO");
    json!({ "providers": names, "email_domains": domains, "managed_login": has_own_users })
}

/// The identity providers of a client's users, as far as the pool has them.
fn providers<'a>(pool: &'a Pool, client: &'a Client) -> impl Iterator<Item = &'a IdentityProvider> {
    let names = client.oauth.identity_providers.iter();
    names.filter_map(|name| pool.kept.identity_providers.get(name))
}

/// The groups that people have made, each with its precedence.
fn groups(pool: &Pool) -> Vec<Value> {
    let of_provider = [&pool.kept.id, "_"].concat();
    let groups = pool.kept.groups.values();
    groups
        .filter(|group| !group.name.starts_with(&of_provider))
        .map(|group| {
            let about = group
                .precedence
                .map(|precedence| ("precedence".to_owned(), json!(precedence)));
            json!({ group.name.as_str(): about.into_iter().collect::<Map<_, _>>() })
        })
        .collect()
}

fn mfa(mfa: &MfaSettings) -> Vec<(&'static str, Value)> {
    let requirement = match mfa.configuration {
        MfaConfiguration::Off => return Vec::new(),
        MfaConfiguration::On => "REQUIRED",
        MfaConfiguration::Optional => "OPTIONAL",
    };
    let methods = [
        ("SMS", mfa.sms),
        ("TOTP", mfa.software_token),
        ("EMAIL", mfa.email),
    ];
    let methods: Vec<_> = methods
        .iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| name)
        .collect();
    vec![
        ("mfa_configuration", json!(requirement)),
        ("mfa_methods", json!(methods)),
    ]
}

/// The ways to sign in without a password, where the app client has the flow for them.
fn passwordless(settings: &Settings, client: &Client) -> Option<(&'static str, Value)> {
    let email = settings.allows_first_factor(AuthFactor::EmailOtp);
    let sms = settings.allows_first_factor(AuthFactor::SmsOtp);
    let passkeys = settings
        .web_authn
        .as_ref()
        .filter(|_| settings.allows_first_factor(AuthFactor::WebAuthn));
    if !client.allows("ALLOW_USER_AUTH") || !(email || sms || passkeys.is_some()) {
        return None;
    }
    let mut ways = json!({ "email_otp_enabled": email, "sms_otp_enabled": sms });
    if let (Some(passkeys), Some(ways)) = (passkeys, ways.as_object_mut()) {
        ways.insert(
            "web_authn".to_owned(),
            json!({ "relying_party_id": passkeys.relying_party_id, "user_verification": passkeys.user_verification }),
        );
    }
    Some(("passwordless", ways))
}

/// Members of a JSON object in the order in which people know them, a line each.
fn members(members: &[(&str, Value)], indent: &str) -> String {
    let lines: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}"))
        .collect();
    lines.join(&format!(",\n{indent}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::home::identity_pool;
    use crate::pool::client::OAuth;
    use crate::seed;
    use crate::world::World;

    fn world() -> World {
        World::new("http://127.0.0.1:9229", None)
    }

    #[test]
    fn what_is_to_be_pasted_names_pool_client_and_endpoint() {
        let world = world();
        let pool = &world.pools[seed::POOL_ID];
        let client = &pool.kept.clients[seed::CLIENT_ID];
        let identities = identity_pool(&world, pool, client);
        let outputs = outputs(pool, client, "http://127.0.0.1:9229", identities);
        let outputs: Value = serde_json::from_str(&outputs).unwrap();
        assert_eq!(outputs["auth"]["aws_region"], "us-east-1");
        assert_eq!(outputs["auth"]["password_policy"]["min_length"], 8);
        assert_eq!(outputs["auth"]["user_pool_id"], seed::POOL_ID);
        assert_eq!(outputs["auth"]["user_pool_client_id"], seed::CLIENT_ID);
        assert_eq!(outputs["auth"]["username_attributes"], json!(["email"]));
        assert_eq!(outputs["custom"]["cognito"]["endpoint"], "http://127.0.0.1:9229");
        assert_eq!(outputs["auth"]["identity_pool_id"], seed::IDENTITY_POOL_ID);
        assert_eq!(outputs["auth"]["unauthenticated_identities_enabled"], true);
        assert_eq!(
            outputs["custom"]["cognito"]["identity_endpoint"],
            "http://127.0.0.1:9229"
        );
    }

    #[test]
    fn what_is_to_be_pasted_has_the_hosted_pages_and_the_groups() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let client = pool.kept.clients[seed::CLIENT_ID].clone();
        let read = |pool: &Pool, client: &Client| -> Value {
            serde_json::from_str(&outputs(pool, client, "http://127.0.0.1:9229", None)).unwrap()
        };
        let all = read(pool, &client);
        let oauth = &all["auth"]["oauth"];
        assert_eq!(oauth["domain"], "http://127.0.0.1:9229");
        assert!(
            oauth["identity_providers"]
                .as_array()
                .unwrap()
                .contains(&json!("GOOGLE"))
        );
        assert_eq!(oauth["response_type"], "code");
        let more = &all["custom"]["cognito"]["oauth"];
        assert_eq!(more["providers"], json!(["Workforce", "Partner"]));
        assert_eq!(
            more["email_domains"],
            json!(["workforce.example", "partner.example"])
        );
        assert_eq!(more["managed_login"], true);
        assert_eq!(all["auth"]["groups"], json!([{ "admins": {} }]));
        let without = Client {
            oauth: OAuth::default(),
            ..client
        };
        let without = read(pool, &without);
        assert!(
            without["auth"].get("oauth").is_none() && without["custom"]["cognito"].get("oauth").is_none()
        );
    }

    #[test]
    fn what_is_to_be_pasted_tells_the_ways_to_sign_in() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let settings = &mut pool.kept.settings;
        settings.allowed_first_auth_factors =
            vec![AuthFactor::Password, AuthFactor::EmailOtp, AuthFactor::WebAuthn];
        settings.web_authn = serde_json::from_value(json!({ "relying_party_id": "localhost" })).unwrap();
        settings.mfa = MfaSettings {
            configuration: MfaConfiguration::Optional,
            software_token: true,
            ..MfaSettings::default()
        };
        let mut client = pool.kept.clients[seed::CLIENT_ID].clone();
        let auth = |pool: &Pool, client: &Client| -> Value {
            let text = outputs(pool, client, "http://127.0.0.1:9229", None);
            serde_json::from_str::<Value>(&text).unwrap()["auth"].clone()
        };
        let without_flow = auth(pool, &client);
        assert_eq!(without_flow["mfa_configuration"], "OPTIONAL");
        assert_eq!(without_flow["mfa_methods"], json!(["TOTP"]));
        assert!(without_flow.get("passwordless").is_none());
        client.explicit_auth_flows.push("ALLOW_USER_AUTH".to_owned());
        assert_eq!(
            auth(pool, &client)["passwordless"],
            json!({
                "email_otp_enabled": true,
                "sms_otp_enabled": false,
                "web_authn": { "relying_party_id": "localhost", "user_verification": "preferred" },
            })
        );
    }
}
