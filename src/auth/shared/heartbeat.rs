//! A worker that loops for ever holds its lock and says nothing: only asking tells.

use std::time::Duration;

use web_sys::VisibilityState;

use super::Shared;
use crate::worker::protocol::ToEngine;

/// The time between two questions, while anyone looks at the page or waits for an answer to something else.
const PAUSE: Duration = Duration::from_secs(5);
/// The time to answer. One answer may be missed: after sleep the time is up before the answer is heard.
const PATIENCE: Duration = Duration::from_secs(4);

impl Shared {
    /// Ends when the worker does not answer any more.
    pub(super) async fn hung(&self) {
        loop {
            self.ports.timer.sleep(PAUSE).await;
            let is_needed = is_visible() || self.calls.is_any_sent();
            if is_needed && !self.answers().await && !self.answers().await {
                return;
            }
        }
    }

    async fn answers(&self) -> bool {
        self.pong.set(false);
        self.say(&ToEngine::Ping);
        self.ports.timer.sleep(PATIENCE).await;
        self.pong.get()
    }
}

fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
