//! Ways to go on, of which a person picks one.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon, spinner};

/// One way in a [`choice_list`].
pub struct Choice {
    /// Its icon.
    pub shape: Shape,
    /// What it is, in a word or two.
    pub title: AttrValue,
    /// What will come of it, in a sentence.
    pub detail: Option<AttrValue>,
    /// Whether it has been picked and is under way: none of the list can then be picked.
    pub busy: bool,
    /// Not to be picked for now. It can still be focused, so that a screen reader can find it and say so.
    pub disabled: bool,
    /// Called when it is picked.
    pub onclick: Callback<()>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-choices {
            display: grid;
            gap: var(--yc-space-2);
            min-width: 0;
            margin: 0;
            padding: 0;
            list-style: none;
        }
        .yc-choices button {
            display: grid;
            grid-template-columns: auto minmax(0, 1fr) 1.25rem;
            gap: var(--yc-space-3);
            align-items: center;
            box-sizing: border-box;
            width: 100%;
            min-height: 4rem;
            margin: 0;
            padding: var(--yc-space-3);
            font: 400 var(--yc-text-base) / 1.4 var(--yc-font);
            text-align: start;
            color: var(--yc-text);
            background: var(--yc-surface);
            border: 1px solid var(--yc-control);
            border-radius: var(--yc-radius);
            cursor: pointer;
            transition: background-color 0.12s;
        }
        .yc-choices button:hover {
            background: var(--yc-quiet);
        }
        .yc-choices button:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        .yc-choices button > svg {
            justify-self: center;
            color: var(--yc-muted);
        }
        .yc-choices .shape {
            display: grid;
            place-items: center;
            width: 2.5rem;
            height: 2.5rem;
            background: var(--yc-quiet);
            border-radius: var(--yc-radius);
        }
        .yc-choices .words {
            display: grid;
            gap: 0.125rem;
            overflow-wrap: anywhere;
        }
        .yc-choices .title {
            font-weight: 500;
        }
        .yc-choices .detail {
            font-size: var(--yc-text-small);
            color: var(--yc-muted);
        }
        .yc-choices button[aria-disabled="true"] {
            background: var(--yc-surface);
            cursor: default;
        }
        .yc-choices button[aria-disabled="true"]:not([aria-busy]) {
            border-color: var(--yc-border);
        }
        .yc-choices button[aria-disabled="true"]:not([aria-busy]) :is(.shape, .title) {
            color: var(--yc-muted);
        }
        .yc-choices button[aria-disabled="true"]:not([aria-busy]) > svg {
            visibility: hidden;
        }
        @media (forced-colors: active) {
            .yc-choices button[aria-disabled="true"]:not([aria-busy]) :is(.shape, .title, .detail) {
                color: GrayText;
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-choices button {
                transition: none;
            }
        }
        "#
    )
}

/// A list of large buttons, each with an icon, a title and a line about what it does.
pub fn choice_list(choices: Vec<Choice>) -> Html {
    let any_is_busy = choices.iter().any(|choice| choice.busy);
    // Safari takes a list without bullets for no list, unless it has the role.
    html! {
        <ul class="yc-choices" role="list">
            { for choices.into_iter().map(|choice| html! { <li>{ choice_button(choice, any_is_busy) }</li> }) }
        </ul>
    }
}

fn choice_button(choice: Choice, any_is_busy: bool) -> Html {
    let Choice {
        shape,
        title,
        detail,
        busy,
        disabled,
        onclick,
    } = choice;
    let idle = !any_is_busy && !disabled;
    let onclick = Callback::from(move |_: MouseEvent| {
        if idle {
            onclick.emit(());
        }
    });
    html! {
        <button
            type="button"
            aria-busy={busy.then_some("true")}
            aria-disabled={(!idle).then_some("true")}
            {onclick}
        >
            <span class="shape">{ icon(shape) }</span>
            <span class="words">
                <span class="title">{ title }</span>
                if let Some(detail) = detail {
                    { " " }
                    <span class="detail">{ detail }</span>
                }
            </span>
            { if busy { spinner() } else { icon(Shape::Chevron) } }
        </button>
    }
}
