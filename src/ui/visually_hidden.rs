//! Content for screen readers and password managers only.

use stylist::yew::use_style;
use yew::prelude::*;

/// Properties of [`VisuallyHidden`].
#[derive(Properties, Clone, PartialEq)]
pub struct VisuallyHiddenProps {
    /// What is there but not to be seen.
    pub children: Html,
}

/// Takes its content out of sight, not out of the document.
#[component]
pub fn VisuallyHidden(props: &VisuallyHiddenProps) -> Html {
    let class = use_style!(
        r#"
        position: absolute;
        width: 1px;
        height: 1px;
        margin: -1px;
        padding: 0;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
        border: 0;
        "#
    );
    html! { <span {class}>{ props.children.clone() }</span> }
}
