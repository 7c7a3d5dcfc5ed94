//! The link to another screen.

use stylist::{StyleSource, css};
use yew::prelude::*;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-link {
            color: var(--yc-link);
            font-weight: 500;
            border-radius: 4px;
            text-decoration: underline;
            text-decoration-color: transparent;
            text-underline-offset: 0.2em;
        }
        .yc-link:hover {
            color: var(--yc-link-hover);
            text-decoration-color: currentColor;
        }
        .yc-link:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        "#
    )
}

/// A link that this program follows by itself: `onfollow` is called for a plain click or Enter. Opening it in a new
/// tab is left to the browser, where it has an address.
pub fn text_link(href: Option<AttrValue>, onfollow: Callback<()>, words: AttrValue) -> Html {
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            onfollow.emit(());
        }
    });
    html! { <a class="yc-link" href={href.unwrap_or(AttrValue::Static("#"))} {onclick}>{ words }</a> }
}
