//! The first page: the pools, their clients, and whom to sign in as.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::html::{badge, copy_button, definitions, escape};
use super::shell::{self, Place};
use crate::app::App;
use crate::identity;
use crate::pool::Pool;
use crate::pool::client::Client;
use crate::pool::contact::Contact;
use crate::pool::settings::{AuthFactor, MfaConfiguration, MfaSettings, Settings};
use crate::seed::Seed;
use crate::world::World;

/// GET /
pub(super) async fn page(State(app): State<App>) -> Response {
    // Checking passwords would hold up the runtime's only thread.
    let content = tokio::task::spawn_blocking(move || content(&app.world(), app.seed())).await;
    shell::page(Place::Home, "Home", &content.unwrap_or_default())
}

fn content(world: &World, seed: &Seed) -> String {
    let pools: String = world
        .pools
        .values()
        .map(|pool| section(pool, seed, world))
        .collect();
    format!(
        "<h1>Local user pool</h1><p class=\"soft\">Amazon Cognito user pools for development, on this machine \
         only.</p>{pools}"
    )
}

fn section(pool: &Pool, seed: &Seed, world: &World) -> String {
    let endpoint = &world.origin;
    let id = escape(&pool.kept.id);
    let code = |text: &str, of: &str| format!("<code>{}</code> {}", escape(text), copy_button(text, of));
    let (users, groups) = (pool.kept.users.len(), pool.kept.groups.len());
    let settings = definitions(&[
        ("Pool id", code(&pool.kept.id, "pool id")),
        ("Endpoint", code(endpoint, "endpoint")),
        ("Issuer", code(&pool.issuer, "issuer")),
        (
            "Documents",
            format!(
                "<a href=\"/{id}/.well-known/openid-configuration\">OpenID configuration</a> · \
                 <a href=\"/{id}/.well-known/jwks.json\">Keys</a>"
            ),
        ),
        (
            "People",
            format!(
                "<a href=\"/users#{id}\">{}, {}</a>",
                counted(users, "user"),
                counted(groups, "group")
            ),
        ),
    ]);
    let clients: String = pool
        .kept
        .clients
        .values()
        .map(|client| client_card(pool, client, world))
        .collect();
    format!(
        "<section aria-labelledby=\"pool-{id}\"><h2 id=\"pool-{id}\">{name}</h2>\
         <div class=\"card\">{settings}</div>{people}{clients}</section>",
        name = escape(&pool.settings().name),
        people = people(pool, seed),
    )
}

fn counted(count: usize, of: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {of}{plural}")
}

/// The seeded users whose password is still the one of the seed.
fn people(pool: &Pool, seed: &Seed) -> String {
    let rows = seed
        .users(&pool.kept.id)
        .iter()
        .fold(String::new(), |mut rows, seeded| {
            let password = seeded.any_password().unwrap_or_default();
            let user = pool.find(&seeded.name);
            if let Some(user) = user.filter(|user| pool.has_password(&user.username, password)) {
                // Writing to a String cannot fail.
                let _ = write!(
                    rows,
                    "<li><div><a href=\"/users/{sub}\">{name}</a><p class=\"soft\">{note}</p></div>\
                     <div class=\"code small\"><code>{shown}</code>{copy}</div></li>",
                    sub = escape(&user.sub),
                    name = escape(&seeded.name),
                    note = escape(seeded.words()),
                    shown = escape(password),
                    copy = copy_button(password, &format!("the password of {}", seeded.name)),
                );
            }
            rows
        });
    if rows.is_empty() {
        return String::new();
    }
    format!("<h3>Sign in as</h3><ul class=\"card rows people\">{rows}</ul>")
}

