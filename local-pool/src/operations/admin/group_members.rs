//! AdminAddUserToGroup, AdminRemoveUserFromGroup, AdminListGroupsForUser, ListUsersInGroup.

use serde_json::json;

use super::page::page;
use super::{groups, shapes, username};
use crate::pool::Pool;
use crate::protocol::{Outcome, Request};

pub(super) fn add(pool: &mut Pool, request: &Request) -> Outcome {
    let group = groups::named(pool, request)?.name.clone();
    let username = username(pool, request)?;
    let groups = &mut pool.user_mut(&username)?.groups;
    if !groups.contains(&group) {
        groups.push(group);
    }
    Ok(json!({}))
}

pub(super) fn remove(pool: &mut Pool, request: &Request) -> Outcome {
    let group = groups::named(pool, request)?.name.clone();
    let username = username(pool, request)?;
    pool.user_mut(&username)?.groups.retain(|name| *name != group);
    Ok(json!({}))
}

pub(super) fn list_groups(pool: &mut Pool, request: &Request) -> Outcome {
    let user = pool.user(&username(pool, request)?)?;
    let id = &pool.kept.id;
    let groups = pool.kept.groups.values();
    let groups = groups
        .filter(|group| user.groups.contains(&group.name))
        .map(|group| (group.name.as_str(), shapes::group::group(id, group)));
    let page = page(request, "Limit", "NextToken", groups)?;
    let mut answer = json!({"Groups": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn list_users(pool: &mut Pool, request: &Request) -> Outcome {
    let group = groups::named(pool, request)?.name.clone();
    let users = pool.kept.users.values();
    let users = users
        .filter(|user| user.groups.contains(&group))
        .map(|user| (user.username.as_str(), shapes::user::user(user, |_| true)));
    let page = page(request, "Limit", "NextToken", users)?;
    let mut answer = json!({"Users": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}
