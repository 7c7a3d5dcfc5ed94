use std::{cell::Cell, rc::Rc, time::Duration};

use super::{Clock, UnixMillis};

/// Both clocks, read at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The device's wall clock.
    pub wall: UnixMillis,
    /// The clock that never jumps.
    pub monotonic: Duration,
}

impl Reading {
    /// Reads `clock`.
    pub fn of(clock: &dyn Clock) -> Self {
        Self {
            wall: clock.wall(),
            monotonic: clock.monotonic(),
        }
    }

    /// The time since `earlier`, as the clock says that moved further.
    ///
    /// The monotonic clock may have stood still while the device slept; the wall clock may have been set
    /// back. A wall clock set forward makes the time seem longer, which costs a renewal and no more.
    pub fn since(&self, earlier: &Self) -> Duration {
        self.wall
            .since(earlier.wall)
            .max(self.monotonic.saturating_sub(earlier.monotonic))
    }
}

/// By how much the two clocks may part before that means something: they are read one after the other, in whole
/// milliseconds, and the network sets the wall clock right now and then.
const SLACK_MILLIS: i64 = 1000;

/// A clock whose monotonic time goes on while the device sleeps, as far as its wall clock shows that it slept.
///
/// It compares the two whenever it is read. Where the wall clock has moved further, the device slept, or somebody set
/// the clock forward: the time is counted in either case. Where it was set back, nothing is taken away, and a later
/// sleep is noticed all the same. Only a clock that is set back during a sleep hides that sleep.
pub(crate) struct SteadyClock {
    clock: Rc<dyn Clock>,
    /// What the wall clock was ahead of the monotonic one, in milliseconds, and how long the device has slept.
    seen: Cell<Option<(i64, Duration)>>,
}

impl SteadyClock {
    pub fn new(clock: Rc<dyn Clock>) -> Self {
        Self {
            clock,
            seen: Cell::new(None),
        }
    }
}

impl Clock for SteadyClock {
    fn wall(&self) -> UnixMillis {
        self.clock.wall()
    }

    fn monotonic(&self) -> Duration {
        let monotonic = self.clock.monotonic();
        let millis = i64::try_from(monotonic.as_millis()).unwrap_or(i64::MAX);
        let ahead = i64::try_from(self.clock.wall().0)
            .unwrap_or(i64::MAX)
            .saturating_sub(millis);
        let (before, slept) = self.seen.get().unwrap_or((ahead, Duration::ZERO));
        let parted = ahead.saturating_sub(before);
        let slept = match parted {
            SLACK_MILLIS.. => slept.saturating_add(Duration::from_millis(parted.unsigned_abs())),
            _ => slept,
        };
        // Small differences add up until they mean something.
        let ahead = if parted.abs() < SLACK_MILLIS {
            before
        } else {
            ahead
        };
        self.seen.set(Some((ahead, slept)));
        monotonic.saturating_add(slept)
    }
}
