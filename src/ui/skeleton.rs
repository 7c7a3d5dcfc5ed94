//! A placeholder while something loads.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::visually_hidden;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-skeleton {
            display: grid;
            gap: var(--yc-space-3);
        }
        .yc-skeleton > i {
            display: block;
            height: 1rem;
            background: var(--yc-quiet);
            border: 1px solid transparent;
            border-radius: var(--yc-radius);
            animation: yc-wait 1.6s ease-in-out infinite;
        }
        .yc-skeleton > i:last-child {
            width: 60%;
        }
        @keyframes yc-wait {
            50% {
                opacity: 0.45;
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-skeleton > i {
                animation: none;
            }
        }
        "#
    )
}

/// Grey bars in place of so many `lines` of text. `label` tells screen readers what is being waited for.
pub fn skeleton(label: &'static str, lines: usize) -> Html {
    html! {
        <div class="yc-skeleton" role="status">
            { visually_hidden(label.into()) }
            { for (0..lines).map(|_| html! { <i /> }) }
        </div>
    }
}
