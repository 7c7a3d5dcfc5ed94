//! The warning before a session ends at one of its limits, in all tabs at once.

use gloo_timers::callback::Interval;
use yew::{platform::spawn_local, prelude::*};

use super::words::{countdown, now};
use crate::{
    auth::{Ending, EndingWhy, SignOutScope, activity::QUESTION, use_auth},
    ports::UnixMillis,
    ui::{Button, ButtonVariant, Dialog, Shape, icon, visually_hidden},
};

/// The seconds left at which screen readers say so, beside what they say when the dialog opens.
const SAID_AT: [u64; 4] = [60, 30, 10, 5];

/// Asks whether somebody is still there when the session is about to end for want of use, and says so when its lifetime
/// is almost over. It shows nothing at all other times. One around the whole app will do.
#[component]
pub fn IdleWarning() -> Html {
    match use_auth().ending() {
        // A dialog of its own for each reason.
        Some(ending) => html! { <Warning key={key(ending.why)} {ending} /> },
        None => Html::default(),
    }
}

fn key(why: EndingWhy) -> &'static str {
    match why {
        EndingWhy::Idle => "idle",
        EndingWhy::Lifetime => "lifetime",
    }
}

#[derive(Properties, Clone, PartialEq)]
struct WarningProps {
    ending: Ending,
}

#[component]
fn Warning(props: &WarningProps) -> Html {
    let Ending { at, why } = props.ending;
    let engine = use_auth().handle();
    let is_read = use_state_eq(|| false);
    let left = use_seconds_to(at);
    let mark_when_opened = use_memo((), |()| mark(left));
    if *is_read {
        return Html::default();
    }
    let keep = {
        let (engine, is_read) = (engine.clone(), is_read.setter());
        Callback::from(move |()| {
            if why == EndingWhy::Lifetime {
                return is_read.set(true);
            }
            let engine = engine.clone();
            // It is the engine's event that closes the dialog, here and in other tabs.
            spawn_local(async move { drop(engine.stay_signed_in().await) });
        })
    };
    let sign_out = Callback::from(move |_: MouseEvent| {
        let engine = engine.clone();
        // The session ends here in any case.
        spawn_local(async move { drop(engine.sign_out(SignOutScope::ThisDevice).await) });
    });
    let (title, before, after, keep_label) = match why {
        EndingWhy::Idle => (
            "Are you still there?",
            "Nobody has used this page for a while. To keep your account safe, you will be signed out ",
            ".",
            "Stay signed in",
        ),
        EndingWhy::Lifetime => (
            "Your session ends soon",
            "You signed in a while ago. To keep your account safe, you will be signed out ",
            ". Save your work, and sign in again after that.",
            "OK",
        ),
    };
    let buttons = html! {
        <>
            <Button label={keep_label} onclick={keep.reform(|_: MouseEvent| ())} />
            <Button label="Sign out now" variant={ButtonVariant::Secondary} onclick={sign_out} />
        </>
    };
    let said = mark(left)
        .filter(|mark| Some(*mark) != *mark_when_opened)
        .map(|mark| [&mark.to_string(), " seconds left"].concat());
    html! {
        <Dialog id={QUESTION} {title} icon={icon(Shape::Warning)} {buttons} onclose={keep}>
            <p>{ before }<strong>{ countdown(left) }</strong>{ after }</p>
            // The time that runs in the sentence would be read out each second.
            { visually_hidden(html! { <span role="status">{ said }</span> }) }
        </Dialog>
    }
}

/// The seconds to `at`, begun ones counted, as they pass.
#[hook]
fn use_seconds_to(at: UnixMillis) -> u64 {
    let left = use_state_eq(|| seconds_to(at));
    {
        let left = left.setter();
        use_effect_with(at, move |at| {
            let at = *at;
            left.set(seconds_to(at));
            let clock = Interval::new(500, move || left.set(seconds_to(at)));
            move || drop(clock)
        });
    }
    *left
}

fn seconds_to(at: UnixMillis) -> u64 {
    at.0.saturating_sub(now()).div_ceil(1000)
}

/// The last of the moments to be told that has come.
fn mark(left: u64) -> Option<u64> {
    SAID_AT.into_iter().filter(|mark| left <= *mark).min()
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn moments_are_told_as_they_come() {
        assert_eq!(
            [61, 60, 31, 30, 11, 10, 5, 0].map(mark),
            [
                None,
                Some(60),
                Some(60),
                Some(30),
                Some(30),
                Some(10),
                Some(5),
                Some(5)
            ]
        );
    }
}
