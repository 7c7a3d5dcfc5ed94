//! Amazon Cognito's service model as a contract for tests: what a request and a response of each operation may
//! look like. The shapes are `local-pool/data/cognito-idp.json`; of its operations only the public ones count here.
//! Those of identity pools are in `cognito-identity.json`.

// Every integration test compiles this module for itself, and none uses all of it.
#![allow(dead_code)]
// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

pub mod pattern;
mod prose;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The model. `load` it once a test.
pub struct ServiceModel {
    contents: Contents,
    patterns: BTreeMap<String, Regex>,
}

#[derive(Deserialize)]
struct Contents {
    source: Source,
    operations: BTreeMap<String, Operation>,
    shapes: BTreeMap<String, Shape>,
}

#[derive(Deserialize)]
struct Source {
    #[serde(rename = "targetPrefix")]
    target_prefix: String,
}

#[derive(Deserialize)]
struct Operation {
    public: bool,
    input: Option<String>,
    output: Option<String>,
    errors: Vec<String>,
}

#[derive(Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Shape {
    r#type: String,
    members: BTreeMap<String, String>,
    required: Vec<String>,
    member: Option<String>,
    key: Option<String>,
    value: Option<String>,
    r#enum: Vec<String>,
    pattern: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
    sensitive: bool,
    exception: bool,
    fault: bool,
    document: bool,
}

impl Contents {
    fn read() -> Self {
        serde_json::from_str(include_str!("../../local-pool/data/cognito-idp.json")).unwrap()
    }

    /// Drops the operations that need an AWS signature, and the shapes that only they reach.
    fn keep_public(&mut self) {
        self.operations.retain(|_, operation| operation.public);
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&String> = self.operations.values().flat_map(Operation::shapes).collect();
        while let Some(name) = waiting.pop() {
            if reached.insert(name.clone()) {
                waiting.extend(self.shapes[name].parts());
            }
        }
        self.shapes.retain(|name, _| reached.contains(name));
    }
}

impl Operation {
    fn shapes(&self) -> impl Iterator<Item = &String> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}

impl Shape {
    fn parts(&self) -> impl Iterator<Item = &String> {
        let parts = self.member.iter().chain(&self.key).chain(&self.value);
        parts.chain(self.members.values())
    }
}

impl ServiceModel {
    /// Reads the model without the operations that need an AWS signature and compiles its patterns. Panics on one
    /// that has no exact counterpart in `regex`.
    pub fn load() -> Self {
        let mut contents = Contents::read();
        contents.keep_public();
        Self::new(contents)
    }

    /// The same with the administrator's operations.
    pub fn load_whole() -> Self {
        Self::new(Contents::read())
    }

    /// This and the model of identity pools.
    pub fn with_identity_pools(self) -> Self {
        let more: Contents =
            serde_json::from_str(include_str!("../../local-pool/data/cognito-identity.json")).unwrap();
        let mut contents = self.contents;
        for (name, shape) in more.shapes {
            // Of errors only the names count.
            let same = contents.shapes.get(&name).is_none_or(|known| *known == shape);
            assert!(
                same || shape.exception,
                "{name} is something else in each of the models"
            );
            contents.shapes.entry(name).or_insert(shape);
        }
        contents.operations.extend(more.operations);
        Self::new(contents)
    }

    fn new(contents: Contents) -> Self {
        let patterns = contents
            .shapes
            .values()
            .filter_map(|shape| shape.pattern.as_deref());
        let patterns = patterns
            .map(|pattern| (pattern.to_owned(), pattern::compile(pattern).unwrap()))
            .collect();
        Self { contents, patterns }
    }

