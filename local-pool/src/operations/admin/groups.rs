//! CreateGroup, GetGroup, UpdateGroup, DeleteGroup, ListGroups.

use serde_json::json;

use super::page::page;
use super::shapes;
use crate::pool::Pool;
use crate::pool::group::Group;
use crate::protocol::{ApiError, Outcome, Request};

pub(super) fn create(pool: &mut Pool, request: &Request) -> Outcome {
    let name = request.text("GroupName");
    if pool.kept.groups.contains_key(name) {
        return Err(ApiError::new(
            "GroupExistsException",
            "A group with the name already exists.",
        ));
    }
    let now = pool.now();
    let mut group = Group {
        name: name.to_owned(),
        description: None,
        role_arn: None,
        precedence: None,
        created_at: now,
        modified_at: now,
    };
    shapes::group::take(&mut group, request);
    let answer = json!({"Group": shapes::group::group(&pool.kept.id, &group)});
    pool.kept.groups.insert(group.name.clone(), group);
    Ok(answer)
}

/// The group of GroupName.
///
/// # Errors
/// `ResourceNotFoundException`.
pub(super) fn named<'a>(pool: &'a mut Pool, request: &Request) -> Result<&'a mut Group, ApiError> {
    let group = pool.kept.groups.get_mut(request.text("GroupName"));
    group.ok_or_else(|| ApiError::new("ResourceNotFoundException", "Group not found."))
}

pub(super) fn get(pool: &mut Pool, request: &Request) -> Outcome {
    let group = named(pool, request)?.clone();
    Ok(json!({"Group": shapes::group::group(&pool.kept.id, &group)}))
}

pub(super) fn update(pool: &mut Pool, request: &Request) -> Outcome {
    let now = pool.now();
    let group = named(pool, request)?;
    shapes::group::take(group, request);
    group.modified_at = now;
    get(pool, request)
}

pub(super) fn delete(pool: &mut Pool, request: &Request) -> Outcome {
    let name = named(pool, request)?.name.clone();
    pool.kept.groups.remove(&name);
    for user in pool.kept.users.values_mut() {
        user.groups.retain(|group| *group != name);
    }
    Ok(json!({}))
}

pub(super) fn list(pool: &mut Pool, request: &Request) -> Outcome {
    let id = &pool.kept.id;
    let groups = pool.kept.groups.values();
    let groups = groups.map(|group| (group.name.as_str(), shapes::group::group(id, group)));
    let page = page(request, "Limit", "NextToken", groups)?;
    let mut answer = json!({"Groups": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}
