//! The large icon at the head of a card.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon};

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-hero {
            display: grid;
            place-items: center;
            box-sizing: border-box;
            width: 3rem;
            height: 3rem;
            color: var(--yc-link);
            background: var(--yc-info-surface);
            border: 1px solid var(--yc-info-border);
            border-radius: 50%;
        }
        .yc-hero > svg {
            width: 1.5rem;
            height: 1.5rem;
        }
        .yc-card > .yc-hero {
            order: -1;
            margin-block-end: calc(-1 * var(--yc-space-2));
        }
        "#
    )
}

/// An icon in a tinted disc of 48 CSS pixels. In a card it stands above the heading, wherever in the content it is;
/// it says nothing to a screen reader.
pub fn icon_hero(shape: Shape) -> Html {
    html! { <div class="yc-hero">{ icon(shape) }</div> }
}
