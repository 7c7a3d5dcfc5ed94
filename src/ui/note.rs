//! The quiet paragraph.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-note {
            margin: 0;
            font-size: var(--yc-text-small);
            line-height: 1.45;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
            text-wrap: pretty;
        }
        "#
    )
}

/// A paragraph that is good to know but not needed for going on.
pub fn note(words: Html) -> Html {
    html! { <p class="yc-note">{ words }</p> }
}
