//! The limits of a session.

use super::*;
use crate::config::SessionLimits;

const MINUTE: u64 = 60;

fn limits(idle: Option<u64>, lifetime: Option<u64>, warning: u64) -> SessionLimits {
    SessionLimits {
        idle: idle.map(Duration::from_secs),
        lifetime: lifetime.map(Duration::from_secs),
        idle_warning: Duration::from_secs(warning),
        ..SessionLimits::default()
    }
}

fn after(seconds: u64) -> Reading {
    reading(IAT + seconds, seconds)
}

fn fine(seconds: u64) -> Standing {
    Standing::Fine {
        look_in: Duration::from_secs(seconds),
    }
}

fn ending(at: u64, limit: Limit, seconds: u64) -> Standing {
    Standing::Ending {
        at: UnixMillis((IAT + at) * 1000),
        limit,
        look_in: Duration::from_secs(seconds),
    }
}

#[test]
fn idle_is_warned_of_and_then_over_until_somebody_touches_it() {
    let limits = limits(Some(10 * MINUTE), None, MINUTE);
    let mut usage = Usage::starting(after(0));
    assert_eq!(usage.standing(&limits, &after(0)), fine(540));
    assert_eq!(usage.standing(&limits, &after(539)), fine(1));
    assert_eq!(usage.standing(&limits, &after(540)), ending(600, Limit::Idle, 60));
    assert_eq!(usage.standing(&limits, &after(599)), ending(600, Limit::Idle, 1));
    assert_eq!(usage.standing(&limits, &after(600)), Standing::Over(Limit::Idle));
    usage.touch(after(599));
    assert_eq!(usage.standing(&limits, &after(600)), fine(539));
}

#[test]
fn nothing_lengthens_a_lifetime() {
    let limits = limits(Some(10 * MINUTE), Some(HOUR), MINUTE);
    let mut usage = Usage::starting(after(0));
    for minute in 1..=58 {
        usage.touch(after(minute * MINUTE));
    }
    assert_eq!(usage.standing(&limits, &after(58 * MINUTE)), fine(60));
    assert_eq!(
        usage.standing(&limits, &after(HOUR - 60)),
        ending(HOUR, Limit::Lifetime, 60)
    );
    usage.touch(after(HOUR - 1));
    assert_eq!(
        usage.standing(&limits, &after(HOUR)),
        Standing::Over(Limit::Lifetime)
    );
}

#[test]
fn the_first_to_come_is_told() {
    let limits = limits(Some(90), Some(120), 60);
    let mut usage = Usage::starting(after(0));
    assert_eq!(usage.standing(&limits, &after(70)), ending(90, Limit::Idle, 20));
    usage.touch(after(70));
    assert_eq!(
        usage.standing(&limits, &after(70)),
        ending(120, Limit::Lifetime, 50)
    );
}

#[test]
fn without_limits_nothing_ends() {
    let (none, usage) = (limits(None, None, MINUTE), Usage::starting(after(0)));
    assert!(matches!(
        usage.standing(&none, &after(u32::MAX.into())),
        Standing::Fine { .. }
    ));
}

#[test]
fn sleep_counts_and_a_clock_set_back_does_not() {
    let limits = limits(Some(10 * MINUTE), None, MINUTE);
    let usage = Usage::starting(after(0));
    let slept = reading(IAT + HOUR, 1);
    assert_eq!(usage.standing(&limits, &slept), Standing::Over(Limit::Idle));
    let set_back = |seconds| reading(IAT - 24 * HOUR + seconds, seconds);
    assert_eq!(usage.standing(&limits, &set_back(0)), fine(540));
    assert_eq!(
        usage.standing(&limits, &set_back(600)),
        Standing::Over(Limit::Idle)
    );
}

fn any_reading() -> impl Strategy<Value = Reading> {
    (any::<u64>(), any::<u64>()).prop_map(|(wall, millis)| Reading {
        wall: UnixMillis(wall),
        monotonic: Duration::from_millis(millis),
    })
}

fn any_limit() -> impl Strategy<Value = Option<u64>> {
    proptest::option::of(1u64..100_000)
}

proptest! {
    #[test]
    fn looking_when_told_to_misses_neither_the_warning_nor_the_end(
        idle in any_limit(), lifetime in any_limit(), warning in 0u64..1000, touched in 0u64..100_000,
    ) {
        let limits = limits(idle, lifetime, warning);
        let mut usage = Usage::starting(after(0));
        usage.touch(after(touched));
        let idle_ends = idle.map(|idle| touched + idle);
        let ends = idle_ends.into_iter().chain(lifetime).min();
        // A session touched after its lifetime is none.
        prop_assume!(ends.is_none_or(|end| end > touched));
        let mut now = touched;
        let mut warned = None;
        for _ in 0..10 {
            match usage.standing(&limits, &after(now)) {
                Standing::Fine { look_in } => {
                    prop_assert!(!look_in.is_zero());
                    if ends.is_none() {
                        return Ok(());
                    }
                    now += look_in.as_secs();
                }
                Standing::Ending { at, look_in, .. } => {
                    prop_assert!(!look_in.is_zero());
                    prop_assert_eq!(Some(at.0 / 1000 - IAT), ends);
                    warned.get_or_insert(now);
                    now += look_in.as_secs();
                }
                Standing::Over(limit) => {
                    prop_assert_eq!(Some(now), ends);
                    let by_lifetime = lifetime == ends;
                    prop_assert_eq!(limit == Limit::Lifetime, by_lifetime);
                    let due = now.saturating_sub(warning).max(touched);
                    prop_assert_eq!(warned, (warning > 0).then_some(due));
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "it never ends");
    }

    #[test]
    fn what_is_over_stays_over(
        idle in any_limit(), lifetime in any_limit(), began in any_reading(), now in any_reading(), later in any::<u32>(),
    ) {
        let limits = limits(idle, lifetime, 60);
        let usage = Usage::starting(began);
        let later = Duration::from_secs(later.into());
        let then = Reading { wall: now.wall.plus(later), monotonic: now.monotonic.saturating_add(later) };
        if matches!(usage.standing(&limits, &now), Standing::Over(_)) {
            prop_assert!(matches!(usage.standing(&limits, &then), Standing::Over(_)));
        }
    }
}
