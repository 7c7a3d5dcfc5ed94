use super::{SignedOutWhy, core::Engine};

impl Engine {
    /// This page is gone, and what was begun at it with it.
    pub fn leave(&self) {
        self.unfinished().give_up();
    }

    /// Forgets everything, since no page has been open for some time; where the configuration says so, [`Self::run`]
    /// revokes the session.
    pub fn close(&self) {
        self.give_up_unfinished();
        {
            let mut state = self.state();
            state.client_metadata = Default::default();
            // A guest has no session to end, and whoever comes next is another.
            state.epoch += 1;
            state.forget_credentials();
        }
        let is_signed_in = self.state().session.is_some();
        let session = is_signed_in
            .then(|| self.end(SignedOutWhy::PagesClosed))
            .flatten();
        if self.config().session.revoke_when_closed {
            self.owe(session.map(|session| session.refresh_token));
        }
    }
}
