//! What a popup shows that has handed its answer over, if the browser lets it stay open.

use yew::prelude::*;

use crate::ui::{Card, card};

/// The card: there is nothing left to do here.
pub fn popup_done() -> Html {
    let paper = Card {
        id: "title".into(),
        title: "You can close this window".into(),
        description: "If the sign-in doesn’t go on in the window where you started it, start again there."
            .into(),
        heading_ref: NodeRef::default(),
        footer: None,
    };
    card(paper, Html::default())
}
