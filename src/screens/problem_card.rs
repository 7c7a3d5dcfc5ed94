//! What is wrong with more than a form, and what to do about it.

use stylist::yew::use_style;
use yew::prelude::*;

use crate::ui::{Button, Card};

#[derive(Properties, Clone, PartialEq)]
pub(super) struct ProblemCardProps {
    pub title: AttrValue,
    pub explanation: AttrValue,
    pub remedy: AttrValue,
    /// Whether it is being tried again.
    pub busy: bool,
    pub onretry: Callback<()>,
    #[prop_or_default]
    pub heading_ref: NodeRef,
}

#[component]
pub(super) fn ProblemCard(props: &ProblemCardProps) -> Html {
    let class = use_style!(
        r#"
        margin: 0;
        overflow-wrap: anywhere;

        strong {
            display: block;
            font-weight: 600;
        }
        "#
    );
    let ProblemCardProps {
        title,
        explanation,
        remedy,
        busy,
        onretry,
        heading_ref,
    } = props.clone();
    html! {
        <Card id="problem" {title} description={html! { explanation }} {heading_ref}>
            <p {class}><strong>{ "What to do" }</strong>{ remedy }</p>
            <Button label="Try again" busy_label="Trying…" {busy} wide=true
                onclick={onretry.reform(|_: MouseEvent| ())} />
        </Card>
    }
}
