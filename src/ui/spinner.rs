//! A turning ring.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-spinner {
            flex: none;
            animation: yc-turn 0.8s linear infinite;
        }
        @keyframes yc-turn {
            to {
                transform: rotate(360deg);
            }
        }
        @keyframes yc-breathe {
            50% {
                opacity: 0.4;
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-spinner {
                animation: yc-breathe 2s ease-in-out infinite;
            }
        }
        "#
    )
}

/// A ring that turns, or breathes where the person wants less motion. Put words beside it: it has none itself.
pub fn spinner() -> Html {
    html! {
        <svg class="yc-spinner" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" aria-hidden="true" focusable="false">
            <path d="M8 2a6 6 0 1 1-6 6" />
        </svg>
    }
}
