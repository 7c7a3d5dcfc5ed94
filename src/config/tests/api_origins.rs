//! Origins to which tokens may be sent.

use super::*;

fn with_origins(origins: Value) -> Result<Vec<Endpoint>, ConfigProblem> {
    let custom = json!({ "cognito": { "api_origins": origins } });
    parse(&set(full(), "/custom", custom)).map(|config| config.api_origins)
}

#[test]
fn origins_are_kept_and_none_need_be_there() {
    assert_eq!(parse(&full()).unwrap().api_origins, []);
    assert_eq!(with_origins(json!([])).unwrap(), []);
    assert_eq!(with_origins(Value::Null).unwrap(), []);
    let written = [
        "https://api.example.com",
        "https://api.example.com:8443/",
        "http://localhost:3000",
        "http://[::1]:3000",
    ];
    let origins = with_origins(json!(written)).unwrap();
    let kept: Vec<_> = origins.iter().map(Endpoint::as_str).collect();
    assert_eq!(kept, written.map(|origin| origin.trim_end_matches('/')));
}

#[test]
fn what_is_no_origin_or_would_tell_tokens_is_refused_by_its_place() {
    use EndpointProblem::*;
    for (text, problem) in [
        ("api.example.com", NoScheme),
        ("https://*.example.com", Host),
        ("https://api.example.com/v1", NotAnOrigin),
        ("https://api.example.com/v1/", NotAnOrigin),
        ("https://api.example.com?x", QueryOrFragment),
        ("https://user@api.example.com", UserInfo),
        ("http://api.example.com", Plaintext),
    ] {
        assert_eq!(
            with_origins(json!(["https://ok.example.com", text])).unwrap_err(),
            ConfigProblem::BadEndpoint {
                path: "custom.cognito.api_origins.1".to_owned(),
                problem
            },
            "{text}"
        );
    }
}

#[test]
fn anything_but_a_list_of_texts_is_a_mistake() {
    for value in [
        json!("https://api.example.com"),
        json!([1]),
        json!({}),
        json!([null]),
    ] {
        assert!(matches!(
            with_origins(value).unwrap_err(),
            ConfigProblem::Malformed { path, .. } if path == "custom.cognito.api_origins"
        ));
    }
}
