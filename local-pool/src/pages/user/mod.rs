//! One user with all that belongs to them.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::html::{badge, definitions, escape, moment};
use super::shell::{self, Place};
use super::{actions, no_such_user, users};
use crate::activity::label;
use crate::app::App;
use crate::pool::Pool;
use crate::pool::user::User;
use crate::sign_in::level::amr;
use crate::tokens::TokenSession;
use crate::world::World;

/// The user of that `sub`, and the pool.
pub(super) fn find<'a>(world: &'a World, sub: &str) -> Option<(&'a Pool, &'a User)> {
    world.pools.values().find_map(|pool| {
        let user = pool.kept.users.values().find(|user| user.sub == sub)?;
        Some((pool, user))
    })
}

const BACK: &str = "<p class=\"back\"><a href=\"/users\">All users</a></p>";

/// GET /users/{sub}
pub(super) async fn page(State(app): State<App>, Path(sub): Path<String>) -> Response {
    let world = app.world();
    let Some((pool, user)) = find(&world, &sub) else {
        return no_such_user();
    };
    shell::live_page(Place::Users, label(user), BACK, &content(pool, user))
}

/// GET /users/{sub}/delete: asks once more.
pub(super) async fn deletion(State(app): State<App>, Path(sub): Path<String>) -> Response {
    let world = app.world();
    let Some((_, user)) = find(&world, &sub) else {
        return no_such_user();
    };
    let sub = escape(&user.sub);
    let main = format!(
        "<h1>Delete {}?</h1><div class=\"card\"><p>The user, their sessions, devices and passkeys are gone for \
         good.</p><form method=\"post\" action=\"/users/{sub}/delete\" class=\"actions\">\
         <button class=\"danger\">Delete the user</button><a class=\"button quiet\" href=\"/users/{sub}\">Keep</a>\
         </form></div>",
        escape(label(user)),
    );
    shell::page(Place::Users, "Delete a user", &main)
}

fn content(pool: &Pool, user: &User) -> String {
    format!(
        "<div class=\"title\"><h1>{name}</h1>{status}</div>{actions}\
         {account}{attributes}{sessions}{mfa}{devices}{passkeys}{identities}",
        name = escape(label(user)),
        status = users::status_badges(pool, user),
        actions = actions::forms(pool, user),
        account = card("Account", &account(pool, user)),
        attributes = card("Attributes", &attributes(user)),
        sessions = list("Sessions", sessions(pool, user)),
        mfa = card("Second factors", &mfa(user)),
        devices = list("Devices", devices(user)),
        passkeys = list("Passkeys", passkeys(user)),
        identities = list("Linked identities", identities(user)),
    )
}

fn card(title: &str, content: &str) -> String {
    format!("<section><h2>{title}</h2><div class=\"card\">{content}</div></section>")
}