fn client_card(pool: &Pool, client: &Client, world: &World) -> String {
    let identities = identity_pool(world, pool, client);
    let flows: String = client
        .explicit_auth_flows
        .iter()
        .map(|flow| badge("", flow.strip_prefix("ALLOW_").unwrap_or(flow)))
        .collect();
    let kind = match client.secret {
        Some(_) => badge("wait", "has a secret"),
        None => badge("good", "public"),
    };
    let validity = |seconds: i64| match seconds {
        seconds if seconds % 86_400 == 0 => format!("{} d", seconds / 86_400),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    };
    let mut rows = vec![
        (
            "Client id",
            format!(
                "<code>{}</code> {}",
                escape(&client.id),
                copy_button(&client.id, "client id")
            ),
        ),
        ("Flows", format!("<span class=\"badges\">{flows}</span>")),
        (
            "Tokens last",
            format!(
                "access {}, ID {}, refresh {}",
                validity(client.access_token_validity_seconds),
                validity(client.id_token_validity_seconds),
                validity(client.refresh_token_validity_seconds)
            ),
        ),
    ];
    if !client.oauth.callback_urls.is_empty() {
        let urls: Vec<_> = client.oauth.callback_urls.iter().map(|url| escape(url)).collect();
        rows.push(("Redirects to", urls.join("<br>")));
    }
    if let Some(identities) = identities {
        let guests = if identities.allow_unauthenticated_identities {
            " and guests"
        } else {
            ""
        };
        rows.push((
            "AWS credentials",
            format!(
                "for users{guests}, from <code>{}</code> {}",
                escape(&identities.id),
                copy_button(&identities.id, "identity pool id")
            ),
        ));
    }
    let outputs = match client.secret {
        Some(_) => String::new(),
        None => outputs_block(&outputs(pool, client, &world.origin, identities)),
    };
    format!(
        "<h3>App client {} {kind}</h3><div class=\"card\">{}{outputs}</div>",
        escape(&client.name),
        definitions(&rows)
    )
}

/// The identity pool that takes ID tokens of the client's.
fn identity_pool<'a>(world: &'a World, pool: &Pool, client: &Client) -> Option<&'a identity::Settings> {
    let mut pools = world.identity_pools.values().map(|pool| &pool.settings);
    pools.find(|identities| {
        let mut providers = identities.cognito_identity_providers.iter();
        providers.any(|provider| {
            provider.client_id == client.id
                && identity::pool_id_of(&provider.provider_name) == Some(pool.kept.id.as_str())
        })
    })
}

fn outputs_block(text: &str) -> String {
    format!(
        "<details open><summary>amplify_outputs.json</summary><div class=\"paste\"><pre tabindex=\"0\" \
         aria-label=\"amplify_outputs.json\">{}</pre>{}</div></details>",
        escape(text),
        copy_button(text, "amplify_outputs.json")
    )
}

/// What an app's `amplify_outputs.json` has to say about this pool and client.
fn outputs(pool: &Pool, client: &Client, endpoint: &str, identities: Option<&identity::Settings>) -> String {
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
    use crate::seed;

    fn world() -> World {
        World::new("http://127.0.0.1:9229", None)
    }

    fn seed() -> Seed {
        Seed::built_in().unwrap()
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

    #[test]
    fn a_password_is_shown_as_long_as_it_works() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        assert_eq!(
            people(pool, &seed())
                .matches("<code>Sunflower-42!</code>")
                .count(),
            2
        );
        let username = pool.find("user@example.com").unwrap().username.clone();
        pool.set_password(&username, "Tulip-Field-7").unwrap();
        let html = people(pool, &seed());
        assert!(html.contains("admin@example.com") && !html.contains("user@example.com"));
    }

    #[test]
    fn names_that_somebody_chose_are_text() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let hostile = "<img src=x>";
        hostile.clone_into(&mut pool.kept.settings.name);
        let client = Client {
            id: hostile.to_owned(),
            name: hostile.to_owned(),
            explicit_auth_flows: vec![hostile.to_owned()],
            ..Client::default()
        };
        pool.kept.clients.insert(client.id.clone(), client);
        let html = content(&world, &seed());
        assert!(html.contains("&lt;img") && !html.contains("<img"));
    }

    #[test]
    fn a_secret_is_not_shown() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let client = pool.kept.clients.get_mut(seed::CLIENT_ID).unwrap();
        client.secret = Some("9example87654321".to_owned());
        let html = content(&world, &seed());
        assert!(html.contains("has a secret"));
        assert!(!html.contains("9example87654321") && !html.contains("amplify_outputs"));
    }
}
