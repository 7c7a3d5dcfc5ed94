use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use super::{Event, Snapshot};

type Listener = dyn Fn(&Event);

/// Tells events to whoever listens, and knows what they add up to.
#[derive(Default)]
pub(crate) struct Broadcast {
    snapshot: RefCell<Snapshot>,
    listeners: RefCell<Vec<Weak<Listener>>>,
}

/// Events go to the listener until this is dropped.
pub struct Subscription {
    _listener: Rc<Listener>,
}

impl Broadcast {
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.borrow().clone()
    }

    pub fn subscribe(&self, listener: impl Fn(&Event) + 'static) -> Subscription {
        let listener: Rc<Listener> = Rc::new(listener);
        self.listeners.borrow_mut().push(Rc::downgrade(&listener));
        Subscription { _listener: listener }
    }

    /// Tells all listeners, if `event` is news.
    pub fn tell(&self, event: &Event) {
        if !self.snapshot.borrow_mut().apply(event) {
            return;
        }
        self.listeners
            .borrow_mut()
            .retain(|listener| listener.strong_count() > 0);
        // A listener may subscribe another, or tell something itself: hold no borrow while it runs.
        let listeners: Vec<_> = self.listeners.borrow().iter().filter_map(Weak::upgrade).collect();
        for listener in listeners {
            listener(event);
        }
    }
}
