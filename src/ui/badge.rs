//! The badge.

use stylist::yew::use_style;
use yew::prelude::*;

/// The mood of a [`Badge`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeTone {
    /// A plain fact.
    #[default]
    Neutral,
    /// A good fact.
    Success,
    /// A fact to look into.
    Warning,
}

/// Properties of [`Badge`].
#[derive(Properties, Clone, PartialEq)]
pub struct BadgeProps {
    /// The word on it.
    pub label: AttrValue,
    /// Its mood.
    #[prop_or_default]
    pub tone: BadgeTone,
}

/// One word about the thing beside it.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    let style = use_style!(
        r#"
        display: inline-block;
        padding: 0.0625rem 0.5rem;
        font-size: 0.8125rem;
        font-weight: 500;
        line-height: 1.4;
        color: var(--yc-text);
        background: var(--yc-quiet);
        border: 1px solid var(--yc-border);
        border-radius: 99px;
        overflow-wrap: anywhere;

        &.success {
            color: var(--yc-success);
            background: var(--yc-success-surface);
            border-color: var(--yc-success-border);
        }
        &.warning {
            color: var(--yc-warning);
            background: var(--yc-warning-surface);
            border-color: var(--yc-warning-border);
        }
        "#
    );
    let tone = match props.tone {
        BadgeTone::Neutral => None,
        BadgeTone::Success => Some("success"),
        BadgeTone::Warning => Some("warning"),
    };
    html! { <span class={classes!(style, tone)}>{ props.label.clone() }</span> }
}
