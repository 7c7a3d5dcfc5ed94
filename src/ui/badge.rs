//! The badge.

use stylist::{StyleSource, css};
use yew::prelude::*;

/// The mood of a [`badge`].
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

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-badge {
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
        }
        .yc-badge.success {
            color: var(--yc-success);
            background: var(--yc-success-surface);
            border-color: var(--yc-success-border);
        }
        .yc-badge.warning {
            color: var(--yc-warning);
            background: var(--yc-warning-surface);
            border-color: var(--yc-warning-border);
        }
        "#
    )
}

/// One word about the thing beside it.
pub fn badge(label: AttrValue, tone: BadgeTone) -> Html {
    let tone = match tone {
        BadgeTone::Neutral => None,
        BadgeTone::Success => Some("success"),
        BadgeTone::Warning => Some("warning"),
    };
    html! { <span class={classes!("yc-badge", tone)}>{ label }</span> }
}
