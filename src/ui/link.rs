//! The link to another screen.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`TextLink`].
#[derive(Properties, Clone, PartialEq)]
pub struct TextLinkProps {
    /// Its address, for opening it in a new tab, where it has one.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// Called for a plain click or Enter; the browser then does not follow the address.
    pub onfollow: Callback<()>,
    /// Its words.
    pub children: Html,
}

/// A link that this program follows by itself. Opening it in a new tab is left to the browser.
#[component]
pub fn TextLink(props: &TextLinkProps) -> Html {
    let class = use_style!(
        r#"
        color: var(--yc-link);
        font-weight: 500;
        border-radius: 4px;
        text-decoration: underline;
        text-decoration-color: transparent;
        text-underline-offset: 0.2em;

        &:hover {
            color: var(--yc-link-hover);
            text-decoration-color: currentColor;
        }
        &:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        "#
    );
    let TextLinkProps {
        href,
        onfollow,
        children,
    } = props.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        if !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key()) {
            event.prevent_default();
            onfollow.emit(());
        }
    });
    html! { <a {class} href={href.unwrap_or(AttrValue::Static("#"))} {onclick}>{ children }</a> }
}
