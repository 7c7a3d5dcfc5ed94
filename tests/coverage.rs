//! `docs/operations.md` is true: it lists every public operation and every challenge of the service model, and the
//! tests that it names exist.

// Clippy's leave for tests does not reach their helpers.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

fn page() -> String {
    read("docs/operations.md")
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn model() -> Value {
    serde_json::from_str(&read("local-pool/data/cognito-idp.json")).unwrap()
}

fn public(model: &Value) -> BTreeSet<String> {
    let operations = model["operations"].as_object().unwrap();
    operations
        .iter()
        .filter(|(_, operation)| operation["public"] == true)
        .map(|(name, _)| name.clone())
        .collect()
}

/// The rows of the table under `heading`, cell by cell.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = page();
    let marker = ["\n## ", heading, "\n"].concat();
    let (_, section) = page
        .split_once(&marker)
        .unwrap_or_else(|| panic!("no section {heading}"));
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
    .collect()
}

fn names(rows: &[Vec<String>]) -> BTreeSet<String> {
    let names: BTreeSet<_> = rows
        .iter()
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    assert_eq!(names.len(), rows.len(), "a name stands twice");
    names
}

/// Whether the test that `reference` ("`path`: name") speaks of exists.
fn check(reference: &str) {
    let (path, name) = reference
        .split_once("`: ")
        .unwrap_or_else(|| panic!("not `path`: name: {reference}"));
    let path = path.trim_start_matches('`');
    let source = read(path);
    let is_there = if path.ends_with(".rs") {
        source.contains(&["#[test]\nfn ", name, "("].concat())
    } else {
        // Titles of journeys are texts in quotation marks of any kind.
        ["\"", "'", "`"]
            .iter()
            .any(|mark| source.contains(&[*mark, name, *mark].concat()))
    };
    assert!(is_there, "{path} has no test {name:?}");
}

fn check_all(rows: &[Vec<String>]) {
    for row in rows {
        let tests = row.last().unwrap();
        // What is left out on purpose says why in place of a test.
        if row[1] != "not called" {
            tests.split("<br>").for_each(|reference| check(reference.trim()));
        } else {
            assert!(tests.len() > 20, "{}: why not?", row[0]);
        }
    }
}

#[test]
fn every_public_operation_is_listed_with_its_tests() {
    let rows = table("Operations");
    assert_eq!(names(&rows), public(&model()));
    check_all(&rows);
    let of_identity_pools = serde_json::from_str(&read("local-pool/data/cognito-identity.json")).unwrap();
    let rows = table("Operations of identity pools");
    assert_eq!(names(&rows), public(&of_identity_pools));
    check_all(&rows);
}

#[test]
fn the_endpoints_of_the_domain_are_listed_with_their_tests() {
    let rows = table("Endpoints of the domain");
    let used = ["/logout", "/oauth2/authorize", "/oauth2/token"];
    assert_eq!(names(&rows), used.map(str::to_owned).into());
    check_all(&rows);
}

#[test]
fn every_challenge_is_listed_with_its_tests() {
    let model = model();
    let challenges = model["shapes"]["ChallengeNameType"]["enum"].as_array().unwrap();
    let challenges: BTreeSet<_> = challenges
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    let rows = table("Challenges");
    assert_eq!(names(&rows), challenges);
    check_all(&rows);
}

#[test]
fn every_flow_is_listed_with_its_tests() {
    let model = model();
    let flows = model["shapes"]["AuthFlowType"]["enum"].as_array().unwrap();
    let flows: BTreeSet<_> = flows
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    let rows = table("Flows");
    assert_eq!(names(&rows), flows);
    check_all(&rows);
}
