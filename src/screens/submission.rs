//! What all forms do with what is submitted: once at a time, saying so, and telling what went wrong where.

use std::{cell::Cell, future::Future, rc::Rc};

use yew::{platform::spawn_local, prelude::*};

use crate::{
    auth::{
        AuthError, use_auth,
        words::{self, Input},
    },
    ui::{AlertKind, FieldState, alert},
};

#[derive(Clone, Default, PartialEq)]
struct Status {
    busy: bool,
    alert: Option<AttrValue>,
    failures: u32,
}

#[derive(Default)]
struct Shared {
    in_flight: Cell<bool>,
    left: Cell<bool>,
    failures: Cell<u32>,
}

/// A form's submission: see [`use_submission`].
#[derive(Clone)]
pub(super) struct Submission {
    status: UseStateHandle<Status>,
    shared: Rc<Shared>,
}

impl Submission {
    /// Whether one is under way.
    pub fn busy(&self) -> bool {
        self.status.busy
    }

    /// How many have failed: for [`Form`](crate::ui::Form), which moves the focus each time.
    pub fn failures(&self) -> u32 {
        self.status.failures
    }

    /// What went wrong, unless it is shown beside a field.
    pub fn alert(&self) -> Html {
        match &self.status.alert {
            Some(words) => alert(AlertKind::Error, words.clone()),
            None => Html::default(),
        }
    }

    /// A field says what is wrong with it: nothing is submitted.
    pub fn refuse(&self) {
        self.fail(None);
    }

    /// Carries out `work`, unless one is under way. Its error is shown beside the field of `fields` it is about if
    /// that is on the screen, else at the top of the form. `done` gets what it brought, if the person is still here, and returns whether
    /// to stay busy because they are about to leave.
    pub fn start<T>(
        &self,
        fields: Vec<(Input, FieldState)>,
        work: impl Future<Output = Result<T, AuthError>> + 'static,
        done: impl FnOnce(T) -> bool + 'static,
    ) {
        if self.busy() || self.shared.in_flight.replace(true) {
            return;
        }
        self.settle(true, None);
        let this = self.clone();
        spawn_local(async move {
            let result = work.await;
            this.shared.in_flight.set(false);
            if this.shared.left.get() {
                return;
            }
            match result {
                Ok(value) => {
                    let leaving = done(value);
                    this.settle(leaving, None);
                }
                Err(error) => this.show(&error, &fields),
            }
        });
    }

    fn show(&self, error: &AuthError, fields: &[(Input, FieldState)]) {
        let words = AttrValue::from(words::message(error));
        let about = words::field(error);
        let field = fields
            .iter()
            .find(|(input, field)| Some(*input) == about && field.is_in_document());
        match field {
            Some((_, field)) => {
                field.set_error(Some(words));
                self.fail(None);
            }
            None => self.fail(Some(words)),
        }
    }

    fn fail(&self, alert: Option<AttrValue>) {
        self.shared
            .failures
            .set(self.shared.failures.get().wrapping_add(1));
        self.settle(false, alert);
    }

    fn settle(&self, busy: bool, alert: Option<AttrValue>) {
        self.status.set(Status {
            busy,
            alert,
            failures: self.shared.failures.get(),
        });
    }
}

/// The state of a form's submission.
#[hook]
pub(super) fn use_submission() -> Submission {
    let status = use_state_eq(Status::default);
    let shared = use_memo((), |()| Shared::default());
    {
        let shared = shared.clone();
        use_effect_with((), move |()| move || shared.left.set(true));
    }
    Submission { status, shared }
}

/// The state of a submission that may end in a session. Leaving the screen meanwhile gives that up: nobody is pulled
/// out of what they have gone on to.
#[hook]
pub(super) fn use_sign_in_submission() -> Submission {
    let submission = use_submission();
    let engine = use_auth().handle();
    {
        let shared = submission.shared.clone();
        use_effect_with((), move |()| {
            move || {
                if shared.in_flight.get() {
                    spawn_local(async move { engine.cancel_sign_in().await });
                }
            }
        });
    }
    submission
}
