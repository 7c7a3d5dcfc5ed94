//! What local pools recorded while other tests ran, held against the service model: `cargo xtask test` runs this
//! last, with the recordings' directory in `YEW_COGNITO_RECORDING`.

// The lints spare test functions by themselves, but not what they call.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod model;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use model::ServiceModel;
use serde::Deserialize;
use serde_json::{Value, json};

/// Kinds of violations that are listed; more are counted.
const LISTED: usize = 20;

/// Errors that stand beside each operation's own: the service's frame answers with them before the operation has
/// seen its request. Source: "Common Error Types" of the AWS API references for AccessDeniedException (an
/// administrator's operation from a web page) and UnknownOperationException; AWS JSON services answer
/// SerializationException to a body of wrong types, which the model never lists.
/// Identity pools answer ValidationException to what breaks a constraint of the model.
const COMMON_ERRORS: [&str; 4] = [
    "AccessDeniedException",
    "SerializationException",
    "UnknownOperationException",
    "ValidationException",
];

/// Errors that tell of a request which does not satisfy the model.
const MALFORMED: [&str; 4] = [
    "InvalidParameterException",
    "SerializationException",
    "UnknownOperationException",
    "ValidationException",
];

/// What clients of others send beyond the model, which the service lets pass.
const TOLERATED: [(&str, &str); 4] = [
    // pycognito 2024.5.1 repeats its proof of the temporary password beside the new one.
    (
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "is no key of NEW_PASSWORD_REQUIRED",
    ),
    ("PASSWORD_CLAIM_SIGNATURE", "is no key of NEW_PASSWORD_REQUIRED"),
    ("TIMESTAMP", "is no key of NEW_PASSWORD_REQUIRED"),
    // amazon-cognito-identity-js 6.3.21 gives an authenticator app's code under both names.
    ("SMS_MFA_CODE", "is no key of SOFTWARE_TOKEN_MFA"),
];

/// A line of a recording.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    operation: Option<String>,
    request: Value,
    fault: bool,
    status: u16,
    response: Value,
    error_type: String,
}

impl Exchange {
    /// The error's name, if it is an error.
    fn error(&self) -> Option<&str> {
        self.response["__type"].as_str().filter(|_| self.status != 200)
    }

    /// What is wrong with it, by paths and never by values.
    fn violations(&self, model: &ServiceModel) -> Vec<String> {
        let operation = self.operation.as_deref().filter(|name| model.knows(name));
        let mut violations = Vec::new();
        if !self.fault {
            match (self.status, operation) {
                (200, Some(operation)) => violations.extend(
                    model
                        .check_response(operation, &self.response)
                        .iter()
                        .map(|violation| format!("response: {violation}")),
                ),
                (400, _) => self.check_refusal(model, operation, &mut violations),
                (status, _) => violations.push(format!("response: has status {status}")),
            }
        }
        let malformed = self.error().is_some_and(|error| MALFORMED.contains(&error));
        match operation {
            Some(operation) if !malformed => violations.extend(
                model
                    .check_request(operation, &without_nulls(&self.request))
                    .iter()
                    .filter(|violation| !is_tolerated(violation))
                    .map(|violation| format!("request: {violation}")),
            ),
            None if self.error() != Some("UnknownOperationException") => {
                violations.push("the model has no such operation".to_owned());
            }
            _ => {}
        }
        violations
    }

    fn check_refusal(&self, model: &ServiceModel, operation: Option<&str>, violations: &mut Vec<String>) {
        let Some(error) = self.error().filter(|_| {
            let members = self.response.as_object();
            members.is_some_and(|members| members.len() == 2) && self.response["message"].is_string()
        }) else {
            violations.push("response: has to be `__type` and `message`".to_owned());
            return;
        };
        if self.error_type != format!("{error}:") {
            violations.push("response: x-amzn-errortype is not of the body's `__type`".to_owned());
        }
        // Listed for every operation, but without a fault it means that the pool itself broke.
        if error == "InternalErrorException" {
            violations.push("response: the operation broke".to_owned());
        }
        let listed = operation
            .is_some_and(|operation| model.errors_of(operation).iter().any(|listed| listed == error));
        if !listed && !COMMON_ERRORS.contains(&error) {
            violations.push(format!("response: {error} is no error of this operation"));
        }
    }
}

