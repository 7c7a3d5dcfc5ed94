//! The link to another screen.

use yew::prelude::*;

use super::{Screen, use_journey};
use crate::ui::TextLink;

/// Properties of [`ScreenLink`].
#[derive(Properties, Clone, PartialEq)]
pub struct ScreenLinkProps {
    /// Where it leads.
    pub to: Screen,
    /// Called before it leads there.
    #[prop_or_default]
    pub onfollow: Callback<()>,
    /// Its words.
    pub children: Html,
}

/// A link to another screen of the journey.
#[component]
pub fn ScreenLink(props: &ScreenLinkProps) -> Html {
    let journey = use_journey();
    let ScreenLinkProps {
        to,
        onfollow,
        children,
    } = props.clone();
    let href = journey.href(to);
    let onfollow = Callback::from(move |()| {
        onfollow.emit(());
        journey.go(to);
    });
    html! { <TextLink {href} {onfollow}>{ children }</TextLink> }
}
