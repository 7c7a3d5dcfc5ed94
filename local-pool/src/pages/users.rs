//! The users and groups of each pool.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::html::{badge, escape, moment};
use super::shell::{self, Place};
use crate::activity::label;
use crate::app::App;
use crate::pool::Pool;
use crate::pool::group::Group;
use crate::pool::user::{Status, User};
use crate::world::World;

/// GET /users
pub(super) async fn page(State(app): State<App>) -> Response {
    let content = content(&app.world());
    shell::live_page(Place::Users, "Users", "<h1>Users</h1>", &content)
}

fn content(world: &World) -> String {
    world.pools.values().map(section).collect()
}

fn section(pool: &Pool) -> String {
    let mut users: Vec<&User> = pool.kept.users.values().collect();
    users.sort_by(|a, b| label(a).cmp(label(b)));
    let users: String = users.into_iter().map(|user| user_row(pool, user)).collect();
    let users = if users.is_empty() {
        shell::empty(
            "No users yet",
            "Sign up in your app, and the user shows up here by itself.",
        )
    } else {
        format!("<ul class=\"card rows users\">{users}</ul>")
    };
    let groups: String = pool
        .kept
        .groups
        .values()
        .map(|group| group_row(pool, group))
        .collect();
    let groups = if groups.is_empty() {
        "<p class=\"soft\">No groups.</p>".to_owned()
    } else {
        format!("<ul class=\"card rows\">{groups}</ul>")
    };
    format!(
        "<section id=\"{id}\" data-id=\"{id}\"><h2>{name} <small><code>{id}</code></small></h2>{users}\
         <h3>Groups</h3>{groups}</section>",
        id = escape(&pool.kept.id),
        name = escape(&pool.settings().name),
    )
}

/// A link to the user's page.
fn link(user: &User) -> String {
    format!(
        "<a href=\"/users/{}\">{}</a>",
        escape(&user.sub),
        escape(label(user))
    )
}

/// The user's status, and whether signing in works at all.
pub(super) fn status_badges(pool: &Pool, user: &User) -> String {
    let kind = match user.status {
        Status::Confirmed | Status::ExternalProvider => "good",
        Status::Unconfirmed | Status::ForceChangePassword | Status::ResetRequired => "wait",
    };
    let status = json!(user.status);
    let mut badges = badge(kind, status.as_str().unwrap_or_default());
    if !user.enabled {
        badges += &badge("bad", "disabled");
    }
    let lockout = pool.lockouts.get(&user.username);
    if lockout.is_some_and(|lockout| lockout.until(pool.now()).is_some()) {
        badges += &badge("bad", "locked out");
    }
    format!("<span class=\"badges\">{badges}</span>")
}

fn user_row(pool: &Pool, user: &User) -> String {
    let sessions = match pool.kept.tokens.active(&user.username, pool.now()).count() {
        0 => "not signed in".to_owned(),
        1 => "1 session".to_owned(),
        sessions => format!("{sessions} sessions"),
    };
    let groups: String = user.groups.iter().map(|group| badge("", group)).collect();
    let mfa = user.mfa.enabled();
    let mfa = mfa
        .iter()
        .map(|factor| factor.name())
        .collect::<Vec<_>>()
        .join(", ");
    let mfa = if mfa.is_empty() { "no MFA".to_owned() } else { mfa };
    let name = Some(user.username.as_str()).filter(|name| *name != user.sub && *name != label(user));
    let name = name
        .map(|name| format!("{} · ", escape(name)))
        .unwrap_or_default();
    format!(
        "<li data-id=\"{sub}\"><div>{link}<p class=\"soft\">{name}{sessions} · {mfa} · since {since}</p></div>\
         <span class=\"badges\">{groups}</span>{status}</li>",
        sub = escape(&user.sub),
        link = link(user),
        since = moment(user.created_at),
        status = status_badges(pool, user),
    )
}

fn group_row(pool: &Pool, group: &Group) -> String {
    let members: Vec<String> = pool
        .kept
        .users
        .values()
        .filter(|user| user.groups.contains(&group.name))
        .map(link)
        .collect();
    let members = if members.is_empty() {
        "no members".to_owned()
    } else {
        members.join(", ")
    };
    let precedence = group
        .precedence
        .map(|precedence| format!("precedence {precedence}"));
    let details: Vec<String> = [group.description.as_deref().map(escape), precedence]
        .into_iter()
        .chain([group.role_arn.as_deref().map(escape)])
        .flatten()
        .collect();
    let details = match details.join(" · ") {
        none if none.is_empty() => none,
        details => format!("<p class=\"soft\">{details}</p>"),
    };
    format!(
        "<li data-id=\"group {name}\"><div><b>{name}</b>{details}</div><div>{members}</div></li>",
        name = escape(&group.name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    fn world() -> World {
        World::new("http://127.0.0.1:1", None)
    }

    #[test]
    fn users_and_members_of_groups_are_listed_with_their_status() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let username = pool.find("user@example.com").unwrap().username.clone();
        pool.user_mut(&username).unwrap().enabled = false;
        (0..9).for_each(|_| pool.note_failure(&username));
        let html = content(&world);
        assert!(html.contains("FORCE_CHANGE_PASSWORD") && html.contains("disabled"));
        assert!(html.contains("locked out"));
        let members = html.split("<h3>Groups</h3>").nth(1).unwrap();
        assert!(members.contains("admin@example.com") && !members.contains("user@example.com"));
    }

    #[test]
    fn a_pool_without_users_says_so() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        pool.kept.users.clear();
        pool.kept.groups.clear();
        let html = content(&world);
        assert!(html.contains("No users yet") && html.contains("No groups"));
    }

    #[test]
    fn hostile_names_are_text() {
        let mut world = world();
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let hostile = "<img src=x onerror=\"1\">";
        pool.kept.settings.username_attributes.clear();
        let user = pool.add_user(hostile, Status::Confirmed);
        user.groups.push(hostile.to_owned());
        let group = Group {
            name: hostile.to_owned(),
            description: Some(hostile.to_owned()),
            role_arn: Some(hostile.to_owned()),
            precedence: Some(1),
            created_at: 0,
            modified_at: 0,
        };
        pool.kept.groups.insert(group.name.clone(), group);
        let html = content(&world);
        assert_eq!(html.matches("&lt;img").count(), 7, "{html}");
        assert!(!html.contains("<img"));
    }
}
