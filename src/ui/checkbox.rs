//! The box to tick.

use stylist::{StyleSource, css};
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-checkbox {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: var(--yc-space-3);
            align-items: start;
            justify-self: start;
            min-height: 1.5rem;
            padding-block: var(--yc-space-1);
            line-height: 1.5rem;
            cursor: pointer;
        }
        .yc-checkbox > input {
            width: 1.125rem;
            height: 1.125rem;
            margin: 0.1875rem 0 0;
            accent-color: var(--yc-accent);
            cursor: inherit;
        }
        .yc-checkbox > input:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        "#
    )
}

/// A box to tick and its words, both of which tick it. It keeps its own state, which [`is_ticked`] reads from
/// `input`.
pub fn checkbox(input: &NodeRef, name: AttrValue, label: AttrValue) -> Html {
    html! {
        <label class="yc-checkbox">
            <input ref={input} type="checkbox" {name} />
            <span>{ label }</span>
        </label>
    }
}

/// Whether the [`checkbox`] of this `input` is ticked; no when it is not in the document.
pub fn is_ticked(input: &NodeRef) -> bool {
    input
        .cast::<HtmlInputElement>()
        .is_some_and(|input| input.checked())
}
