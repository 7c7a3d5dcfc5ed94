//! A part of a card with a heading of its own.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-section {
            display: grid;
            gap: var(--yc-space-4);
            min-width: 0;
        }
        .yc-section > h2 {
            margin: 0;
            font-size: 1.0625rem;
            font-weight: 600;
            line-height: 1.3;
            border-radius: 4px;
        }
        .yc-section > h2:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        .yc-section > p {
            margin: 0;
            overflow-wrap: anywhere;
        }
        .yc-section > .yc-button {
            justify-self: start;
        }
        "#
    )
}

/// A part of a card. Its heading can be focused by a program: where what had the focus has gone.
pub fn section(title: AttrValue, heading_ref: NodeRef, content: Html) -> Html {
    html! {
        <section class="yc-section">
            <h2 tabindex="-1" ref={heading_ref}>{ title }</h2>
            { content }
        </section>
    }
}