/// Rows of what there may be several of.
fn list(title: &str, rows: Vec<String>) -> String {
    if rows.is_empty() {
        return card(title, "<p class=\"soft\">None</p>");
    }
    format!(
        "<section><h2>{title}</h2><ul class=\"card rows\">{}</ul></section>",
        rows.concat()
    )
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

fn account(pool: &Pool, user: &User) -> String {
    let groups: String = user.groups.iter().map(|group| badge("", group)).collect();
    let mut rows = vec![
        ("User name", code(&user.username)),
        ("sub", code(&user.sub)),
        ("Pool", code(&pool.kept.id)),
        (
            "Password",
            if user.password.is_some() { "set" } else { "none" }.to_owned(),
        ),
        ("Created", moment(user.created_at)),
        ("Changed", moment(user.modified_at)),
    ];
    if !groups.is_empty() {
        rows.push(("Groups", format!("<span class=\"badges\">{groups}</span>")));
    }
    if let Some(until) = user.temporary_until {
        rows.push(("Temporary password until", moment(until)));
    }
    let lockout = pool.lockouts.get(&user.username);
    if let Some(until) = lockout.and_then(|lockout| lockout.until(pool.now())) {
        rows.push(("Locked out until", moment(until)));
    }
    definitions(&rows)
}

fn attributes(user: &User) -> String {
    let known = user
        .attributes
        .iter()
        .map(|(name, value)| (name.as_str(), escape(value)));
    let waiting = user.unverified_changes.iter().map(|(contact, value)| {
        let value = format!("{} {}", escape(value), badge("wait", "waits for its code"));
        (contact.attribute(), value)
    });
    let rows: Vec<_> = known.chain(waiting).collect();
    if rows.is_empty() {
        return "<p class=\"soft\">None</p>".to_owned();
    }
    definitions(&rows)
}

fn mfa(user: &User) -> String {
    let factors: Vec<_> = user.mfa.enabled().iter().map(|factor| factor.name()).collect();
    let authenticator = match &user.mfa.authenticator {
        None => "none".to_owned(),
        Some(app) => {
            let state = if app.verified {
                badge("good", "verified")
            } else {
                badge("wait", "not verified yet")
            };
            format!(
                "{} {state}",
                escape(app.friendly_name.as_deref().unwrap_or_default())
            )
        }
    };
    let none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    definitions(&[
        ("Switched on", none(factors.join(", "))),
        (
            "Preferred",
            none(
                user.mfa
                    .preferred
                    .map(|factor| factor.name().to_owned())
                    .unwrap_or_default(),
            ),
        ),
        ("Authenticator app", authenticator),
        (
            "Passkey as a factor",
            if user.mfa.web_authn { "yes" } else { "no" }.to_owned(),
        ),
    ])
}

fn sessions(pool: &Pool, user: &User) -> Vec<String> {
    let mut sessions: Vec<&TokenSession> = pool.kept.tokens.active(&user.username, pool.now()).collect();
    sessions.sort_by_key(|session| std::cmp::Reverse(session.auth_time));
    sessions
        .into_iter()
        .map(|session| session_row(pool, session))
        .collect()
}

fn session_row(pool: &Pool, session: &TokenSession) -> String {
    let client = pool.kept.clients.get(&session.client_id);
    let name = client.map_or("", |client| client.name.as_str());
    let mut rows = vec![
        ("Signed in", moment(session.auth_time)),
        ("Last active", moment(session.last_active_at)),
        ("Ends", moment(session.ends_at)),
        ("acr", code(session.acr.as_deref().unwrap_or("none"))),
        ("amr", code(&amr(&session.methods).join(" "))),
        ("Scopes", code(&session.scopes.join(" "))),
        ("Session id", code(&session.id)),
    ];
    if let Some(device) = &session.device_key {
        rows.push(("Device", code(device)));
    }
    format!(
        "<li data-id=\"{id}\"><div><b>{name}</b> <code>{client}</code>{rows}</div></li>",
        id = escape(&session.id),
        name = escape(name),
        client = escape(&session.client_id),
        rows = definitions(&rows),
    )
}

fn devices(user: &User) -> Vec<String> {
    let row = |device: &crate::pool::device::Device| {
        let state = if device.remembered {
            badge("good", "remembered")
        } else {
            badge("", "not remembered")
        };
        format!(
            "<li data-id=\"{key}\"><div><b>{name}</b>{rows}</div>{state}</li>",
            key = escape(&device.key),
            name = escape(device.name.as_deref().unwrap_or("Device")),
            rows = definitions(&[
                ("Key", code(&device.key)),
                ("Last signed in", moment(device.last_authenticated_at)),
                ("Added", moment(device.created_at)),
            ]),
        )
    };
    user.devices.values().map(row).collect()
}

fn passkeys(user: &User) -> Vec<String> {
    let row = |passkey: &crate::webauthn::Passkey| {
        let description = passkey.description();
        let text = |name: &str| description.get(name).and_then(Value::as_str).unwrap_or_default();
        let created = description
            .get("CreatedAt")
            .and_then(Value::as_i64)
            .unwrap_or_default();
        format!(
            "<li data-id=\"{id}\"><div><b>{name}</b>{rows}</div></li>",
            id = escape(text("CredentialId")),
            name = escape(text("FriendlyCredentialName")),
            rows = definitions(&[
                ("Credential id", code(text("CredentialId"))),
                ("For", escape(text("RelyingPartyId"))),
                ("Transports", escape(&passkey.transports().join(", "))),
                ("Added", moment(created)),
            ]),
        )
    };
    user.passkeys.iter().map(row).collect()
}

fn identities(user: &User) -> Vec<String> {
    let row = |identity: &crate::pool::user::Identity| {
        let came = if identity.primary {
            badge("", "came from there")
        } else {
            badge("", "linked")
        };
        format!(
            "<li data-id=\"{id}\"><div><b>{name}</b><p class=\"soft\">{kind} · {user} · {at}</p></div>{came}</li>",
            id = escape(&json!([identity.provider_name, identity.user_id]).to_string()),
            name = escape(&identity.provider_name),
            kind = escape(&identity.provider_type),
            user = escape(&identity.user_id),
            at = moment(identity.created_at),
        )
    };
    user.identities.iter().map(row).collect()
}

#[cfg(test)]
mod tests;
