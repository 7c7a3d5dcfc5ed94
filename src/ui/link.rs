//! The link to another screen.

use stylist::yew::use_style;
use yew::prelude::*;
use yew_router::Routable;

/// Properties of [`TextLink`].
#[derive(Properties, Clone, PartialEq)]
pub struct TextLinkProps<R: Routable> {
    /// Where it leads.
    pub to: R,
    /// Its words.
    pub children: Html,
}

/// A link to a route. Opening it in a new tab works as for any link.
#[component]
pub fn TextLink<R: Routable + 'static>(props: &TextLinkProps<R>) -> Html {
    let class = use_style!(
        r#"
        color: var(--yc-accent);
        font-weight: 500;
        border-radius: 4px;
        text-decoration: underline;
        text-decoration-color: transparent;
        text-underline-offset: 0.2em;

        &:hover {
            color: var(--yc-accent-hover);
            text-decoration-color: currentColor;
        }
        &:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        "#
    );
    html! {
        <yew_router::components::Link<R> classes={classes!(class)} to={props.to.clone()}>
            { props.children.clone() }
        </yew_router::components::Link<R>>
    }
}
