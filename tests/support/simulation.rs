//! Time that moves only when a test says so, and randomness that is the same in every run.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures::{
    FutureExt, channel::oneshot, executor::LocalPool, future::LocalBoxFuture, task::LocalSpawnExt,
};
use yew_cognito::ports::{Clock, NoRandomness, Random, Timer, UnixMillis};

/// A device's clocks and timers. Time is counted from the Unix epoch.
pub struct Simulation {
    now: Cell<Duration>,
    /// What the wall clock shows beyond the true time.
    wall_error_millis: Cell<i64>,
    /// How long the monotonic clock has stood still.
    slept: Cell<Duration>,
    /// Timers fire at multiples of this.
    throttle: Cell<Duration>,
    sleepers: RefCell<Vec<(Duration, oneshot::Sender<()>)>>,
}

impl Simulation {
    pub fn starting_now() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        Self {
            now: Cell::new(now),
            wall_error_millis: Cell::new(0),
            slept: Cell::new(Duration::ZERO),
            throttle: Cell::new(Duration::ZERO),
            sleepers: RefCell::default(),
        }
    }

    pub fn now(&self) -> Duration {
        self.now.get()
    }

    /// When the first of those asleep wakes.
    pub fn next_sleeper(&self) -> Option<Duration> {
        let mut sleepers = self.sleepers.borrow_mut();
        sleepers.retain(|(_, wake)| !wake.is_canceled());
        sleepers.iter().map(|(at, _)| *at).min()
    }

    pub fn advance_to(&self, to: Duration) {
        self.now.set(self.now.get().max(to));
        let mut sleepers = self.sleepers.borrow_mut();
        let (due, waiting): (Vec<_>, Vec<_>) = sleepers.drain(..).partition(|(at, _)| *at <= to);
        *sleepers = waiting;
        for (_, wake) in due {
            let _ = wake.send(());
        }
    }

    /// The device sleeps: the wall clock goes on, timers and the monotonic clock do not.
    pub fn sleep_device(&self, by: Duration) {
        self.now.set(self.now.get() + by);
        self.slept.set(self.slept.get() + by);
        for (at, _) in self.sleepers.borrow_mut().iter_mut() {
            *at += by;
        }
    }

    /// The page is in the background: its timers fire late, at multiples of `period`.
    pub fn throttle(&self, period: Duration) {
        self.throttle.set(period);
    }

    /// A future that ends after `duration`, on the dot.
    pub fn wake_after(&self, duration: Duration) -> LocalBoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        self.sleepers
            .borrow_mut()
            .push((self.now.get().saturating_add(duration), wake));
        woken.map(drop).boxed_local()
    }

    /// Lets `by` pass, waking every sleeper in its turn.
    pub fn pass(&self, executor: &mut LocalPool, by: Duration) {
        let end = self.now() + by;
        executor.run_until_stalled();
        while let Some(next) = self.next_sleeper().filter(|next| *next <= end) {
            self.advance_to(next);
            executor.run_until_stalled();
        }
        self.advance_to(end);
        executor.run_until_stalled();
    }

    /// Somebody sets the wall clock.
    pub fn set_wall_clock(&self, by_seconds: i64) {
        self.wall_error_millis
            .set(self.wall_error_millis.get() + by_seconds * 1000);
    }
}

impl Clock for Simulation {
    fn wall(&self) -> UnixMillis {
        let millis = i64::try_from(self.now.get().as_millis()).unwrap() + self.wall_error_millis.get();
        UnixMillis(u64::try_from(millis).unwrap())
    }

    fn monotonic(&self) -> Duration {
        self.now.get() - self.slept.get()
    }
}

impl Timer for Simulation {
    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'static, ()> {
        let (end, period) = (self.now.get().saturating_add(duration), self.throttle.get());
        let end = match period.is_zero() {
            true => end,
            false => period * u32::try_from(end.as_millis().div_ceil(period.as_millis())).unwrap(),
        };
        self.wake_after(end - self.now.get())
    }
}

/// A generator that is good enough for tests, and the same in each.
#[derive(Default)]
pub struct Seeded(Cell<u64>);

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in bytes {
            // SplitMix64.
            self.0.set(self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
            let mut z = self.0.get();
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = u8::try_from((z ^ (z >> 31)) & 0xff).unwrap();
        }
        Ok(())
    }
}

pub fn spawn(executor: &LocalPool, future: impl Future<Output = ()> + 'static) {
    executor.spawner().spawn_local(future).unwrap();
}
