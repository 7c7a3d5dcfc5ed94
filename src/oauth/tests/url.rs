//! The address of an authorization request, as a server reads it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::*;

/// What the address of `request` says, once it is certain that it says nothing twice and nothing empty.
fn said(request: &AuthorizationRequest) -> BTreeMap<String, String> {
    let address = authorization_url(&oauth(), &client(), request, &transaction());
    let address = ::url::Url::parse(address.expose()).unwrap();
    assert_eq!(address.origin().ascii_serialization(), DOMAIN);
    assert_eq!(address.path(), "/oauth2/authorize");
    assert_eq!(address.fragment(), None);
    let mut said = BTreeMap::new();
    for (name, value) in address.query_pairs().into_owned() {
        assert!(!value.is_empty(), "{name} is empty");
        assert_eq!(said.insert(name.clone(), value), None, "{name} stands twice");
    }
    said
}

/// What it says beside what every request says.
fn more(request: &AuthorizationRequest) -> Vec<(String, String)> {
    let mut said = said(request);
    let transaction = transaction();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", client().as_str()),
        ("redirect_uri", CALLBACK),
        ("scope", "openid https://api.example/read+write"),
        ("state", transaction.state.expose()),
        ("nonce", transaction.nonce.expose()),
        ("code_challenge", transaction.code_challenge().as_str()),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(said.remove(name).as_deref(), Some(value), "{name}");
    }
    said.into_iter().collect()
}

#[track_caller]
fn assert_more(request: &AuthorizationRequest, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    assert_eq!(more(request), expected);
}

fn request() -> AuthorizationRequest {
    AuthorizationRequest::default()
}

#[test]
fn a_plain_request_says_what_it_has_to() {
    assert_more(&request(), &[]);
}

#[test]
fn the_verifier_stays_here() {
    let address = authorization_url(&oauth(), &client(), &request(), &transaction());
    assert!(!address.expose().contains(transaction().verifier.expose()));
}

#[test]
fn each_door() {
    for name in [
        "Google",
        "SignInWithApple",
        "Work&force=1",
        "Ünïcode Corp",
        "a+b c",
    ] {
        let via = |via| AuthorizationRequest { via, ..request() };
        assert_more(
            &via(Via::Provider(name.to_owned())),
            &[("identity_provider", name)],
        );
        assert_more(
            &via(Via::Identifier(name.to_owned())),
            &[("idp_identifier", name)],
        );
    }
}

#[test]
fn each_prompt_and_several() {
    for (prompt, said) in [
        (vec![Prompt::None], "none"),
        (vec![Prompt::Login], "login"),
        (vec![Prompt::Consent], "consent"),
        (vec![Prompt::SelectAccount], "select_account"),
        (vec![Prompt::Login, Prompt::SelectAccount], "login select_account"),
    ] {
        assert_more(&AuthorizationRequest { prompt, ..request() }, &[("prompt", said)]);
    }
}

#[test]
fn whatever_somebody_is_called_arrives() {
    for hint in [
        "jane+x@example.com",
        "jane&prompt=none",
        "j=a#n?e/%2e",
        "Ämy 🙂 \u{202e}evil",
        "\"quoted\" <b>",
        "+12025550143",
        " ",
        "\r\nLocation: https://evil.test",
    ] {
        let request = AuthorizationRequest {
            login_hint: Some(hint.to_owned()),
            ..request()
        };
        assert_more(&request, &[("login_hint", hint)]);
    }
}

#[test]
fn all_the_others_at_once() {
    let request = AuthorizationRequest {
        via: Via::Provider("Google".to_owned()),
        redirect_uri: "https://elsewhere.example/".to_owned(),
        login_hint: Some("jane@example.com".to_owned()),
        lang: Some("pt-BR".to_owned()),
        prompt: vec![Prompt::Login],
        acr_values: vec!["urn:cognito:loa:2".to_owned(), "urn:cognito:loa:3".to_owned()],
        max_age: Some(Duration::from_millis(300_999)),
        in_popup: true,
        reauthenticates: true,
    };
    // The address to come back to is the transaction's, to which the answer is held.
    assert_more(
        &request,
        &[
            ("acr_values", "urn:cognito:loa:2 urn:cognito:loa:3"),
            ("identity_provider", "Google"),
            ("lang", "pt-BR"),
            ("login_hint", "jane@example.com"),
            ("max_age", "300"),
            ("prompt", "login"),
        ],
    );
}

#[test]
fn what_is_empty_is_not_said() {
    let request = AuthorizationRequest {
        login_hint: Some(String::new()),
        lang: Some(String::new()),
        prompt: Vec::new(),
        acr_values: Vec::new(),
        ..request()
    };
    assert_more(&request, &[]);
    for via in [Via::Provider(String::new()), Via::Identifier(String::new())] {
        assert_more(
            &AuthorizationRequest {
                via,
                ..self::request()
            },
            &[],
        );
    }
}

#[test]
fn no_time_at_all_is_a_time() {
    let request = AuthorizationRequest {
        max_age: Some(Duration::ZERO),
        ..request()
    };
    assert_more(&request, &[("max_age", "0")]);
}
