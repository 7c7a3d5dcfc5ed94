use serde_json::{Value, json};

use super::*;
use crate::{
    ports::Response,
    token::{ChallengeSession, Code, Password},
};

fn response(status: u16, error_type: Option<&str>, body: &str) -> Response {
    Response {
        status,
        error_type: error_type.map(str::to_owned),
        body: body.to_owned().into(),
    }
}

fn service(kind: ErrorKind, message: &str) -> CognitoError {
    CognitoError::Service {
        kind,
        message: message.to_owned(),
    }
}

#[test]
fn the_error_type_is_read_from_the_header_or_the_body() {
    let body = r#"{"__type":"CodeMismatchException","message":"no"}"#;
    let expected = service(ErrorKind::CodeMismatch, "no");
    assert_eq!(CognitoError::from_response(&response(400, None, body)), expected);
    let body = r#"{"message":"no"}"#;
    for header in [
        "CodeMismatchException",
        "CodeMismatchException:",
        "CodeMismatchException:http://internal.example/",
        "com.amazonaws.cognito#CodeMismatchException",
    ] {
        assert_eq!(
            CognitoError::from_response(&response(400, Some(header), body)),
            expected,
            "{header}"
        );
    }
    let body = r#"{"__type":"com.amazonaws#CodeMismatchException","Message":"no"}"#;
    assert_eq!(CognitoError::from_response(&response(400, None, body)), expected);
}

#[test]
fn an_answer_that_is_none_of_cognitos_is_its_status() {
    for body in ["", "<html>", "{}", "null", "[1]", "{\"__type\":3}"] {
        assert_eq!(
            CognitoError::from_response(&response(502, None, body)),
            CognitoError::Status(502),
            "{body}"
        );
    }
}

#[test]
fn an_unknown_error_keeps_its_name() {
    let body = r#"{"__type":"BrandNewException"}"#;
    let error = CognitoError::from_response(&response(400, None, body));
    assert_eq!(
        error,
        service(ErrorKind::Other("BrandNewException".to_owned()), "")
    );
    assert!(!error.ends_session() && !error.is_transient());
}

#[test]
fn errors_common_to_all_of_aws_may_pass() {
    let throttled = CognitoError::from_response(&response(400, Some("ThrottlingException:"), "{}"));
    assert!(throttled.is_throttled());
    let unavailable = response(503, Some("ServiceUnavailable"), "{}");
    assert!(CognitoError::from_response(&unavailable).is_transient());
}

#[test]
fn every_kind_has_its_own_name() {
    for (name, kind) in ErrorKind::all() {
        let body = json!({"__type": name}).to_string();
        assert_eq!(
            CognitoError::from_response(&response(400, None, &body)),
            service(kind.clone(), "")
        );
        assert_eq!(kind.to_string(), name);
    }
}

#[test]
fn requests_have_the_wires_names() {
    let initiate = InitiateAuth {
        client_id: "c".to_owned(),
        auth_flow: "USER_SRP_AUTH",
        auth_parameters: Pairs::default()
            .with("USERNAME", "a@example.com")
            .with_some("SRP_A", Some("ab")),
        session: None,
        client_metadata: ClientMetadata::default(),
    };
    assert_eq!(
        serde_json::to_value(initiate).unwrap(),
        json!({"ClientId": "c", "AuthFlow": "USER_SRP_AUTH",
               "AuthParameters": {"USERNAME": "a@example.com", "SRP_A": "ab"}})
    );
    let respond = RespondToAuthChallenge {
        client_id: "c".to_owned(),
        challenge_name: "NEW_PASSWORD_REQUIRED",
        session: Some(ChallengeSession::from("s".to_owned())),
        challenge_responses: Pairs::default()
            .with("USERNAME", "u")
            .with("NEW_PASSWORD", "p")
            .with("userAttributes.name".to_owned(), "N")
            .with_some("DEVICE_KEY", None),
        client_metadata: ClientMetadata::default(),
    };
    assert_eq!(
        serde_json::to_value(respond).unwrap(),
        json!({"ClientId": "c", "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s",
               "ChallengeResponses": {"USERNAME": "u", "NEW_PASSWORD": "p", "userAttributes.name": "N"}})
    );
}

#[test]
fn secrets_are_not_in_debug_output() {
    let confirm = ConfirmForgotPassword {
        client_id: "c".to_owned(),
        username: "u".to_owned(),
        confirmation_code: Code::from("424242".to_owned()),
        password: Password::from("Hush-hush-1!".to_owned()),
        client_metadata: ClientMetadata::default(),
    };
    let pairs = Pairs::default().with("PASSWORD", "Hush-hush-2!");
    let shown = format!("{confirm:?} {pairs:?}");
    assert!(!shown.contains("424242") && !shown.contains("Hush"), "{shown}");
    assert!(shown.contains("PASSWORD"), "{shown}");
}

#[test]
fn a_delivery_by_a_medium_of_tomorrow_is_understood() {
    let delivery: CodeDelivery = serde_json::from_value(json!({"DeliveryMedium": "PIGEON"})).unwrap();
    assert_eq!(delivery.medium, Some(Medium::Other));
    let empty: CodeSent = serde_json::from_value(Value::Object(serde_json::Map::new())).unwrap();
    assert_eq!(empty.code_delivery_details, CodeDelivery::default());
}
