//! Steps to take one after the other.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-steps {
            display: grid;
            gap: var(--yc-space-4);
            min-width: 0;
            margin: 0;
            padding: 0;
            list-style: none;
            counter-reset: step;
        }
        .yc-steps > li {
            display: grid;
            grid-template-columns: 1.5rem minmax(0, 1fr);
            gap: var(--yc-space-3);
            align-items: start;
            counter-increment: step;
        }
        .yc-steps > li::before {
            content: counter(step) / "";
            display: grid;
            place-items: center;
            width: 1.5rem;
            height: 1.5rem;
            font-size: var(--yc-text-small);
            font-weight: 500;
            color: var(--yc-muted);
            background: var(--yc-quiet);
            border-radius: 50%;
        }
        .yc-steps > li > div {
            display: grid;
            gap: var(--yc-space-3);
            min-width: 0;
            padding-top: 0.125rem;
        }
        .yc-steps p {
            margin: 0;
            line-height: 1.4;
        }
        "#
    )
}

/// A numbered list of things to do.
pub fn steps(steps: Vec<Html>) -> Html {
    // Safari takes a list without its own numbers for no list, unless it has the role.
    html! {
        <ol class="yc-steps" role="list">
            { for steps.into_iter().map(|step| html! { <li><div>{ step }</div></li> }) }
        </ol>
    }
}
