//! What is wrong with more than a form, and what to do about it.

use yew::prelude::*;

use crate::ui::{Button, Card, card};

pub(super) struct Problem {
    pub title: AttrValue,
    pub explanation: AttrValue,
    pub remedy: AttrValue,
}

/// The card about `problem`, with a button that is `busy` while it is being tried again.
pub(super) fn problem_card(
    problem: Problem,
    heading_ref: NodeRef,
    busy: bool,
    onretry: &Callback<()>,
) -> Html {
    let paper = Card {
        id: "problem".into(),
        title: problem.title,
        description: problem.explanation,
        heading_ref,
        footer: None,
    };
    let content = html! {
        <>
            <p><strong>{ "What to do" }</strong>{ problem.remedy }</p>
            <Button label="Try again" busy_label="Trying…" {busy} wide=true
                onclick={onretry.reform(|_: MouseEvent| ())} />
        </>
    };
    card(paper, content)
}
