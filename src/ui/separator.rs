//! The line between two parts of a card.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-separator {
            display: flex;
            align-items: center;
            gap: var(--yc-space-3);
            margin: 0;
            font-size: 0.8125rem;
            line-height: 1.25rem;
            color: var(--yc-muted);
            border: 0;
        }
        .yc-separator::before, .yc-separator::after {
            flex: 1;
            content: "";
            border-block-start: 1px solid var(--yc-border);
        }
        hr.yc-separator {
            gap: 0;
        }
        "#
    )
}

/// A hairline; with words such as "or" one at either side of them.
pub fn separator(words: Option<AttrValue>) -> Html {
    match words {
        Some(words) => html! { <div class="yc-separator">{ words }</div> },
        None => html! { <hr class="yc-separator" /> },
    }
}
