//! Answers that are not to be trusted, and those that say no.

use std::time::Duration;

use yew_cognito::{engine::AuthError::*, oauth::LIFETIME};

use super::*;

/// An answer with another query.
fn saying(query: &str) -> AuthorizationResponse {
    AuthorizationResponse::read(query).unwrap()
}

#[test]
fn an_answer_to_another_request_sends_nothing() {
    let mut world = world();
    let (transaction, ours) = returned(&mut world, request(), USER);
    let (_, others) = returned(&mut world, request(), "admin@example.com");
    let mut nameless = ours.clone();
    nameless.state = None;
    for answer in [
        others,
        nameless,
        saying("code=c1"),
        saying("code=c1&state="),
        saying("code=c1&state=yc."),
        saying("error=access_denied"),
        saying("error=access_denied&state=x"),
        saying("code=c1&error=x&state=x"),
    ] {
        assert_eq!(finish(&mut world, &transaction, &answer), Err(StateMismatch));
    }
    assert_eq!(world.sent(TOKEN), 0);
    // Nothing of it has harmed the one under way.
    assert_eq!(finish(&mut world, &transaction, &ours), Ok(Step::SignedIn));
}

#[test]
fn an_answer_that_contradicts_itself_sends_nothing() {
    let mut world = world();
    let (transaction, _) = returned(&mut world, request(), USER);
    let state = transaction.state.expose();
    for query in [
        format!("code=c1&code=c2&state={state}"),
        format!("code=c1&error=access_denied&state={state}"),
    ] {
        let refused = finish(&mut world, &transaction, &saying(&query));
        assert!(matches!(refused, Err(Protocol(_))), "{refused:?}");
    }
    assert_eq!(world.sent(TOKEN), 0);
}

#[test]
fn an_answer_that_comes_too_late_sends_nothing() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.pass(LIFETIME);
    assert_eq!(finish(&mut world, &transaction, &response), Err(SignInExpired));
    assert_eq!(world.sent(TOKEN), 0);
}

#[test]
fn a_code_is_good_once() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
    sign_out(&mut world);
    assert_eq!(finish(&mut world, &transaction, &response), Err(CodeRefused));
    assert!(!world.is_signed_in());
}

#[test]
fn a_code_is_good_for_five_minutes() {
    let mut world = world();
    let (transaction, response) = returned(&mut world, request(), USER);
    world.pass_everywhere(Duration::from_secs(301));
    assert_eq!(finish(&mut world, &transaction, &response), Err(CodeRefused));
}

#[test]
fn a_code_is_no_good_without_its_verifier() {
    let mut world = world();
    let (mut transaction, response) = returned(&mut world, request(), USER);
    transaction.verifier = start(&mut world, request()).unwrap().transaction.verifier;
    assert_eq!(finish(&mut world, &transaction, &response), Err(CodeRefused));
    assert_eq!(world.sent(TOKEN), 1);
}

#[test]
fn tokens_that_answer_another_request_are_not_taken_and_revoked() {
    let mut world = world();
    let (mut transaction, response) = returned(&mut world, request(), USER);
    transaction.nonce = start(&mut world, request()).unwrap().transaction.nonce;
    let refused = finish(&mut world, &transaction, &response);
    assert!(matches!(refused, Err(InvalidToken(_))), "{refused:?}");
    assert!(!world.is_signed_in());
    let [token] = revoked(&world).try_into().unwrap();
    assert!(!is_alive(&world, &token));
}

#[test]
fn who_says_no_has_not_signed_in() {
    let mut world = world();
    for provider in ["Google", "Workforce", "Partner"] {
        let (transaction, response) = federated(&mut world, provider, "deny");
        assert_eq!(finish(&mut world, &transaction, &response), Err(ConsentDenied));
        let (transaction, response) = federated(&mut world, provider, "error");
        assert_eq!(finish(&mut world, &transaction, &response), Err(ProviderFailed));
    }
    assert_eq!(world.sent(TOKEN), 0);
    // And may change their mind.
    let (transaction, response) = federated(&mut world, "Google", "robin");
    assert_eq!(finish(&mut world, &transaction, &response), Ok(Step::SignedIn));
}

#[test]
fn who_shares_no_address_is_told_what_is_missing() {
    let mut world = world();
    let (transaction, response) = federated(&mut world, "Google", "sam");
    assert_eq!(
        finish(&mut world, &transaction, &response),
        Err(AttributesMissing(vec!["email".to_owned()]))
    );
}

#[test]
fn who_is_disabled_is_told() {
    let mut world = world();
    let (transaction, answer) = federated(&mut world, "Google", "robin");
    assert_eq!(finish(&mut world, &transaction, &answer), Ok(Step::SignedIn));
    let username = signed_in(&world).claims.username;
    sign_out(&mut world);
    let (transaction, answer) = federated(&mut world, "Google", "robin");
    administer(&world, "AdminDisableUser", json!({ "Username": username }));
    // On the way, between code and tokens, and the next time.
    assert_eq!(finish(&mut world, &transaction, &answer), Err(CodeRefused));
    let (transaction, answer) = federated(&mut world, "Google", "robin");
    assert_eq!(finish(&mut world, &transaction, &answer), Err(UserDisabled));
}

#[test]
fn words_of_a_trigger_are_told() {
    let mut world = world();
    let (transaction, _) = federated(&mut world, "Google", "robin");
    let state = transaction.state.expose();
    for (description, expected) in [
        (
            "PreSignUp+failed+with+error+Come+back+on+Monday.",
            Refused("Come back on Monday.".to_owned()),
        ),
        ("PreSignUp+failed+with+error+User+already+exists.", AnotherWayIn),
        ("Already+found+an+entry+for+username+Google_1", JustLinked),
        ("Something+new", ProviderRefused("Something new".to_owned())),
    ] {
        let query = format!("error=invalid_request&error_description={description}&state={state}");
        assert_eq!(finish(&mut world, &transaction, &saying(&query)), Err(expected));
    }
}