    /// The operations that need no AWS signature.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        let operations = self.contents.operations.iter();
        operations.filter_map(|(name, operation)| operation.public.then_some(name.as_str()))
    }

    /// Whether an operation of this name can be checked.
    pub fn knows(&self, operation: &str) -> bool {
        self.contents.operations.contains_key(operation)
    }

    /// The `X-Amz-Target` header of an operation.
    pub fn target(&self, operation: &str) -> String {
        self.operation(operation);
        format!("{}.{operation}", self.contents.source.target_prefix)
    }

    /// What is wrong with a request's body; nothing when it is empty.
    pub fn check_request(&self, operation: &str, body: &Value) -> Vec<String> {
        let mut violations = self.check_body(self.operation(operation).input.as_deref(), body);
        prose::check_request(operation, body, &mut violations);
        violations
    }

    /// What is wrong with a successful response's body; nothing when it is empty. An operation without an output
    /// shape answers with `{}` or nothing, here `null`.
    pub fn check_response(&self, operation: &str, body: &Value) -> Vec<String> {
        let output = self.operation(operation).output.as_deref();
        if output.is_none() && body.is_null() {
            return Vec::new();
        }
        let mut violations = self.check_body(output, body);
        prose::check_response(operation, body, &mut violations);
        violations
    }

    /// The errors of an operation, as they stand in `__type`.
    pub fn errors_of(&self, operation: &str) -> &[String] {
        &self.operation(operation).errors
    }

    /// How many different patterns the model has, all of them compiled.
    pub fn pattern_count(&self) -> usize {
        self.patterns.len()
    }

    fn operation(&self, name: &str) -> &Operation {
        self.contents
            .operations
            .get(name)
            .unwrap_or_else(|| panic!("no operation {name} without AWS signature"))
    }

    fn check_body(&self, shape: Option<&str>, body: &Value) -> Vec<String> {
        let mut violations = Vec::new();
        match shape {
            Some(shape) => self.check(shape, body, "body", &mut violations),
            None if body.as_object().is_some_and(Map::is_empty) => {}
            None => violations.push("body: has to be an empty object".to_owned()),
        }
        violations
    }

    fn check(&self, name: &str, value: &Value, at: &str, violations: &mut Vec<String>) {
        let shape = &self.contents.shapes[name];
        if shape.document {
            return;
        }
        match (shape.r#type.as_str(), value) {
            ("structure", Value::Object(members)) => self.check_structure(shape, members, at, violations),
            ("map", Value::Object(entries)) => {
                for (key, value) in entries {
                    let at = format!("{at}.{key}");
                    self.check_string(
                        &self.contents.shapes[shape.key.as_ref().unwrap()],
                        key,
                        &at,
                        violations,
                    );
                    self.check(shape.value.as_ref().unwrap(), value, &at, violations);
                }
                check_range(shape, entries.len() as i64, "entries", at, violations);
            }
            ("list", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.check(
                        shape.member.as_ref().unwrap(),
                        item,
                        &format!("{at}[{index}]"),
                        violations,
                    );
                }
                check_range(shape, items.len() as i64, "items", at, violations);
            }
            ("string", Value::String(text)) => self.check_string(shape, text, at, violations),
            ("integer", Value::Number(number)) if number.is_i64() => {
                check_range(shape, number.as_i64().unwrap(), "value", at, violations);
            }
            // Seconds since 1970, in whole or with a fraction.
            ("timestamp", Value::Number(_)) | ("boolean", Value::Bool(_)) => {}
            ("structure" | "map" | "list" | "string" | "integer" | "timestamp" | "boolean", _) => {
                violations.push(format!("{at}: has to be of type {}", shape.r#type));
            }
            (unknown, _) => panic!("{name} is of a type that is not checked: {unknown}"),
        }
    }

    fn check_structure(
        &self,
        shape: &Shape,
        members: &Map<String, Value>,
        at: &str,
        violations: &mut Vec<String>,
    ) {
        for required in &shape.required {
            if !members.contains_key(required) {
                violations.push(format!("{at}.{required}: is required"));
            }
        }
        for (member, value) in members {
            let at = format!("{at}.{member}");
            match shape.members.get(member) {
                Some(shape) => self.check(shape, value, &at, violations),
                None => violations.push(format!("{at}: is no member")),
            }
        }
    }

    fn check_string(&self, shape: &Shape, text: &str, at: &str, violations: &mut Vec<String>) {
        if !shape.r#enum.is_empty() && !shape.r#enum.iter().any(|value| value == text) {
            violations.push(format!("{at}: is none of {:?}", shape.r#enum));
        }
        if let Some(pattern) = &shape.pattern
            && !self.patterns[pattern].is_match(text)
        {
            violations.push(format!("{at}: does not match {pattern}"));
        }
        check_range(shape, text.chars().count() as i64, "characters", at, violations);
    }
}

fn check_range(shape: &Shape, size: i64, unit: &str, at: &str, violations: &mut Vec<String>) {
    if shape.min.is_some_and(|min| size < min) {
        violations.push(format!("{at}: {unit} below {}", shape.min.unwrap()));
    }
    if shape.max.is_some_and(|max| size > max) {
        violations.push(format!("{at}: {unit} above {}", shape.max.unwrap()));
    }
}
