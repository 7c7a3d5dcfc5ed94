//! The pool's groups.

use super::*;

fn with_groups(groups: Value) -> Result<Vec<(String, Option<u32>)>, ConfigProblem> {
    parse(&set(full(), "/auth/groups", groups)).map(|config| {
        let groups = config.groups.into_iter();
        groups.map(|group| (group.name, group.precedence)).collect()
    })
}

#[test]
fn groups_are_read_in_the_order_of_the_file() {
    let groups = with_groups(json!([
        { "staff": { "precedence": 10 } },
        { "admins": { "precedence": 0 } },
        { "équipe:🦀": {} },
        { "guests": { "precedence": null } },
        { "last": { "precedence": 2_147_483_647, "description": "what nothing here uses" } },
    ]));
    let expected = [
        ("staff", Some(10)),
        ("admins", Some(0)),
        ("équipe:🦀", None),
        ("guests", None),
        ("last", Some(2_147_483_647)),
    ];
    assert_eq!(groups.unwrap(), expected.map(|(name, at)| (name.to_owned(), at)));
}

#[test]
fn none_need_be_there() {
    assert_eq!(with_groups(json!([])).unwrap(), []);
    assert_eq!(with_groups(Value::Null).unwrap(), []);
    assert_eq!(parse(&without(full(), "/auth/groups")).unwrap().groups, []);
}

#[test]
fn every_wrong_shape_is_told_with_the_way_to_mend_it() {
    let shape = "It is a list with an object for each group";
    let name = "The name of a group is 1 to 128 characters without white space";
    let precedence = "A group’s precedence is a whole number from 0";
    for (groups, shown, told) in [
        (json!("admins"), "admins", shape),
        (json!({ "admins": {} }), "{\"admins\":{}}", shape),
        (json!(["admins"]), "admins", shape),
        (json!([["admins"]]), "[\"admins\"]", shape),
        (json!([null]), "null", shape),
        (json!([{ "admins": 0 }]), "0", shape),
        (json!([{ "admins": null }]), "null", shape),
        (json!([{ "": {} }]), "", name),
        (json!([{ "two words": {} }]), "two words", name),
        (json!([{ "a\n": {} }]), "a\u{fffd}", name),
        (json!([{ "admins": { "precedence": "0" } }]), "0", precedence),
        (json!([{ "admins": { "precedence": -1 } }]), "-1", precedence),
        (json!([{ "admins": { "precedence": 0.5 } }]), "0.5", precedence),
        (
            json!([{ "admins": { "precedence": 2_147_483_648_u64 } }]),
            "2147483648",
            precedence,
        ),
        (json!([{ "admins": { "precedence": true } }]), "true", precedence),
        (
            json!([{ "admins": {} }, { "admins": {} }]),
            "admins",
            "There is a group of that name",
        ),
    ] {
        match with_groups(groups.clone()).unwrap_err() {
            ConfigProblem::Malformed { path, found, hint } => {
                assert_eq!(
                    (path.as_str(), found.as_str()),
                    ("auth.groups", shown),
                    "{groups}"
                );
                assert!(hint.starts_with(told), "{groups}: {hint}");
            }
            other => panic!("{groups}: {other:?}"),
        }
    }
    let long = "g".repeat(129);
    assert!(with_groups(json!([{ long: {} }])).is_err());
    assert!(with_groups(json!([{ "g".repeat(128): {} }])).is_ok());
}

#[test]
fn a_later_schema_may_write_them_in_another_way() {
    let file = set(full(), "/version", json!("1.6"));
    let file = set(file, "/auth/groups", json!(["admins", { "staff": {} }]));
    let groups = parse(&file).unwrap().groups;
    let names: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["staff"]);
}
