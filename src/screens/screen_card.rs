//! What every screen is: a card, the window's title, and a heading that is heard.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::use_journey;
use crate::ui::{Card, card};

/// Properties of [`ScreenCard`].
#[derive(Properties, Clone, PartialEq)]
pub struct ScreenCardProps {
    /// The heading, and the first part of the window's title.
    pub title: AttrValue,
    /// A sentence under the heading.
    pub description: AttrValue,
    /// What the screen is for.
    #[prop_or_default]
    pub children: Html,
    /// The way to another screen.
    #[prop_or_default]
    pub footer: Option<Html>,
}

/// The card of one screen. On every screen but the first the focus moves to its heading, so that screen readers
/// speak it and the keyboard starts from there; unless one of the screen's inputs has taken it.
#[component]
pub fn ScreenCard(props: &ScreenCardProps) -> Html {
    let journey = use_journey();
    let heading_ref = use_node_ref();
    {
        let (journey, heading) = (journey.clone(), heading_ref.clone());
        use_effect_with(props.title.clone(), move |title| {
            if let Some(document) = web_sys::window().and_then(|window| window.document()) {
                document.set_title(&[title, " · ", &journey.brand()].concat());
            }
            let is_taken = focused_tag().is_some_and(|tag| tag == "INPUT");
            if let Some(heading) = heading
                .cast::<HtmlElement>()
                .filter(|_| !journey.is_start() && !is_taken)
            {
                // Fails only for a heading that has just left the document.
                let _ = heading.focus();
            }
            journey.screen_shown();
        });
    }
    let ScreenCardProps {
        title,
        description,
        children,
        footer,
    } = props.clone();
    let paper = Card {
        id: "title".into(),
        title,
        description,
        heading_ref,
        footer,
    };
    card(paper, children)
}

fn focused_tag() -> Option<String> {
    Some(web_sys::window()?.document()?.active_element()?.tag_name())
}
