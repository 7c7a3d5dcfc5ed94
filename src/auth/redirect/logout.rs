//! The end of the session that the browser has at the hosted pages.

use std::cell::{Cell, RefCell};

use yew::Callback;

use super::place;
use crate::{
    auth::EngineHandle,
    engine::{AuthError, SessionState},
    oauth::{for_page, logout_url},
};

impl EngineHandle {
    /// Where the browser has to go so that the session in use ends at the hosted pages as well, if it came through
    /// them and a `redirect_sign_out_uri` leads back to this app.
    pub(in crate::auth) fn hosted_logout(&self) -> Option<String> {
        let SessionState::SignedIn(session) = self.snapshot().session else {
            return None;
        };
        let config = self.config();
        let oauth = config.oauth.as_ref().filter(|_| session.hosted)?;
        let logout_uri = for_page(&oauth.redirect_sign_out, &place::base()?)?;
        Some(logout_url(oauth, &config.client_id, logout_uri))
    }

    /// Signs out here by `work`, and then at the hosted pages, `logout`.
    ///
    /// People see neither what they have left nor a sign-in page that is about to go.
    pub(in crate::auth) async fn sign_out_there_too(
        &self,
        logout: &str,
        work: impl Future<Output = Result<(), AuthError>>,
    ) -> Result<(), AuthError> {
        let _leaving = self.leaving().begin();
        let told = work.await;
        // A pool that does not answer shows no page either. What it refuses is no reason to stay signed in there.
        if told.as_ref().err().is_none_or(|error| !error.is_retryable()) {
            // Where it cannot leave, the person is signed out here all the same.
            let _ = place::leave_for(logout, false).await;
        }
        told
    }
}

/// Whether the page is about to leave, as far as its components are concerned.
#[derive(Default)]
pub(in crate::auth) struct Leaving {
    is_leaving: Cell<bool>,
    listener: RefCell<Callback<bool>>,
}

/// It lasts as long as this.
struct Begun<'a>(&'a Leaving);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Leaving {
    fn begin(&self) -> Begun<'_> {
        self.set(true);
        Begun(self)
    }

    fn set(&self, is_leaving: bool) {
        self.is_leaving.set(is_leaving);
        let listener = self.listener.borrow().clone();
        listener.emit(is_leaving);
    }

    pub fn get(&self) -> bool {
        self.is_leaving.get()
    }

    /// Tells `listener`, in place of the one before, of every change.
    pub fn listen(&self, listener: Callback<bool>) {
        self.listener.replace(listener);
    }
}
