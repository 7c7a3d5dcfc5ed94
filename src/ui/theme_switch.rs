//! The button that goes from the system's colours to light to dark.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::theme::ThemeChoice;
use super::{Shape, icon};

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-theme-switch {
            display: inline-grid;
            place-items: center;
            width: var(--yc-target);
            height: var(--yc-target);
            margin: 0;
            /* The icon, not the room around it, ends where the page does. */
            margin-inline-end: calc((1.25rem - var(--yc-target)) / 2);
            padding: 0;
            color: var(--yc-muted);
            background: transparent;
            border: 1px solid transparent;
            border-radius: var(--yc-radius);
            cursor: pointer;
        }
        .yc-theme-switch:hover {
            color: var(--yc-text);
            background: var(--yc-quiet);
        }
        .yc-theme-switch:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        "#
    )
}

/// Cycles through the themes and remembers the choice.
#[component]
pub fn ThemeSwitch() -> Html {
    // Read after mounting: markup made ahead of time cannot know this browser's choice.
    let choice = use_state_eq(ThemeChoice::default);
    {
        let choice = choice.clone();
        use_effect_with((), move |()| choice.set(ThemeChoice::saved()));
    }
    let onclick = {
        let choice = choice.clone();
        Callback::from(move |_| {
            let next = choice.next();
            next.save();
            next.apply();
            choice.set(next);
        })
    };
    let (shape, label) = match *choice {
        ThemeChoice::System => (Shape::Monitor, "Theme: as the system. Change to light."),
        ThemeChoice::Light => (Shape::Sun, "Theme: light. Change to dark."),
        ThemeChoice::Dark => (Shape::Moon, "Theme: dark. Change to the system's."),
    };
    html! {
        <button type="button" class="yc-theme-switch" {onclick} aria-label={label} title={label}>{ icon(shape) }</button>
    }
}
