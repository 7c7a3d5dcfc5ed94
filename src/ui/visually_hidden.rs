//! Content for screen readers and password managers only.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-visually-hidden {
            position: absolute;
            width: 1px;
            height: 1px;
            margin: -1px;
            padding: 0;
            overflow: hidden;
            clip-path: inset(50%);
            white-space: nowrap;
            border: 0;
        }
        "#
    )
}

/// Takes its content out of sight, not out of the document.
pub fn visually_hidden(content: Html) -> Html {
    html! { <span class="yc-visually-hidden">{ content }</span> }
}
