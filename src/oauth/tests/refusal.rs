//! What the service's words mean. Those of the service are in the developer guide and in its users' reports.

use super::*;

#[test]
fn what_the_errors_mean() {
    use Refusal::*;
    let missing = |names: &[&str]| AttributesMissing(names.iter().map(|&name| name.to_owned()).collect());
    for (error, description, expected) in [
        ("access_denied", "", Denied),
        ("access_denied", "The user said no.", Denied),
        ("invalid_request", "access_denied+-+User cancelled", Denied),
        ("invalid_request", "Google Error - 400 access_denied", Denied),
        ("server_error", "user_cancelled_authorize", Denied),
        ("invalid_request", "Workforce error: CONSENT_REQUIRED", Denied),
        ("login_required", "", NothingShown),
        ("interaction_required", "", NothingShown),
        ("account_selection_required", "", NothingShown),
        ("consent_required", "", NothingShown),
        (
            "invalid_request",
            "attributes required: [email]",
            missing(&["email"]),
        ),
        (
            "invalid_request",
            "attributes required: [email, given_name,family_name ]",
            missing(&["email", "given_name", "family_name"]),
        ),
        ("invalid_request", "attributes required: []", missing(&[])),
        (
            "invalid_request",
            "attributes required: [email",
            missing(&["email"]),
        ),
        (
            "invalid_request",
            "PreSignUp failed with error User already exists with another way in. ",
            AnotherWayIn,
        ),
        (
            "invalid_request",
            "PreSignUp failed with error Come back on Monday.. ",
            Trigger("Come back on Monday..".to_owned()),
        ),
        (
            "server_error",
            "PreTokenGeneration failed with error No access_denied here",
            Trigger("No access_denied here".to_owned()),
        ),
        (
            "invalid_request",
            "Already found an entry for username Google_1234567890",
            JustLinked,
        ),
        ("invalid_request", "User is disabled.", UserDisabled),
        ("server_error", "", Failed),
        ("server_error", "Google Error - 500", Failed),
        ("temporarily_unavailable", "", Failed),
        (
            "unauthorized_client",
            "",
            Misconfigured("unauthorized_client".to_owned()),
        ),
        (
            "unsupported_response_type",
            "No.",
            Misconfigured("No.".to_owned()),
        ),
        ("invalid_scope", "", Misconfigured("invalid_scope".to_owned())),
        ("invalid_client", "", Misconfigured("invalid_client".to_owned())),
        ("invalid_request", "", Other("invalid_request".to_owned())),
        (
            "invalid_request",
            "Something new",
            Other("Something new".to_owned()),
        ),
        ("brand_new", "", Other("brand_new".to_owned())),
        ("", "", Other(String::new())),
    ] {
        assert_eq!(meaning(error, description), expected, "{error}: {description}");
    }
}

/// All words of a refusal.
fn words(refusal: Refusal) -> Vec<String> {
    match refusal {
        Refusal::AttributesMissing(names) => names,
        Refusal::Trigger(words) | Refusal::Misconfigured(words) | Refusal::Other(words) => vec![words],
        other => panic!("no words: {other:?}"),
    }
}

#[test]
fn what_would_disturb_the_line_is_taken_out() {
    // Controls, line breaks, direction overrides and isolates, and what nobody sees.
    let hostile = "Pay\u{202e}lla\u{2066}\u{2069}\u{200b}\u{200f}\u{61c}\u{feff}\u{2060}\u{2028}\u{2029}\r\n\0\u{7f}\u{85} now";
    for (error, before) in [
        ("invalid_request", ""),
        ("invalid_scope", ""),
        ("invalid_request", "PreSignUp failed with error "),
        ("invalid_request", "attributes required: ["),
    ] {
        let description = [before, hostile].concat();
        assert_eq!(
            words(meaning(error, &description)),
            ["Paylla now"],
            "{error}: {before}"
        );
    }
    assert_eq!(words(meaning(hostile, "")), ["Paylla now"]);
}

#[test]
fn nothing_is_longer_than_a_few_lines() {
    let long = "🙂".repeat(5000);
    for (error, description) in [
        ("x", long.clone()),
        ("invalid_scope", long.clone()),
        ("x", ["PreSignUp failed with error ", &long].concat()),
        ("x", ["attributes required: [", &long].concat()),
        (long.as_str(), String::new()),
    ] {
        for words in words(meaning(error, &description)) {
            let count = words.chars().count();
            assert!((200..=300).contains(&count), "{count}");
        }
    }
    let many = ["attributes required: [", &"a,".repeat(5000)].concat();
    assert!(words(meaning("x", &many)).len() <= 150);
}

#[test]
fn words_of_others_do_not_pass_for_the_services() {
    // A name with the mark in it: what stands behind the first mark counts, and is nothing but shown.
    let refusal = meaning("x", "A failed with error B failed with error C");
    assert_eq!(refusal, Refusal::Trigger("B failed with error C".to_owned()));
}
