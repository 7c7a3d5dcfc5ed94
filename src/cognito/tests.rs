use serde_json::{Value, json};

use super::{server_time::ServerTime, *};
use crate::{
    ports::{Reading, Response, UnixMillis},
    token::{ChallengeSession, Code, Password},
};

fn response(status: u16, error_type: Option<&str>, body: &str) -> Response {
    Response {
        status,
        error_type: error_type.map(str::to_owned),
        date: None,
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

#[test]
fn the_services_time_is_its_date_and_what_has_passed_since() {
    let reading = |wall, monotonic| Reading {
        wall: UnixMillis(wall),
        monotonic: std::time::Duration::from_millis(monotonic),
    };
    let time = ServerTime::default();
    assert_eq!(
        time.at(&reading(5000, 1)),
        UnixMillis(5000),
        "the device's, for want of another"
    );
    time.note(UnixMillis(90_000_000), reading(5000, 100));
    assert_eq!(time.at(&reading(7000, 2100)), UnixMillis(90_002_000));
    assert_eq!(
        time.at(&reading(0, 2100)),
        UnixMillis(90_002_000),
        "set back meanwhile"
    );
    time.forget();
    assert_eq!(time.at(&reading(7000, 2100)), UnixMillis(7000));
}

mod dates {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use futures::{
        FutureExt,
        executor::block_on,
        future::{LocalBoxFuture, pending, ready},
    };

    use super::*;
    use crate::{
        config::Config,
        ports::{Clock, MemoryVault, NoRandomness, Ports, Random, Request, Timer, Transport, Unreachable},
    };

    const DEVICE: UnixMillis = UnixMillis(1_000_000);
    const DATE: UnixMillis = UnixMillis(90_000_000);

    /// Answers each request with the next of its answers, at a time that stands still.
    struct World(RefCell<Vec<Response>>);

    impl Transport for World {
        fn send(&self, _: Request) -> LocalBoxFuture<'static, Result<Response, Unreachable>> {
            ready(self.0.borrow_mut().pop().ok_or(Unreachable)).boxed_local()
        }
    }

    impl Clock for World {
        fn wall(&self) -> UnixMillis {
            DEVICE
        }

        fn monotonic(&self) -> Duration {
            Duration::ZERO
        }
    }

    impl Random for World {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
            Ok(())
        }
    }

    impl Timer for World {
        fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
            pending().boxed_local()
        }
    }

    /// What the client takes for the service's time after that answer to an operation, or to a fetch of the keys.
    fn after(mut answer: Response, is_operation: bool) -> UnixMillis {
        answer.date = Some(DATE);
        let world = Rc::new(World(RefCell::new(vec![answer])));
        let ports = Ports {
            transport: world.clone(),
            clock: world.clone(),
            random: world.clone(),
            timer: world,
            vault: Rc::new(MemoryVault::default()),
        };
        let config = json!({"version": "1.4", "auth": {
            "aws_region": "us-east-1", "user_pool_id": "us-east-1_AbCdEfGhI",
            "user_pool_client_id": "1h57kf5cpq17m0eml12EXAMPLE",
        }});
        let client = Client::new(&Config::parse(&config.to_string()).unwrap(), ports);
        if is_operation {
            let access_token = "token".to_owned().into();
            let _ = block_on(client.call(&GlobalSignOut { access_token }));
        } else {
            let _ = block_on(client.jwks());
        }
        client.server_now()
    }

    #[test]
    fn only_the_services_own_answers_to_operations_tell_its_time() {
        assert_eq!(after(response(200, None, "{}"), true), DATE);
        assert_eq!(
            after(response(400, Some("NotAuthorizedException:"), "{}"), true),
            DATE
        );
        assert_eq!(
            after(response(403, None, "<html>"), true),
            DEVICE,
            "a proxy's page"
        );
        assert_eq!(
            after(response(200, None, "{}"), false),
            DEVICE,
            "what a cache may have kept"
        );
    }
}