fn is_tolerated(violation: &str) -> bool {
    TOLERATED
        .iter()
        .any(|(key, what)| violation == format!("body.ChallengeResponses.{key}: {what}"))
}

/// A member that is null counts as absent: amazon-cognito-identity-js sends `ValidationData` and DEVICE_KEY so.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// Every exchange in the directory's files.
fn exchanges(directory: &Path) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    for entry in fs::read_dir(directory).expect("the recordings' directory") {
        let path = entry.unwrap().path();
        for (index, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let exchange = serde_json::from_str(line);
            let at = || format!("{}:{}", path.display(), index + 1);
            exchanges.push(exchange.unwrap_or_else(|_| panic!("{} is no exchange", at())));
        }
    }
    exchanges
}

/// `body.UserAttributes[3].Name` and `body.UserAttributes[0].Name` are one kind of violation.
fn without_indices(violation: &str) -> String {
    let mut parts = violation.split('[');
    let mut kind = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
        kind.push('[');
        kind.push_str(rest);
    }
    kind
}

#[test]
#[ignore = "needs recordings: `cargo xtask test` makes them and runs this"]
fn every_recorded_exchange_satisfies_the_service_model() {
    let directory = env::var_os("YEW_COGNITO_RECORDING").expect("YEW_COGNITO_RECORDING names a directory");
    let model = ServiceModel::load_whole().with_identity_pools();
    let exchanges = exchanges(Path::new(&directory));
    let mut called = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for exchange in &exchanges {
        let operation = exchange.operation.as_deref().unwrap_or("no operation");
        if !exchange.fault && exchange.error() != Some("UnknownOperationException") {
            called.insert(operation);
        }
        for violation in exchange.violations(&model) {
            let kind = format!("{operation}: {}", without_indices(&violation));
            *kinds.entry(kind).or_default() += 1;
        }
    }
    for (kind, count) in kinds.iter().take(LISTED) {
        println!("{count} x {kind}");
    }
    if kinds.len() > LISTED {
        println!("and {} more kinds of violations", kinds.len() - LISTED);
    }
    let (covered, missing): (Vec<&str>, Vec<&str>) = model
        .operations()
        .partition(|operation| called.contains(operation));
    if !missing.is_empty() {
        println!("Never called: {}", missing.join(", "));
    }
    let violations: usize = kinds.values().sum();
    println!(
        "{} of {} operations, {} exchanges, {violations} violations",
        covered.len(),
        covered.len() + missing.len(),
        exchanges.len()
    );
    assert!(!exchanges.is_empty(), "nothing was recorded");
    assert_eq!(violations, 0, "exchanges break the service model");
}

fn get_user() -> Value {
    json!({
        "operation": "GetUser",
        "request": { "AccessToken": "a.b.c" },
        "fault": false,
        "status": 200,
        "response": { "Username": "ada", "UserAttributes": [{ "Name": "email", "Value": "ada@example.com" }] },
        "error_type": "",
    })
}

fn refused(error: &str) -> Value {
    let changes = json!({
        "status": 400,
        "response": { "__type": error, "message": "No." },
        "error_type": format!("{error}:"),
    });
    with(get_user(), &changes)
}

fn with(mut exchange: Value, changes: &Value) -> Value {
    for (member, value) in changes.as_object().unwrap() {
        exchange[member] = value.clone();
    }
    exchange
}

