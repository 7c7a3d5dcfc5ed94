use std::{cell::Cell, rc::Rc, time::Duration};

use futures::executor::block_on;
use zeroize::Zeroizing;

use super::{Clock, MemoryVault, SteadyClock, UnixMillis, Vault};

fn save(vault: &MemoryVault, name: &str, value: &str) {
    block_on(vault.save(name, Zeroizing::new(value.to_owned()))).unwrap();
}

fn load(vault: &MemoryVault, name: &str) -> Option<String> {
    block_on(vault.load(name)).map(|value| value.as_str().to_owned())
}

#[test]
fn each_name_has_the_value_last_saved() {
    let vault = MemoryVault::default();
    assert_eq!(load(&vault, "ada"), None);
    save(&vault, "ada", "one");
    save(&vault, "grace", "two");
    save(&vault, "ada", "three");
    assert_eq!(load(&vault, "ada").as_deref(), Some("three"));
    assert_eq!(load(&vault, "grace").as_deref(), Some("two"));
}

#[test]
fn what_is_removed_is_gone_and_nothing_else_is() {
    let vault = MemoryVault::default();
    save(&vault, "ada", "one");
    save(&vault, "grace", "two");
    block_on(vault.remove("ada"));
    block_on(vault.remove("nobody"));
    assert_eq!(load(&vault, "ada"), None);
    assert_eq!(load(&vault, "grace").as_deref(), Some("two"));
}

#[test]
fn debug_output_shows_neither_names_nor_values() {
    let vault = MemoryVault::default();
    save(&vault, "ada", "one");
    assert_eq!(format!("{vault:?}"), "MemoryVault([redacted])");
}

/// Clocks that a test sets.
#[derive(Default)]
struct Hands {
    wall: Cell<u64>,
    monotonic: Cell<u64>,
}

impl Clock for Hands {
    fn wall(&self) -> UnixMillis {
        UnixMillis(self.wall.get())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.monotonic.get())
    }
}

/// What a steady clock counts while the clocks go to these places one after the other.
fn steady(places: &[(u64, u64)]) -> u64 {
    let hands = Rc::new(Hands::default());
    let clock = SteadyClock::new(hands.clone());
    let mut read = Vec::new();
    for (wall, monotonic) in places {
        hands.wall.set(*wall);
        hands.monotonic.set(*monotonic);
        read.push(clock.monotonic());
    }
    let counted = *read.last().unwrap() - *read.first().unwrap();
    u64::try_from(counted.as_millis()).unwrap()
}

const DAY: u64 = 24 * 3600 * 1000;

#[test]
fn a_steady_clock_counts_sleep_whatever_was_done_to_the_wall_clock_before() {
    assert_eq!(steady(&[(DAY, 0), (DAY + 5000, 5000)]), 5000);
    assert_eq!(steady(&[(DAY, 0), (DAY + 9000, 1000)]), 9000, "slept");
    assert_eq!(steady(&[(DAY, 0), (1000, 1000)]), 1000, "set back");
    assert_eq!(
        steady(&[(DAY, 0), (1000, 1000), (9000, 1000)]),
        9000,
        "set back, then slept"
    );
    assert_eq!(
        steady(&[(0, 0), (DAY, 1000), (1000, 2000)]),
        DAY + 1000,
        "set forward and back"
    );
}

#[test]
fn a_steady_clock_adds_up_what_is_small() {
    // A wall clock that is now a little ahead, now right.
    let trembles: Vec<_> = (0..1000).map(|at| (at * 10 + at % 3, at * 10)).collect();
    assert_eq!(steady(&trembles), 9990);
    // One that gains half a second in each.
    let gains: Vec<_> = (0..=100).map(|at| (at * 1500, at * 1000)).collect();
    assert_eq!(steady(&gains), 150_000);
}
