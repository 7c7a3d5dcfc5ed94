//! What a million sessions ask of the service: the peak of their renewals over a day, and its price.
//!
//! All sign in within a minute, or over an hour, with tokens that live for an hour. The sessions' own types say when
//! each renews; only the jitter differs. Every run is the same.
// The lints know this as a program. It is a tool for developers, whose mistakes may end it.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use std::{thread, time::Duration};

use yew_cognito::{
    ports::UnixMillis,
    session::{Due, Reading, Schedule, TokenAge},
};

const SESSIONS: u64 = 1_000_000;
const TOKEN_LIFETIME: u64 = 3600;
const DAY: usize = 24 * 3600;
const MINUTE: usize = 60;

/// How much earlier to renew, at most so much, by a number that is drawn.
type Jitter = fn(Duration, u32) -> Duration;

const POLICIES: [(&str, Jitter); 3] = [
    ("no jitter", |_, _| Duration::ZERO),
    ("the last half minute", |_, drawn| {
        share(Duration::from_secs(30), drawn)
    }),
    ("yew-cognito", share),
];
const SIGN_INS: [(&str, u64); 2] = [("within a minute", 60), ("over an hour", 3600)];

fn main() {
    println!(
        "{SESSIONS} sessions, tokens of {} min, a day\n",
        TOKEN_LIFETIME / 60
    );
    println!(
        "{:<16} {:<21} {:>12} {:>9} {:>14} {:>12}",
        "signed in", "jitter", "peak req/s", "over mean", "busiest minute", "per session"
    );
    for (when, within) in SIGN_INS {
        thread::scope(|scope| {
            let runs = POLICIES.map(|(name, jitter)| (name, scope.spawn(move || simulate(within, jitter))));
            for (name, run) in runs {
                let load = run.join().unwrap();
                println!(
                    "{when:<16} {name:<21} {:>12} {:>8.1}x {:>13.1}x {:>12.1}",
                    load.peak, load.peak_over_mean, load.minute_over_mean, load.requests_per_session
                );
            }
        });
    }
}

struct Load {
    /// Requests in the busiest second.
    peak: u32,
    peak_over_mean: f64,
    minute_over_mean: f64,
    requests_per_session: f64,
}

fn simulate(within: u64, jitter: Jitter) -> Load {
    // One for each of the numbers that are drawn: there are thirty million renewals in a day.
    let waits: Vec<u64> = (0..=u16::MAX)
        .map(|drawn| time_to_renewal(|most| jitter(most, u32::from(drawn) << 16)))
        .collect();
    let mut seconds = vec![0_u32; DAY];
    let mut random = SplitMix(within);
    for _ in 0..SESSIONS {
        let mut millis = (u64::from(random.draw()) * within * 1000) >> 32;
        loop {
            millis += waits[random.draw() as usize >> 16];
            let Some(second) = seconds.get_mut(millis as usize / 1000) else {
                break;
            };
            *second += 1;
        }
    }
    let total: f64 = seconds.iter().copied().map(f64::from).sum();
    let mean = total / DAY as f64;
    let peak = seconds.iter().copied().max().unwrap_or_default();
    let minute = seconds
        .chunks(MINUTE)
        .map(|minute| minute.iter().sum::<u32>())
        .max()
        .unwrap_or_default();
    Load {
        peak,
        peak_over_mean: f64::from(peak) / mean,
        minute_over_mean: f64::from(minute) / (mean * MINUTE as f64),
        requests_per_session: total / SESSIONS as f64,
    }
}

/// How many milliseconds after its tokens came a session renews them.
fn time_to_renewal(jitter: impl FnOnce(Duration) -> Duration) -> u64 {
    let received = Reading {
        wall: UnixMillis(0),
        monotonic: Duration::ZERO,
    };
    let age = TokenAge::new(received, 0, TOKEN_LIFETIME);
    match Schedule::new(&age, jitter).due(&age, &received) {
        Due::In(wait) => u64::try_from(wait.as_millis()).unwrap(),
        Due::Now => 0,
    }
}

/// That part of `whole` which `drawn` is of all that could be drawn, in milliseconds as the engine has it.
fn share(whole: Duration, drawn: u32) -> Duration {
    let millis = u64::try_from(whole.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(millis.saturating_mul(u64::from(drawn)) >> 32)
}

/// SplitMix64.
struct SplitMix(u64);

impl SplitMix {
    fn draw(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or_default()
    }
}
