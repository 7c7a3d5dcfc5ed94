//! Ending what the browser was asked for.

use std::cell::{Cell, RefCell};

use web_sys::{AbortController, AbortSignal};

use crate::webauthn::PasskeyProblem;

thread_local! {
    /// The page's latest request: a browser refuses a second one while the first is pending.
    static LATEST: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Ends a request when dropped, or by [`Abort::abort`]: the browser's dialog closes, and the request's future
/// resolves with [`PasskeyProblem::Aborted`]. Can be lent to one request after another.
#[derive(Default)]
pub struct Abort {
    aborted: Cell<bool>,
    current: RefCell<Option<AbortController>>,
}

impl Abort {
    /// A new one, for requests to come.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the request, and any that this is lent to later.
    pub fn abort(&self) {
        self.aborted.set(true);
        end(self.current.take());
    }

    /// Ends the page's earlier request and begins a new one.
    pub(super) fn begin(&self) -> Result<Pending, PasskeyProblem> {
        if self.aborted.get() {
            return Err(PasskeyProblem::Aborted);
        }
        let controller = AbortController::new().map_err(|_| PasskeyProblem::Unsupported)?;
        self.current.replace(Some(controller.clone()));
        end(LATEST.replace(Some(controller.clone())));
        Ok(Pending(controller))
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.abort();
    }
}

/// A request that nobody waits for any more ends as well.
pub(super) struct Pending(AbortController);

impl Pending {
    pub(super) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }

    pub(super) fn is_aborted(&self) -> bool {
        self.0.signal().aborted()
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn end(controller: Option<AbortController>) {
    if let Some(controller) = controller {
        controller.abort();
    }
}