#[track_caller]
fn assert_violations(exchange: Value, expected: &[&str]) {
    let exchange: Exchange = serde_json::from_value(exchange).unwrap();
    assert_eq!(exchange.violations(&ServiceModel::load_whole()), expected);
}

#[test]
fn answers_have_to_be_of_the_operations_shape() {
    assert_violations(get_user(), &[]);
    let nameless = json!({ "response": { "UserAttributes": [{}] } });
    assert_violations(
        with(get_user(), &nameless),
        &[
            "response: body.Username: is required",
            "response: body.UserAttributes[0].Name: is required",
        ],
    );
    assert_violations(
        with(get_user(), &json!({ "request": {} })),
        &["request: body.AccessToken: is required"],
    );
    assert_violations(
        with(get_user(), &json!({ "status": 500 })),
        &["response: has status 500"],
    );
    assert_violations(
        with(get_user(), &json!({ "operation": "GetNobody" })),
        &["response: has status 200", "the model has no such operation"],
    );
}

#[test]
fn refusals_have_to_be_errors_of_the_operation() {
    assert_violations(refused("NotAuthorizedException"), &[]);
    assert_violations(
        refused("UsernameExistsException"),
        &["response: UsernameExistsException is no error of this operation"],
    );
    assert_violations(
        refused("InternalErrorException"),
        &["response: the operation broke"],
    );
    assert_violations(
        with(
            refused("NotAuthorizedException"),
            &json!({ "error_type": "NotAuthorizedException" }),
        ),
        &["response: x-amzn-errortype is not of the body's `__type`"],
    );
    let talkative =
        json!({ "response": { "__type": "NotAuthorizedException", "message": "No.", "code": 1 } });
    assert_violations(
        with(refused("NotAuthorizedException"), &talkative),
        &["response: has to be `__type` and `message`"],
    );
}

#[test]
fn only_requests_that_are_refused_for_it_may_be_malformed() {
    let malformed = json!({ "request": { "AccessToken": 1 } });
    let wrong = "request: body.AccessToken: has to be of type string";
    for error in MALFORMED {
        assert_violations(with(refused(error), &malformed), &[]);
    }
    assert_violations(with(refused("NotAuthorizedException"), &malformed), &[wrong]);
    let unknown = json!({ "operation": null, "request": null });
    assert_violations(with(refused("UnknownOperationException"), &unknown), &[]);
}

#[test]
fn members_that_are_null_are_absent() {
    let request = json!({ "request": { "AccessToken": "a.b.c", "Nothing": null } });
    assert_violations(with(get_user(), &request), &[]);
    let request = json!({ "request": { "AccessToken": null } });
    assert_violations(
        with(get_user(), &request),
        &["request: body.AccessToken: is required"],
    );
}

#[test]
fn only_what_is_known_of_other_clients_is_tolerated() {
    let new_password = json!({
        "operation": "RespondToAuthChallenge",
        "request": {
            "ClientId": "c",
            "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "ChallengeResponses": { "USERNAME": "id", "NEW_PASSWORD": "p", "TIMESTAMP": "t", "SRP_A": "a" },
        },
        "response": { "AuthenticationResult": {}, "ChallengeParameters": {} },
    });
    assert_violations(
        with(get_user(), &new_password),
        &["request: body.ChallengeResponses.SRP_A: is no key of NEW_PASSWORD_REQUIRED"],
    );
}

#[test]
fn faults_excuse_the_answer_and_not_the_request() {
    let fault = json!({ "fault": true, "status": 503, "response": null });
    assert_violations(with(get_user(), &fault), &[]);
    let careless = with(get_user(), &fault);
    assert_violations(
        with(careless, &json!({ "request": {} })),
        &["request: body.AccessToken: is required"],
    );
}

#[test]
fn violations_are_counted_by_kind() {
    assert_eq!(
        without_indices("body.UserAttributes[12].Name: is none of [\"a\"]"),
        "body.UserAttributes[].Name: is none of [\"a\"]"
    );
}
