//! UserType.

use serde_json::{Map, Value, json};

use crate::pool::user::User;
use crate::tokens::claims;

/// UserAttributes as administrators see them: all that `wanted` passes.
pub(in super::super) fn attributes(user: &User, wanted: impl Fn(&str) -> bool) -> Vec<Value> {
    let mut attributes = user.attribute_list(|_| true);
    if !user.identities.is_empty() {
        attributes.push(json!({"Name": "identities", "Value": claims::identities(user).to_string()}));
    }
    attributes.retain(|attribute| attribute["Name"].as_str().is_some_and(&wanted));
    attributes
}

/// What UserType and AdminGetUser's answer have in common.
pub(in super::super) fn standing(user: &User) -> Map<String, Value> {
    Map::from_iter([
        ("Username".to_owned(), json!(user.username)),
        ("UserCreateDate".to_owned(), json!(user.created_at)),
        ("UserLastModifiedDate".to_owned(), json!(user.modified_at)),
        ("Enabled".to_owned(), json!(user.enabled)),
        ("UserStatus".to_owned(), json!(user.status)),
    ])
}

/// The user with the attributes that `wanted` passes.
pub(in super::super) fn user(user: &User, wanted: impl Fn(&str) -> bool) -> Value {
    let mut shape = standing(user);
    shape.insert("Attributes".to_owned(), json!(attributes(user, wanted)));
    Value::Object(shape)
}
