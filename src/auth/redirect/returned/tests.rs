use std::{cell::RefCell, rc::Rc};

use futures::{FutureExt, executor::block_on, future::LocalBoxFuture};

use super::{super::storage::Kept, *};
use crate::{
    auth::{EventSubscription, Host},
    config::Config,
    engine::{Command, Event, Reply, SignedOutWhy, Snapshot, Step},
    oauth::{AuthorizationResponse, Transaction, Via},
    ports::UnixMillis,
};

/// An engine that answers once, for somebody signed in or nobody.
struct Answering {
    answer: RefCell<Option<Result<Reply, AuthError>>>,
    session: SessionState,
}

impl Host for Answering {
    fn execute(&self, command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>> {
        assert!(matches!(command, Command::FinishAuthorization { .. }));
        let answer = self.answer.take().expect("it is asked once");
        async move { answer }.boxed_local()
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            session: self.session.clone(),
            ..Snapshot::default()
        }
    }

    fn subscribe(&self, _listener: Box<dyn Fn(&Event)>) -> EventSubscription {
        EventSubscription(Box::new(()))
    }
}

fn engine(answer: Option<Result<(), AuthError>>, is_signed_in: bool) -> EngineHandle {
    let config = r#"{"version": "1", "auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_AbCdEf123",
        "user_pool_client_id": "1example23456789abcdefghij"}}"#;
    let session = match is_signed_in {
        true => SessionState::SignedIn(Box::new(crate::auth::testing::signed_in("somebody"))),
        false => SessionState::SignedOut {
            why: SignedOutWhy::NeverSignedIn,
        },
    };
    let answer = answer.map(|answer| answer.map(|()| Reply::Step(Step::SignedIn)));
    let host = Answering {
        answer: RefCell::new(answer),
        session,
    };
    EngineHandle::new(Rc::new(host), Rc::new(Config::parse(config).unwrap()))
}

fn kept() -> Kept {
    Kept {
        transaction: Transaction {
            state: "yc.state".to_owned().into(),
            nonce: "nonce".to_owned().into(),
            verifier: "verifier".to_owned().into(),
            redirect_uri: "https://app.example/callback".to_owned(),
            begun: UnixMillis(0),
            reauthenticates: false,
        },
        via: Via::Provider("Google".to_owned()),
        acr_values: vec!["urn:cognito:loa:2".to_owned()],
        max_age: Some(std::time::Duration::from_secs(60)),
        custom_state: Some("summer".to_owned()),
        return_to: Some("/orders/7".to_owned()),
        is_look: false,
    }
}

fn finished(engine: &EngineHandle, kept: Option<Kept>) -> Return {
    let response = AuthorizationResponse::read("code=1&state=yc.state").unwrap();
    block_on(finish(engine, Answer { response, kept }))
}

#[test]
fn who_has_signed_in_goes_on_with_what_they_took_along() {
    assert_eq!(
        finished(&engine(Some(Ok(())), false), Some(kept())),
        Return::Done {
            return_to: Some("/orders/7".to_owned()),
            custom_state: Some("summer".to_owned()),
        }
    );
}

#[test]
fn another_try_is_the_same_once_more() {
    let refused = engine(Some(Err(AuthError::ConsentDenied)), false);
    let Return::Failed(Failed { error, again }) = finished(&refused, Some(kept())) else {
        panic!("it has not failed");
    };
    assert_eq!(error, AuthError::ConsentDenied);
    assert_eq!(
        again,
        Some(RedirectSignIn {
            acr_values: vec!["urn:cognito:loa:2".to_owned()],
            max_age: Some(std::time::Duration::from_secs(60)),
            custom_state: Some("summer".to_owned()),
            return_to: Some("/orders/7".to_owned()),
            ..RedirectSignIn::via(Via::Provider("Google".to_owned()))
        })
    );
}

#[test]
fn a_look_that_finds_nobody_leads_on_without_a_word() {
    let look = Kept {
        is_look: true,
        ..kept()
    };
    for error in [AuthError::LoginRequired, AuthError::Unreachable] {
        let state = finished(&engine(Some(Err(error)), false), Some(copy(&look)));
        assert_eq!(
            state,
            Return::Done {
                return_to: Some("/orders/7".to_owned()),
                custom_state: None,
            }
        );
    }
}

/// As it comes out of sessionStorage.
fn copy(look: &Kept) -> Kept {
    serde_json::from_str(&serde_json::to_string(look).unwrap()).unwrap()
}

#[test]
fn an_answer_that_nothing_waits_for_is_nothing_to_somebody_signed_in() {
    let done = Return::Done {
        return_to: None,
        custom_state: None,
    };
    assert_eq!(finished(&engine(None, true), None), done);
    assert!(matches!(
        finished(&engine(None, false), None),
        Return::Failed(Failed {
            error: AuthError::UnknownCallback,
            again: None
        })
    ));
}

#[test]
fn who_was_overtaken_by_a_sign_in_is_signed_in_already() {
    let overtaken = Some(Err(AuthError::Superseded));
    assert!(matches!(
        finished(&engine(overtaken, true), Some(kept())),
        Return::Failed(Failed {
            error: AuthError::AlreadySignedIn,
            again: None
        })
    ));
}
