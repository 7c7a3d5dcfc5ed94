use std::cell::Cell;

use crate::ports::{Reading, UnixMillis};

/// The service's time, by the `Date` of its last answer and what has passed since.
///
/// It is right to the second and the time that the answer took on its way.
#[derive(Default)]
pub(super) struct ServerTime(Cell<Option<(UnixMillis, Reading)>>);

impl ServerTime {
    /// Notes the date of an answer, received at `received`.
    pub fn note(&self, date: UnixMillis, received: Reading) {
        self.0.set(Some((date, received)));
    }

    /// Forgets what was noted.
    pub fn forget(&self) {
        self.0.set(None);
    }

    /// The time at `now`; by the device's clock if the service's is not known.
    pub fn at(&self, now: &Reading) -> UnixMillis {
        match self.0.get() {
            Some((date, received)) => date.plus(now.since(&received)),
            None => now.wall,
        }
    }
}
