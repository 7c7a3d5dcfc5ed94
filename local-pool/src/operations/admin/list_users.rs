//! ListUsers.

use serde_json::json;

use super::page::page;
use super::shapes;
use super::user_filter::Filter;
use crate::pool::Pool;
use crate::protocol::{Outcome, Request, invalid_parameter};

pub(super) fn run(pool: &mut Pool, request: &Request) -> Outcome {
    let filter = Filter::read(request.text("Filter"))?;
    let wanted: Vec<&str> = request.texts("AttributesToGet").collect();
    let schema = &pool.settings().schema;
    let known = |name: &&str| schema.attribute(name).is_some() || crate::pool::schema::is_own(name);
    if !wanted.iter().all(known) {
        return Err(invalid_parameter(
            "One or more requested attributes do not exist.",
        ));
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.contains(&name);
    let users = pool.kept.users.values();
    let users = users
        .filter(|user| filter.as_ref().is_none_or(|filter| filter.passes(user)))
        .map(|user| (user.username.as_str(), shapes::user::user(user, is_wanted)));
    let page = page(request, "Limit", "PaginationToken", users)?;
    let mut answer = json!({"Users": page.entries});
    if let Some(next) = page.next {
        answer["PaginationToken"] = json!(next);
    }
    Ok(answer)
}
