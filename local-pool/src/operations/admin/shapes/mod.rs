//! The pool's own types as AWS's shapes, and back: one file a shape.

use serde_json::Value;

pub(super) mod client;
pub(super) mod group;
pub(super) mod identity_provider;
pub(super) mod mfa;
pub(super) mod policies;
pub(super) mod pool;
pub(super) mod schema;
mod token_validity;
pub(super) mod user;

/// Sets a member of an object.
fn put(shape: &mut Value, name: &str, value: Value) {
    if let Some(members) = shape.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}
