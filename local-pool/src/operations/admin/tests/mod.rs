//! The administrator's operations, through the checks of the service model.

use serde_json::{Value, json};

use crate::operations::testing::{perform, refused};
use crate::seed;
use crate::world::World;

mod clients;
mod federation;
mod groups;
mod invitations;
mod pools;
mod users;

const USER: &str = "user@example.com";

/// `input` for the pool of the seed.
fn at_seed(mut input: Value) -> Value {
    input["UserPoolId"] = json!(seed::POOL_ID);
    input
}

/// The answer of an operation at the pool of the seed.
fn done(world: &mut World, operation: &str, input: Value) -> Value {
    perform(world, operation, at_seed(input)).unwrap()
}

/// Exception and message of a refusal at the pool of the seed.
fn denied(world: &mut World, operation: &str, input: Value) -> (String, String) {
    let refusal = refused(world, operation, at_seed(input));
    (refusal.kind, refusal.message)
}

/// The value of an attribute in UserAttributes or Attributes.
fn attribute<'a>(attributes: &'a Value, name: &str) -> Option<&'a str> {
    let mut attributes = attributes.as_array().unwrap().iter();
    attributes.find(|attribute| attribute["Name"] == name)?["Value"].as_str()
}
