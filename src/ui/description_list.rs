//! Names and values, one beside the other.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-descriptions {
            margin: 0;
        }
        .yc-descriptions > div {
            display: grid;
            grid-template-columns: minmax(8rem, 2fr) 5fr;
            gap: var(--yc-space-1) var(--yc-space-4);
            padding-block: var(--yc-space-3);
            border-top: 1px solid var(--yc-border);
        }
        .yc-descriptions > div:last-child {
            border-bottom: 1px solid var(--yc-border);
        }
        .yc-descriptions dt {
            color: var(--yc-muted);
        }
        .yc-descriptions dd {
            display: flex;
            flex-wrap: wrap;
            align-items: baseline;
            gap: var(--yc-space-1) var(--yc-space-2);
            min-width: 0;
            margin: 0;
            overflow-wrap: anywhere;
        }
        @media (max-width: 30rem) {
            .yc-descriptions > div {
                grid-template-columns: 1fr;
            }
        }
        "#
    )
}

/// A list of [`description`]s; on narrow screens each value stands under its name.
pub fn description_list(descriptions: Html) -> Html {
    html! { <dl class="yc-descriptions">{ descriptions }</dl> }
}

/// One name and its value, inside a [`description_list`].
pub fn description(term: &'static str, value: Html) -> Html {
    html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> }
}
