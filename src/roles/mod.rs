//! Roles: what the groups in a person's token say (`cognito:groups`), and whom they let in.
//!
//! Group names are compared letter by letter, as Cognito does.

#[cfg(test)]
mod tests;

use crate::config::{Group, UserPoolId};

/// `groups` in the order of their precedence in `known`: the lowest number first, those without one last, and so are
/// those that `known` does not have. Among equals, of which for Cognito neither stands above the other, the order is
/// that of their names, so that it is the same after every renewal.
#[must_use]
pub fn by_precedence<'a>(groups: &'a [String], known: &[Group]) -> Vec<&'a str> {
    let rank = |name: &str| {
        let group = known.iter().find(|group| group.name == name);
        group.and_then(|group| group.precedence).unwrap_or(u32::MAX)
    };
    let mut sorted: Vec<&str> = groups.iter().map(String::as_str).collect();
    sorted.sort_unstable_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.cmp(b)));
    sorted
}

/// Whether somebody in `groups` is in one of `any` at least and in every one of `all`, of those lists that are there.
///
/// No list lets in everybody: without either nobody is let in, nor is anybody by a list that is empty, such as one that
/// was worked out from something and came to nothing.
#[must_use]
pub fn lets_in<S: AsRef<str>>(groups: &[String], any: Option<&[S]>, all: Option<&[S]>) -> bool {
    let has = |wanted: &S| groups.iter().any(|group| group == wanted.as_ref());
    let any_has = any.map(|any| any.iter().any(has));
    let all_have = all.map(|all| !all.is_empty() && all.iter().all(has));
    (any.is_some() || all.is_some()) && any_has.unwrap_or(true) && all_have.unwrap_or(true)
}

/// Whether `group` is one that Cognito makes by itself, for everybody who signs in through one identity provider
/// (developer guide, "Adding groups to a user pool"): `eu-west-1_AbCdEf123_Google`. It says where somebody comes from, not
/// what they may do.
#[must_use]
pub fn is_of_provider(group: &str, pool: &UserPoolId) -> bool {
    let rest = group.strip_prefix(&pool.to_string());
    rest.is_some_and(|rest| rest.starts_with('_'))
}
