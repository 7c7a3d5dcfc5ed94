use std::rc::Weak;

use futures::{FutureExt, StreamExt, future::LocalBoxFuture};

use super::*;
use crate::{
    auth::{AuthError, Host, SessionState, SignedOutWhy},
    config::Config,
    engine::{Command, Event, Reply},
};

type Listener = dyn Fn(&Event);

/// A host whose events are made up.
#[derive(Default)]
struct FakeHost {
    snapshot: RefCell<Snapshot>,
    listeners: RefCell<Vec<Weak<Listener>>>,
}

impl FakeHost {
    fn tell(&self, event: &Event) {
        self.snapshot.borrow_mut().apply(event);
        let listeners: Vec<_> = self.listeners.borrow().iter().filter_map(Weak::upgrade).collect();
        for listener in listeners {
            listener(event);
        }
    }
}

impl Host for FakeHost {
    fn execute(&self, _command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>> {
        async { Err(AuthError::EngineGone) }.boxed_local()
    }

    fn snapshot(&self) -> Snapshot {
        self.snapshot.borrow().clone()
    }

    fn subscribe(&self, listener: Box<dyn Fn(&Event)>) -> EventSubscription {
        let listener: Rc<Listener> = Rc::from(listener);
        self.listeners.borrow_mut().push(Rc::downgrade(&listener));
        EventSubscription(Box::new(listener))
    }
}

fn engine() -> (Rc<FakeHost>, EngineHandle) {
    let config = r#"{"version": "1", "auth": {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_AbCdEf123",
        "user_pool_client_id": "1example23456789abcdefghij"}}"#;
    let host = Rc::new(FakeHost::default());
    let engine = EngineHandle::new(host.clone(), Rc::new(Config::parse(config).unwrap()));
    (host, engine)
}

#[test]
fn a_listener_hears_what_happens_until_its_subscription_is_dropped() {
    let (host, engine) = engine();
    host.tell(&Event::Online(false));
    let heard: Rc<RefCell<Vec<AuthEvent>>> = Rc::default();
    let subscription = {
        let heard = heard.clone();
        engine.on_event(move |event| heard.borrow_mut().push(*event))
    };
    host.tell(&Event::Online(false));
    host.tell(&Event::Online(true));
    host.tell(&Event::Session(SessionState::SignedOut {
        why: SignedOutWhy::NeverSignedIn,
    }));
    assert_eq!(*heard.borrow(), [AuthEvent::Online]);
    drop(subscription);
    host.tell(&Event::Online(false));
    assert_eq!(*heard.borrow(), [AuthEvent::Online]);
}

#[test]
fn what_a_listener_causes_comes_after_what_it_has_not_heard() {
    let (host, engine) = engine();
    let heard: Rc<RefCell<Vec<AuthEvent>>> = Rc::default();
    let _subscription = {
        let (heard, host) = (heard.clone(), host.clone());
        engine.on_event(move |event| {
            if *event == AuthEvent::Offline {
                host.tell(&Event::Online(true));
            }
            heard.borrow_mut().push(*event);
        })
    };
    host.tell(&Event::Online(false));
    assert_eq!(*heard.borrow(), [AuthEvent::Offline, AuthEvent::Online]);
}

#[test]
fn a_stream_keeps_what_nobody_has_taken_and_begins_with_its_making() {
    let (host, engine) = engine();
    host.tell(&Event::Online(false));
    let mut events = engine.events();
    assert_eq!(events.next().now_or_never(), None);
    host.tell(&Event::Online(true));
    host.tell(&Event::Online(false));
    let told = (events.next().now_or_never(), events.next().now_or_never());
    assert_eq!(
        told,
        (Some(Some(AuthEvent::Online)), Some(Some(AuthEvent::Offline)))
    );
}

#[test]
fn what_happened_before_a_component_could_subscribe_is_told_first() {
    let (host, engine) = engine();
    let rendered = engine.snapshot();
    host.tell(&Event::Online(false));
    let heard: Rc<RefCell<Vec<AuthEvent>>> = Rc::default();
    let _subscription = {
        let heard = heard.clone();
        engine.on_event_since(rendered, move |event| heard.borrow_mut().push(*event))
    };
    host.tell(&Event::Online(true));
    assert_eq!(*heard.borrow(), [AuthEvent::Offline, AuthEvent::Online]);
}
