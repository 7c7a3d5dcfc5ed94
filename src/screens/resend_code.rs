//! The button for another code, with a pause after each.

use gloo_timers::callback::Timeout;
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
    let remaining = use_state_eq(|| 0_u32);
    {
        let remaining = remaining.setter();
        use_effect_with(sent, move |sent| remaining.set(if *sent > 0 { PAUSE } else { 0 }));
    }
    {
        let setter = remaining.setter();
        use_effect_with(*remaining, move |left| {
            let next = left.checked_sub(1);
            let timeout = next.map(|next| Timeout::new(1000, move || setter.set(next)));
            move || drop(timeout)
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
