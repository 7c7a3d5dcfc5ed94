//! The first page: the pools, their clients, and whom to sign in as.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::Response;

use super::html::{badge, copy_button, definitions, escape};
use super::outputs;
use super::shell::{self, Place};
use crate::app::App;
use crate::identity;
use crate::pool::Pool;
use crate::pool::client::Client;
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
        None => outputs_block(&outputs::outputs(pool, client, &world.origin, identities)),
    };
    format!(
        "<h3>App client {} {kind}</h3><div class=\"card\">{}{outputs}</div>",
        escape(&client.name),
        definitions(&rows)
    )
}

/// The identity pool that takes ID tokens of the client's.
pub(super) fn identity_pool<'a>(
    world: &'a World,
    pool: &Pool,
    client: &Client,
) -> Option<&'a identity::Settings> {
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
