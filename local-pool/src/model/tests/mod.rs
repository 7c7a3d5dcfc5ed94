use serde_json::json;

use super::shape::{Kind, Rule};
use super::*;

mod constraints;
mod output;
mod types;

const CLIENT_ID: &str = "3n4b5urk1ft4fl3mg5e62d9ado";

fn check(name: &str, input: Value) -> Result<(), ApiError> {
    operation(name).unwrap().check_input(input.as_object().unwrap())
}

fn refusal(name: &str, input: Value) -> ApiError {
    check(name, input).unwrap_err()
}

/// What stands after "1 validation error detected: Value ".
#[track_caller]
fn violation(name: &str, input: Value) -> String {
    let error = refusal(name, input);
    assert_eq!(error.kind, "InvalidParameterException");
    let only = error.message.strip_prefix("1 validation error detected: Value");
    only.unwrap_or_else(|| panic!("{}", error.message))
        .trim_start()
        .to_owned()
}

/// A sound `CreateUserPool` with another member.
fn pool(member: &str, value: Value) -> Value {
    json!({ "PoolName": "p", member: value })
}

/// A sound `CreateUserPoolClient` with another member.
fn client(member: &str, value: Value) -> Value {
    json!({ "UserPoolId": "us-east-1_a", "ClientName": "c", member: value })
}

/// A sound `SignUp` with another member.
fn sign_up(member: &str, value: Value) -> Value {
    let mut input = json!({ "ClientId": CLIENT_ID, "Username": "ünï@example.com", "Password": "x" });
    input[member] = value;
    input
}

/// A sound `ListDevices` with another member.
fn list_devices(member: &str, value: Value) -> Value {
    json!({ "AccessToken": "a.b.c", member: value })
}

#[test]
fn the_model_is_whole() {
    assert_eq!(all().count(), 79);
    assert_eq!(all().filter(|operation| operation.public).count(), 36);
    assert!(operation("SignUp").unwrap().public);
    assert!(!operation("AdminCreateUser").unwrap().public);
    assert!(operation("NoSuchOperation").is_none());
    for operation in all() {
        assert!(super::operation(operation.name).is_some_and(|found| found.name == operation.name));
        assert!(
            operation.has_error("InternalErrorException"),
            "{}",
            operation.name
        );
    }
}

#[test]
fn operations_know_their_errors() {
    let sign_up = operation("SignUp").unwrap();
    assert!(sign_up.has_error("UsernameExistsException"));
    assert!(!sign_up.has_error("CodeMismatchException"));
    assert!(sign_up.has_error("InvalidPasswordException"));
}

#[test]
fn every_pattern_compiles() {
    fn collect(shape: &Shape, sources: &mut Vec<String>) {
        for rule in &shape.rules {
            if let Rule::Pattern(pattern) = rule {
                assert!(pattern.compile().is_ok(), "{pattern:?}");
                sources.push(pattern.source().to_owned());
            }
        }
        match &shape.kind {
            Kind::Structure(members) => members.iter().for_each(|member| collect(&member.shape, sources)),
            Kind::List(item) => collect(item, sources),
            Kind::Map { key, value } => [key, value]
                .map(|part| collect(part, sources))
                .into_iter()
                .collect(),
            _ => {}
        }
    }
    let mut sources = Vec::new();
    for operation in all() {
        collect(&operation.input, &mut sources);
        operation
            .output
            .iter()
            .for_each(|output| collect(output, &mut sources));
    }
    sources.sort();
    sources.dedup();
    assert_eq!(sources.len(), 32);
}
