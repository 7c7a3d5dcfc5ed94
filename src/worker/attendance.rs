//! Which pages are there, and for how long there has been none.

use std::{collections::BTreeSet, time::Duration};

use crate::session::Reading;

/// However long a page says it will be away.
const LONGEST_AWAY: Duration = Duration::from_secs(15 * 60);

/// Counts the pages. Pure: time comes in as [`Reading`]s, so that a worker whose timers stood still knows as well.
#[derive(Debug, Default)]
pub(super) struct Attendance {
    present: BTreeSet<String>,
    /// When the last one left.
    empty_since: Option<Reading>,
    /// Until when one that left means to be back.
    away: Option<(Reading, Duration)>,
}

impl Attendance {
    pub fn arrived(&mut self, page: &str) {
        self.present.insert(page.to_owned());
        self.empty_since = None;
        self.away = None;
    }

    pub fn left(&mut self, page: &str, now: Reading) {
        if self.present.remove(page) && self.present.is_empty() {
            self.empty_since = Some(now);
        }
    }

    /// A page is about to leave and to come back in `time`.
    pub fn away(&mut self, now: Reading, time: Duration) {
        self.away = Some((now, time.min(LONGEST_AWAY)));
    }

    /// How long to wait yet before the session is forgotten, if `grace` is the time that it outlasts the last page.
    /// None while there is a page, or has been none at all.
    pub fn wait(&self, now: &Reading, grace: Duration) -> Option<Duration> {
        let grace = grace.saturating_sub(now.since(&self.empty_since?));
        let away = self.away.map_or(Duration::ZERO, |(from, time)| {
            time.saturating_sub(now.since(&from))
        });
        Some(grace.max(away))
    }

    /// Notes that all was forgotten.
    pub fn settle(&mut self) {
        self.empty_since = None;
        self.away = None;
    }
}
