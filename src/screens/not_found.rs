//! No such page.

use yew::prelude::*;

use super::ScreenCard;

/// Properties of [`NotFound`].
#[derive(Properties, Clone, PartialEq)]
pub struct NotFoundProps {
    /// The way out.
    pub children: Html,
}

/// The screen for an address that leads nowhere.
#[component]
pub fn NotFound(props: &NotFoundProps) -> Html {
    html! {
        <ScreenCard title="Page not found" description="There is nothing at this address. It may have moved.">
            { props.children.clone() }
        </ScreenCard>
    }
}
