use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::ports::UnixMillis;

mod limits;

const HOUR: u64 = 3600;
const IAT: u64 = 1_800_000_000;

fn reading(wall_secs: u64, monotonic_secs: u64) -> Reading {
    Reading {
        wall: UnixMillis(wall_secs * 1000),
        monotonic: Duration::from_secs(monotonic_secs),
    }
}

fn hour_long() -> TokenAge {
    TokenAge::new(reading(IAT, 0), IAT, IAT + HOUR)
}

#[test]
fn tokens_are_valid_until_their_lifetime_has_passed() {
    let age = hour_long();
    assert!(age.is_valid(&reading(IAT + HOUR - 1, HOUR - 1)));
    assert!(!age.is_valid(&reading(IAT + HOUR, HOUR)));
}

#[test]
fn sleep_counts_although_the_monotonic_clock_stood_still() {
    assert!(!hour_long().is_valid(&reading(IAT + 2 * HOUR, 10)));
}

#[test]
fn a_wall_clock_set_back_does_not_lengthen_a_life() {
    let set_back = reading(IAT - 24 * HOUR, HOUR);
    assert!(!hour_long().is_valid(&set_back));
    assert_eq!(hour_long().server_time(&set_back), IAT + HOUR);
}

#[test]
fn a_device_a_day_off_tells_the_servers_time() {
    let wrong = TokenAge::new(reading(IAT - 24 * HOUR, 500), IAT, IAT + HOUR);
    let later = reading(IAT - 24 * HOUR + 60, 560);
    assert_eq!(wrong.server_time(&later), IAT + 60);
    assert!(wrong.is_valid(&later));
    assert_eq!(
        wrong.expires_at(&later),
        UnixMillis((IAT - 24 * HOUR + HOUR) * 1000)
    );
}

#[test]
fn hour_long_tokens_are_renewed_five_minutes_ahead() {
    let age = hour_long();
    let schedule = Schedule::new(&age, |_| Duration::ZERO);
    assert_eq!(
        schedule.due(&age, &reading(IAT, 0)),
        Due::In(Duration::from_secs(HOUR - 300))
    );
    assert_eq!(schedule.due(&age, &reading(IAT + HOUR - 300, 0)), Due::Now);
    assert_eq!(
        schedule.renewal(&age, &reading(IAT, 0)),
        Renewal::At(UnixMillis((IAT + HOUR - 300) * 1000))
    );
}

#[test]
fn short_lived_tokens_are_renewed_at_three_quarters() {
    let age = TokenAge::new(reading(IAT, 0), IAT, IAT + 40);
    assert_eq!(
        Schedule::new(&age, |_| Duration::ZERO).due(&age, &reading(IAT, 0)),
        Due::In(Duration::from_secs(30))
    );
    assert_eq!(
        Schedule::new(&age, |most| most).due(&age, &reading(IAT, 0)),
        Due::In(Duration::from_secs(20))
    );
}

#[test]
fn a_failed_renewal_is_tried_again_after_its_delay_or_when_hastened() {
    let age = hour_long();
    let mut schedule = Schedule::new(&age, |_| Duration::ZERO);
    let failed_at = reading(IAT + HOUR - 300, HOUR - 300);
    schedule.failed(failed_at, Duration::from_secs(20));
    assert_eq!(schedule.failures(), 1);
    assert_eq!(schedule.due(&age, &failed_at), Due::In(Duration::from_secs(20)));
    assert!(matches!(schedule.renewal(&age, &failed_at), Renewal::RetryAt(_)));
    let mut hastened = schedule;
    hastened.hasten(&age, failed_at, Duration::ZERO);
    assert_eq!(hastened.due(&age, &failed_at), Due::Now);
    assert_eq!(
        schedule.due(&age, &reading(IAT + HOUR - 280, HOUR - 280)),
        Due::Now
    );
}

#[test]
fn a_renewal_that_is_hastened_has_not_failed() {
    let age = hour_long();
    let mut schedule = Schedule::new(&age, |_| Duration::ZERO);
    let overdue = reading(IAT + HOUR, 0);
    schedule.hasten(&age, overdue, Duration::from_secs(4));
    let due_at = UnixMillis((IAT + HOUR + 4) * 1000);
    assert_eq!(schedule.renewal(&age, &overdue), Renewal::At(due_at));
    schedule.failed(overdue, Duration::from_secs(4));
    assert_eq!(schedule.renewal(&age, &overdue), Renewal::RetryAt(due_at));
}

proptest! {
    #[test]
    fn renewal_is_always_due_before_expiry(lifetime in 4u64..100_000, jitter in 0u64..200_000, at in 0u64..200_000) {
        let age = TokenAge::new(reading(IAT, 0), IAT, IAT + lifetime);
        let schedule = Schedule::new(&age, |_| Duration::from_secs(jitter));
        let now = reading(IAT + at, 0);
        if !age.is_valid(&now) {
            prop_assert_eq!(schedule.due(&age, &now), Due::Now);
        }
        if let Due::In(wait) = schedule.due(&age, &reading(IAT, 0)) {
            prop_assert!(wait < age.lifetime());
        }
    }

    #[test]
    fn no_reading_panics(wall in any::<u64>(), mono in any::<u32>(), iat in any::<u64>(), exp in any::<u64>()) {
        let earlier = Reading { wall: UnixMillis(wall), monotonic: Duration::from_secs(u64::from(mono)) };
        let age = TokenAge::new(earlier, iat, exp);
        for now in [earlier, reading(0, 0), Reading { wall: UnixMillis(u64::MAX), monotonic: Duration::MAX }] {
            let schedule = Schedule::new(&age, |_| Duration::ZERO);
            let _ = (age.is_valid(&now), age.server_time(&now), age.expires_at(&now), schedule.renewal(&age, &now));
        }
    }
}
