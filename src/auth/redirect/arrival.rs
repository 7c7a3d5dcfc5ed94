use std::{cell::RefCell, rc::Rc};

use super::{
    place,
    storage::{self, Kept},
};
use crate::oauth::AuthorizationResponse;

/// The answer that the page was opened with, on the way back from an identity provider. Cheap to clone; it can be used
/// once.
#[derive(Debug, Clone)]
pub struct Arrival(Rc<RefCell<Option<Answer>>>);

impl PartialEq for Arrival {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What came back, and what waited for it.
#[derive(Debug)]
pub(super) struct Answer {
    pub response: AuthorizationResponse,
    pub kept: Option<Kept>,
}

impl Arrival {
    /// Takes the answer out of the address bar, and what waited for it out of sessionStorage. None if the page was
    /// opened without an answer of ours.
    ///
    /// Call it at the top of `main`, before anything is fetched.
    pub fn take() -> Option<Self> {
        let Some(response) = AuthorizationResponse::read(&place::query()?) else {
            // Whoever comes back to this tab without an answer has turned back.
            storage::forget();
            return None;
        };
        let kept = storage::peek();
        // An app may have other callbacks of its own.
        let is_ours = response.state.as_ref().is_some_and(|state| state.is_ours());
        let is_awaited = kept.as_ref().is_some_and(|kept| {
            place::here().is_some_and(|here| leads_to(&kept.transaction.redirect_uri, &here))
        });
        if !is_ours && !is_awaited {
            return None;
        }
        storage::forget();
        place::clear_address();
        Some(Self(Rc::new(RefCell::new(Some(Answer { response, kept })))))
    }

    pub(super) fn answer(&self) -> Option<Answer> {
        self.0.borrow_mut().take()
    }
}

fn leads_to(redirect_uri: &str, here: &str) -> bool {
    redirect_uri.split('?').next() == Some(here)
}
