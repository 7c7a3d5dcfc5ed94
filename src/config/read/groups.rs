//! The pool's groups: `auth.groups`, since schema 1.3.

use serde_json::{Map, Value};

use super::section::{Section, malformed};
use crate::config::{ConfigProblem, Group};

const HINT: &str = "It is a list with an object for each group, such as [{\"admins\": {\"precedence\": 0}}, {\"staff\": {}}].";
const NAME: &str = "The name of a group is 1 to 128 characters without white space.";
const PRECEDENCE: &str = "A group’s precedence is a whole number from 0 (above all others) to 2147483647.";
const TWICE: &str = "There is a group of that name in the list already.";

/// What Cognito takes for a precedence at most.
const PRECEDENCE_MAX: u64 = i32::MAX as u64;

pub(super) fn groups(auth: &Section<'_>) -> Result<Vec<Group>, ConfigProblem> {
    let lists = auth.words("groups", HINT, Value::as_object)?;
    let mut groups: Vec<Group> = Vec::with_capacity(lists.len());
    for (name, settings) in lists.into_iter().flatten() {
        let refuse = |found: &Value, hint| Err(malformed("auth.groups", found, hint));
        let named = || Value::from(name.as_str());
        if !is_name(name) {
            return refuse(&named(), NAME);
        }
        if groups.iter().any(|group| group.name == *name) {
            return refuse(&named(), TWICE);
        }
        let Value::Object(settings) = settings else {
            return refuse(settings, HINT);
        };
        groups.push(Group {
            name: name.clone(),
            precedence: precedence(settings)?,
        });
    }
    Ok(groups)
}

/// As Cognito's GroupName, as far as it matters.
fn is_name(name: &str) -> bool {
    let unfit = |c: char| c.is_whitespace() || c.is_control();
    (1..=128).contains(&name.chars().count()) && !name.contains(unfit)
}

fn precedence(settings: &Map<String, Value>) -> Result<Option<u32>, ConfigProblem> {
    let Some(value) = settings.get("precedence").filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let number = value.as_u64().filter(|number| *number <= PRECEDENCE_MAX);
    match number.and_then(|number| u32::try_from(number).ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(malformed("auth.groups", value, PRECEDENCE)),
    }
}
