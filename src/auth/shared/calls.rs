use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use futures::channel::oneshot;

use crate::engine::{AuthError, Command, Reply};

/// The calls of this page that have no answer yet.
#[derive(Default)]
pub(super) struct Calls {
    last: Cell<u64>,
    waiting: RefCell<BTreeMap<u64, Call>>,
}

struct Call {
    /// Until there is somebody to send it to.
    command: Option<Command>,
    answer: oneshot::Sender<Result<Reply, AuthError>>,
}

impl Call {
    fn is_sent(&self) -> bool {
        self.command.is_none()
    }
}

impl Calls {
    pub fn add(&self, command: Command) -> oneshot::Receiver<Result<Reply, AuthError>> {
        let (answer, answered) = oneshot::channel();
        self.last.set(self.last.get() + 1);
        let call = Call {
            command: Some(command),
            answer,
        };
        self.waiting.borrow_mut().insert(self.last.get(), call);
        answered
    }

    /// What is to be sent, in order.
    pub fn take_unsent(&self) -> Vec<(u64, Command)> {
        self.waiting
            .borrow_mut()
            .iter_mut()
            .filter_map(|(id, call)| Some((*id, call.command.take()?)))
            .collect()
    }

    /// Whether an answer is waited for.
    pub fn is_any_sent(&self) -> bool {
        self.waiting.borrow().values().any(Call::is_sent)
    }

    pub fn answer(&self, id: u64, result: Result<Reply, AuthError>) {
        let call = self.waiting.borrow_mut().remove(&id);
        if let Some(call) = call {
            // Whoever asked may have left.
            let _ = call.answer.send(result);
        }
    }

    /// Answers for an engine that never will.
    pub fn fail(&self) {
        let sent: Vec<u64> = {
            let waiting = self.waiting.borrow();
            let sent = waiting.iter().filter(|(_, call)| call.is_sent());
            sent.map(|(id, _)| *id).collect()
        };
        for id in sent {
            self.answer(id, Err(AuthError::EngineGone));
        }
    }
}
