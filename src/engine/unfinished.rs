//! What is kept between two steps of a person's way in: for each page its own, in memory only, and not for long.

use std::{
    cell::{RefCell, RefMut},
    rc::Rc,
    time::Duration,
};

use super::core::Engine;
use crate::{
    session::Reading,
    sign_in::SignIn,
    token::{ChallengeSession, Password},
};

/// How long it is kept.
const KEEP: Duration = Duration::from_secs(15 * 60);

/// What the person at one page has begun.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    /// Counts sign-ins: the latest one wins.
    pub attempt: u64,
    /// Nobody has asked for the latest one yet.
    pub is_quiet: bool,
    pub sign_in: Option<PendingSignIn>,
    pub sign_up: Option<PendingSignUp>,
}

impl Unfinished {
    /// Forgets everything; what is under way comes to nothing.
    pub fn give_up(&mut self) {
        self.attempt += 1;
        self.sign_in = None;
        self.sign_up = None;
    }

    fn forget_old(&mut self, now: &Reading) {
        let is_new = |since: &Reading| now.since(since) < KEEP;
        self.sign_in = self.sign_in.take().filter(|pending| is_new(&pending.since));
        self.sign_up = self.sign_up.take().filter(|pending| is_new(&pending.since));
    }
}

/// A registration that waits for its code.
#[derive(Debug)]
pub(super) struct PendingSignUp {
    pub username: String,
    /// To sign in with once it is confirmed.
    pub password: Option<Password>,
    /// The same, for app clients with the flow USER_AUTH.
    pub session: Option<ChallengeSession>,
    pub since: Reading,
}

/// A sign-in that waits for the person.
#[derive(Debug)]
pub(super) struct PendingSignIn {
    pub sign_in: SignIn,
    pub since: Reading,
}

impl Engine {
    /// The same engine for another page: what people begin there does not touch what is begun here.
    #[must_use]
    pub fn for_page(&self) -> Self {
        let unfinished = Rc::default();
        let mut pages = self.pages();
        pages.retain(|page| page.strong_count() > 0);
        pages.push(Rc::downgrade(&unfinished));
        drop(pages);
        self.with_unfinished(unfinished)
    }

    /// What was begun at this page.
    pub(super) fn unfinished(&self) -> RefMut<'_, Unfinished> {
        self.own_unfinished().borrow_mut()
    }

    /// Has every page give up what it has begun.
    pub(super) fn give_up_unfinished(&self) {
        self.each_page(|unfinished| unfinished.borrow_mut().give_up());
    }

    /// Forgets what was kept for too long, at every page.
    pub(super) fn forget_unfinished(&self) {
        let now = self.now();
        self.each_page(|unfinished| unfinished.borrow_mut().forget_old(&now));
    }

    fn each_page(&self, act: impl Fn(&RefCell<Unfinished>)) {
        for page in self.pages().iter().filter_map(std::rc::Weak::upgrade) {
            act(&page);
        }
    }

    /// Keeps what `attempt` will go on with, unless another has begun since.
    pub(super) fn keep_sign_up(
        &self,
        attempt: u64,
        username: &str,
        password: Option<Password>,
        session: Option<ChallengeSession>,
    ) {
        let pending = PendingSignUp {
            username: username.to_owned(),
            password,
            session,
            since: self.now(),
        };
        let mut unfinished = self.unfinished();
        if unfinished.attempt == attempt {
            unfinished.sign_up = Some(pending);
        }
    }

    /// Keeps on, for as long as before.
    pub(super) fn restore_sign_up(&self, attempt: u64, pending: Option<PendingSignUp>) {
        let mut unfinished = self.unfinished();
        if unfinished.attempt == attempt && unfinished.sign_up.is_none() {
            unfinished.sign_up = pending;
        }
    }

    /// Keeps a sign-in for its next answer, unless another has begun since; false then.
    pub(super) fn keep_sign_in(&self, attempt: u64, sign_in: SignIn) -> bool {
        let since = self.now();
        let mut unfinished = self.unfinished();
        let is_current = unfinished.attempt == attempt;
        if is_current {
            unfinished.sign_in = Some(PendingSignIn { sign_in, since });
        }
        is_current
    }

    pub(super) fn take_sign_up(&self, username: &str) -> Option<PendingSignUp> {
        self.forget_unfinished();
        let pending = self.unfinished().sign_up.take()?;
        (pending.username == username).then_some(pending)
    }

    pub(super) fn take_sign_in(&self) -> Option<SignIn> {
        self.forget_unfinished();
        self.unfinished().sign_in.take().map(|pending| pending.sign_in)
    }
}
