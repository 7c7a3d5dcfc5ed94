//! What happened, as it happens: [`AuthEvent`]s for apps.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures::{
    Stream,
    channel::mpsc::{UnboundedReceiver, unbounded},
};
use yew::prelude::*;

use super::{EngineHandle, EventSubscription, Snapshot, use_auth};
use crate::engine::{AuthEvent, news};

impl EngineHandle {
    /// Calls `listener` with everything that happens from now on, until the subscription is dropped. Each tab of the
    /// site is told the same.
    pub fn on_event(&self, listener: impl Fn(&AuthEvent) + 'static) -> EventSubscription {
        self.on_event_since(self.snapshot(), listener)
    }

    /// The same as a stream. It keeps what nobody has taken yet.
    pub fn events(&self) -> AuthEvents {
        let (sender, receiver) = unbounded();
        let subscription = self.on_event(move |event| {
            // The receiver goes together with the subscription.
            let _ = sender.unbounded_send(*event);
        });
        AuthEvents {
            receiver,
            _subscription: subscription,
        }
    }

    /// Begins with what has happened since `known`.
    fn on_event_since(&self, known: Snapshot, listener: impl Fn(&AuthEvent) + 'static) -> EventSubscription {
        let teller = Rc::new(Teller {
            known: RefCell::new(known),
            untold: RefCell::default(),
            is_telling: Cell::new(false),
            listener,
        });
        let subscription = {
            let teller = teller.clone();
            self.subscribe(move |event| {
                let mut now = teller.known.borrow().clone();
                now.apply(event);
                teller.learn(now);
            })
        };
        teller.learn(self.snapshot());
        subscription
    }
}

struct Teller<F> {
    known: RefCell<Snapshot>,
    untold: RefCell<VecDeque<AuthEvent>>,
    is_telling: Cell<bool>,
    listener: F,
}

impl<F: Fn(&AuthEvent)> Teller<F> {
    fn learn(&self, now: Snapshot) {
        let before = self.known.replace(now);
        let told = news(&before, &self.known.borrow());
        self.untold.borrow_mut().extend(told);
        // A listener may cause further events: those come after all that it has not heard yet.
        if self.is_telling.replace(true) {
            return;
        }
        loop {
            let Some(event) = self.untold.borrow_mut().pop_front() else {
                break;
            };
            (self.listener)(&event);
        }
        self.is_telling.set(false);
    }
}

/// What happens, from [`EngineHandle::events`].
pub struct AuthEvents {
    receiver: UnboundedReceiver<AuthEvent>,
    _subscription: EventSubscription,
}

impl Stream for AuthEvents {
    type Item = AuthEvent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<AuthEvent>> {
        Pin::new(&mut self.receiver).poll_next(context)
    }
}

/// Calls `listener`, as it was at the latest render, with everything that happens from the component's first render
/// until it goes.
///
/// # Panics
/// As [`use_auth`].
#[hook]
pub fn use_auth_events(listener: Callback<AuthEvent>) {
    let auth = use_auth();
    let engine = auth.handle();
    let known = use_mut_ref(|| Some(engine.snapshot()));
    let latest = use_mut_ref(|| listener.clone());
    latest.replace(listener);
    use_effect_with(engine, move |engine| {
        let known = known.take().unwrap_or_else(|| engine.snapshot());
        let subscription = engine.on_event_since(known, move |event| {
            let listener = latest.borrow().clone();
            listener.emit(*event);
        });
        move || drop(subscription)
    });
}

#[cfg(test)]
mod tests;
