//! The message at the top of a form or a page.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon};

/// What an [`alert`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Good to know.
    Info,
    /// Something worked.
    Success,
    /// Something may go wrong.
    Warning,
    /// Something went wrong.
    Error,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-alert {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: 0 var(--yc-space-3);
            align-items: start;
            padding: var(--yc-space-3) var(--yc-space-4);
            font-size: var(--yc-text-small);
            line-height: 1.45;
            color: var(--yc-text);
            background: var(--yc-info-surface);
            border: 1px solid var(--yc-info-border);
            border-radius: var(--yc-radius);
        }
        .yc-alert > svg {
            color: var(--yc-link);
        }
        .yc-alert > div {
            min-width: 0;
            overflow-wrap: anywhere;
        }
        .yc-alert:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        .yc-alert.success {
            background: var(--yc-success-surface);
            border-color: var(--yc-success-border);
        }
        .yc-alert.success > svg {
            color: var(--yc-success);
        }
        .yc-alert.warning {
            background: var(--yc-warning-surface);
            border-color: var(--yc-warning-border);
        }
        .yc-alert.warning > svg {
            color: var(--yc-warning);
        }
        .yc-alert.error, .yc-alert.error > svg {
            color: var(--yc-danger);
        }
        .yc-alert.error {
            background: var(--yc-danger-surface);
            border-color: var(--yc-danger-border);
        }
        "#
    )
}

/// A message that screen readers speak: at once for an error, when there is a pause for all others. An error can
/// be focused by a program.
pub fn alert(kind: AlertKind, words: AttrValue) -> Html {
    let (class, shape) = match kind {
        AlertKind::Info => ("info", Shape::Info),
        AlertKind::Success => ("success", Shape::Success),
        AlertKind::Warning => ("warning", Shape::Warning),
        AlertKind::Error => ("error", Shape::Error),
    };
    let is_error = kind == AlertKind::Error;
    html! {
        <div
            class={classes!("yc-alert", class)}
            role={if is_error { "alert" } else { "status" }}
            tabindex={is_error.then_some("-1")}
        >
            { icon(shape) }
            <div>{ words }</div>
        </div>
    }
}
