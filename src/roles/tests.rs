use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;

fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn group(name: &str, precedence: Option<u32>) -> Group {
    Group {
        name: name.to_owned(),
        precedence,
    }
}

#[test]
fn the_lowest_number_comes_first_and_those_without_last() {
    let known = [
        group("staff", Some(10)),
        group("guests", None),
        group("admins", Some(0)),
        group("auditors", Some(2)),
    ];
    let groups = texts(&["unheard-of", "guests", "staff", "auditors", "admins"]);
    assert_eq!(
        by_precedence(&groups, &known),
        ["admins", "auditors", "staff", "guests", "unheard-of"]
    );
    assert!(by_precedence(&[], &known).is_empty());
}

#[test]
fn equals_are_in_the_order_of_their_names_whatever_the_token_s_order() {
    let known = [group("b", Some(1)), group("a", Some(1)), group("z", Some(0))];
    for order in [["a", "b", "z", "c", "d"], ["d", "z", "b", "c", "a"]] {
        assert_eq!(by_precedence(&texts(&order), &known), ["z", "a", "b", "c", "d"]);
    }
    assert_eq!(by_precedence(&texts(&["c", "a", "b"]), &[]), ["a", "b", "c"]);
}

#[test]
fn the_groups_of_identity_providers_are_known_by_the_pools_id() {
    let pool = UserPoolId::parse("eu-west-1_AbCdEf123").unwrap();
    assert!(is_of_provider("eu-west-1_AbCdEf123_Google", &pool));
    for other in [
        "Google",
        "eu-west-1_AbCdEf123",
        "eu-west-1_AbCdEf1234_Google",
        "admins",
        "",
    ] {
        assert!(!is_of_provider(other, &pool), "{other}");
    }
}

#[test]
fn any_asks_for_one_of_them_and_all_for_each() {
    let groups = texts(&["staff", "auditors"]);
    let lets_in = |any, all| lets_in::<&str>(&groups, any, all);
    assert!(lets_in(Some(&["admins", "staff"]), None));
    assert!(!lets_in(Some(&["admins"]), None));
    assert!(lets_in(None, Some(&["auditors", "staff"])));
    assert!(!lets_in(None, Some(&["staff", "admins"])));
    assert!(lets_in(Some(&["admins", "staff"]), Some(&["auditors"])));
    assert!(!lets_in(Some(&["admins"]), Some(&["auditors"])));
    assert!(!lets_in(Some(&["staff"]), Some(&["admins"])));
}

#[test]
fn nothing_wanted_lets_in_nobody() {
    let groups = texts(&["admins"]);
    let lets_in = |any, all| lets_in::<&str>(&groups, any, all);
    assert!(!lets_in(None, None));
    assert!(!lets_in(Some(&[]), None));
    assert!(!lets_in(None, Some(&[])));
    assert!(!lets_in(Some(&["admins"]), Some(&[])));
    assert!(!lets_in(Some(&[]), Some(&["admins"])));
}

#[test]
fn names_are_compared_letter_by_letter() {
    for other in ["Admins", "admin", "admins ", "adminsx", "аdmins", ""] {
        assert!(!lets_in(&texts(&["admins"]), Some(&[other]), None), "{other}");
        assert!(!lets_in(&texts(&[other]), Some(&["admins"]), None), "{other}");
    }
}

/// Few names, alike and odd ones among them, so that lists often meet.
const NAMES: [&str; 9] = [
    "admins",
    "Admins",
    "admin",
    "staff",
    "staff,admins",
    "[admins]",
    "*",
    "",
    "équipe",
];

fn name() -> impl Strategy<Value = String> {
    select(&NAMES[..]).prop_map(str::to_owned)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    vec(name(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn no_list_of_groups_ever_lets_in_somebody_without_the_group(
        groups in names(), any in option::of(names()), all in option::of(names())
    ) {
        if lets_in(&groups, any.as_deref(), all.as_deref()) {
            prop_assert!(any.is_some() || all.is_some());
            if let Some(any) = &any {
                prop_assert!(any.iter().any(|wanted| groups.contains(wanted)));
            }
            if let Some(all) = &all {
                prop_assert!(!all.is_empty());
                for wanted in all {
                    prop_assert!(groups.contains(wanted));
                }
            }
        }
    }

    #[test]
    fn somebody_in_all_of_the_groups_is_let_in(groups in names(), more in names()) {
        let both: Vec<_> = groups.iter().chain(&more).cloned().collect();
        let wanted = (!groups.is_empty()).then_some(groups.as_slice());
        prop_assert_eq!(lets_in(&both, wanted, wanted), wanted.is_some());
    }

    #[test]
    fn one_group_less_never_lets_in_more(
        mut groups in names(), any in option::of(names()), all in option::of(names())
    ) {
        let before = lets_in(&groups, any.as_deref(), all.as_deref());
        groups.pop();
        let after = lets_in(&groups, any.as_deref(), all.as_deref());
        prop_assert!(before || !after);
    }

    #[test]
    fn an_order_has_every_group_and_no_lower_number_after_a_higher(
        groups in names(), numbers in vec((name(), option::of(0..4_u32)), 0..9)
    ) {
        let known: Vec<_> = numbers.iter().map(|(name, number)| group(name, *number)).collect();
        let sorted = by_precedence(&groups, &known);
        let mut plain: Vec<_> = groups.iter().map(String::as_str).collect();
        let mut kept = sorted.clone();
        plain.sort_unstable();
        kept.sort_unstable();
        prop_assert_eq!(plain, kept);
        let number = |name: &str| known.iter().find(|group| group.name == name)?.precedence;
        for pair in sorted.windows(2) {
            match (number(pair[0]), number(pair[1])) {
                (Some(first), Some(second)) => prop_assert!(first <= second),
                (None, Some(_)) => prop_assert!(false, "{sorted:?}"),
                _ => {}
            }
        }
    }
}
