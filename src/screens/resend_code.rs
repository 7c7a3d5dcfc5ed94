//! The button for another code, with a pause after each.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use crate::ui::{Button, ButtonVariant};

/// How long to wait for a code before asking for another, in seconds.
const PAUSE: u32 = 30;

#[derive(Properties, Clone, PartialEq)]
pub(super) struct ResendCodeProps {
    /// How many codes have been sent: each starts the pause anew.
    pub sent: u32,
    /// Whether one is being sent.
    pub busy: bool,
    pub onclick: Callback<()>,
}

#[component]
pub(super) fn ResendCode(props: &ResendCodeProps) -> Html {
    let ResendCodeProps { sent, busy, onclick } = props.clone();
    let sent_at = use_mut_ref(|| 0_f64);
    let remaining = use_state_eq(|| 0_u32);
    {
        let (remaining, sent_at) = (remaining.setter(), sent_at.clone());
        use_effect_with(sent, move |sent| {
            sent_at.replace(js_sys::Date::now());
            remaining.set(if *sent > 0 { PAUSE } else { 0 });
        });
    }
    {
        let setter = remaining.setter();
        use_effect_with(*remaining > 0, move |waiting| {
            let tick = move || setter.set(remaining_after(js_sys::Date::now() - *sent_at.borrow()));
            let clock = waiting.then(|| Interval::new(1000, tick));
            move || drop(clock)
        });
    }
    let label = match (*remaining, sent) {
        (0, 0) => AttrValue::Static("Send me a code"),
        (0, _) => AttrValue::Static("Send a new code"),
        (left, _) => ["New code in ", &left.to_string(), " s"].concat().into(),
    };
    html! {
        <Button variant={ButtonVariant::Link} {label} {busy} busy_label="Sending…" disabled={*remaining > 0}
            onclick={onclick.reform(|_: MouseEvent| ())} />
    }
}

/// The seconds left, by the clock: timers are slowed down in the background and stand still in sleep.
fn remaining_after(elapsed_ms: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float stays within bounds"
    )]
    let elapsed = (elapsed_ms / 1000.0).round() as u32;
    PAUSE.saturating_sub(elapsed)
}

#[cfg(test)]
mod tests {
    use super::{PAUSE, remaining_after};

    #[test]
    fn the_clock_decides_how_long_is_left() {
        assert_eq!(remaining_after(0.0), PAUSE);
        assert_eq!(remaining_after(999.0), PAUSE - 1);
        assert_eq!(remaining_after(29_004.0), 1);
        assert_eq!(remaining_after(30_000.0), 0);
        assert_eq!(remaining_after(86_400_000.0), 0);
        assert_eq!(remaining_after(-5_000.0), PAUSE, "a clock set back");
    }
}
