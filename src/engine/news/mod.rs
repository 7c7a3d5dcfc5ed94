//! What happened, for apps to act upon: told from the state before and after, so that every page that sees the same
//! state sees the same news.

#[cfg(test)]
mod tests;

use std::time::Duration;

use super::{Ending, Renewal, Service, SessionState, SignedIn, SignedOutWhy, Snapshot};
use crate::ports::UnixMillis;

/// Times closer than this are the same: each telling of one reads the clocks anew.
const SAME: Duration = Duration::from_secs(1);

/// Something that happened.
///
/// Of somebody signed in: first [`SignedIn`](Self::SignedIn) or [`Restored`](Self::Restored), last
/// [`SignedOut`](Self::SignedOut), in between all others but those of the network and the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthEvent {
    /// The page found a session in use, as after a reload or in a second tab.
    Restored,
    /// Somebody signed in, here or in another tab. If another person's session was in use, it was
    /// [`SignedOut`](Self::SignedOut) first.
    SignedIn,
    /// The session is over: also one that could not be renewed any more ([`SignedOutWhy::SessionEnded`]).
    SignedOut(SignedOutWhy),
    /// The tokens are new, and the claims may be: after a renewal or a step-up.
    Refreshed,
    /// The tokens could not be renewed, and the session goes on.
    RefreshFailed {
        /// When the next attempt follows, on the device's wall clock.
        retry_at: UnixMillis,
    },
    /// The session is about to end.
    ExpiringSoon(Ending),
    /// It is not, any more: somebody stayed.
    Kept,
    /// The device is on a network again.
    Online,
    /// The device is on no network.
    Offline,
    /// Nothing speaks against the user pool any more.
    ServiceReachable,
    /// The user pool does not answer, or what answers knows no such pool.
    ServiceUnreachable,
}

/// What happened between two states, in order.
#[must_use]
pub fn news(before: &Snapshot, after: &Snapshot) -> Vec<AuthEvent> {
    let mut news = Vec::new();
    match (before.online, after.online) {
        (false, true) => news.push(AuthEvent::Online),
        (true, false) => news.push(AuthEvent::Offline),
        _ => {}
    }
    match (answers(before.service), answers(after.service)) {
        (false, true) => news.push(AuthEvent::ServiceReachable),
        (true, false) => news.push(AuthEvent::ServiceUnreachable),
        _ => {}
    }
    of_session(&before.session, &after.session, &mut news);
    news
}

/// What is not known yet is not doubted.
fn answers(service: Service) -> bool {
    match service {
        Service::Unknown | Service::Reachable => true,
        Service::Unreachable | Service::NoSuchPool => false,
    }
}

fn of_session(before: &SessionState, after: &SessionState, news: &mut Vec<AuthEvent>) {
    use SessionState as S;
    match (before, after) {
        (S::SignedIn(before), S::SignedIn(after)) if before.claims.sub == after.claims.sub => {
            of_tokens(Some(before), after, news);
        }
        (S::SignedIn(_), S::SignedIn(after)) => {
            news.extend([AuthEvent::SignedOut(SignedOutWhy::SignedOut), AuthEvent::SignedIn]);
            of_tokens(None, after, news);
        }
        (S::SignedIn(_), S::SignedOut { why }) => news.push(AuthEvent::SignedOut(*why)),
        // Whoever knew of a session and knows nothing now has lost who told of it.
        (S::SignedIn(_), S::Checking) => news.push(AuthEvent::SignedOut(SignedOutWhy::EngineLost)),
        (S::Checking, S::SignedIn(after)) => {
            news.push(AuthEvent::Restored);
            of_tokens(None, after, news);
        }
        (S::SignedOut { .. }, S::SignedIn(after)) => {
            news.push(AuthEvent::SignedIn);
            of_tokens(None, after, news);
        }
        // That nobody is signed in is not news to a page where nobody was.
        (S::Checking | S::SignedOut { .. }, S::Checking | S::SignedOut { .. }) => {}
    }
}

/// What happened in a session, or what is the matter with one that has just begun.
fn of_tokens(before: Option<&SignedIn>, after: &SignedIn, news: &mut Vec<AuthEvent>) {
    if before.is_some_and(|before| before.claims != after.claims) {
        news.push(AuthEvent::Refreshed);
    }
    if let Renewal::RetryAt(retry_at) = after.renewal {
        match before.map(|before| before.renewal) {
            Some(Renewal::RetryAt(before)) if is_same(before, retry_at) => {}
            _ => news.push(AuthEvent::RefreshFailed { retry_at }),
        }
    }
    match (before.and_then(|before| before.ending), after.ending) {
        (Some(before), Some(after)) if before.why == after.why && is_same(before.at, after.at) => {}
        (_, Some(ending)) => news.push(AuthEvent::ExpiringSoon(ending)),
        (Some(_), None) => news.push(AuthEvent::Kept),
        (None, None) => {}
    }
}

fn is_same(one: UnixMillis, other: UnixMillis) -> bool {
    one.since(other).max(other.since(one)) < SAME
}
