//! The message at the top of a form or a page.

use stylist::yew::use_style;
use yew::prelude::*;

use super::{Icon, Shape};

/// What an [`Alert`] is about.
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

/// Properties of [`Alert`].
#[derive(Properties, Clone, PartialEq)]
pub struct AlertProps {
    /// What it is about.
    pub kind: AlertKind,
    /// The words.
    pub children: Html,
    /// A button or a link that helps.
    #[prop_or_default]
    pub action: Html,
}

/// A message that screen readers speak: at once for an error, when there is a pause for all others. An error can
/// be focused by a program.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let style = use_style!(
        r#"
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

        & > svg {
            color: var(--yc-link);
        }
        & > div {
            min-width: 0;
            overflow-wrap: anywhere;
        }
        & > .action {
            grid-column: 2;
        }
        &:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 2px;
        }
        &.success {
            background: var(--yc-success-surface);
            border-color: var(--yc-success-border);
        }
        &.success > svg {
            color: var(--yc-success);
        }
        &.warning {
            background: var(--yc-warning-surface);
            border-color: var(--yc-warning-border);
        }
        &.warning > svg {
            color: var(--yc-warning);
        }
        &.error, &.error > svg {
            color: var(--yc-danger);
        }
        &.error {
            background: var(--yc-danger-surface);
            border-color: var(--yc-danger-border);
        }
        "#
    );
    let AlertProps {
        kind,
        children,
        action,
    } = props.clone();
    let (class, shape) = match kind {
        AlertKind::Info => ("info", Shape::Info),
        AlertKind::Success => ("success", Shape::Success),
        AlertKind::Warning => ("warning", Shape::Warning),
        AlertKind::Error => ("error", Shape::Error),
    };
    let is_error = kind == AlertKind::Error;
    html! {
        <div
            class={classes!(style, class)}
            role={if is_error { "alert" } else { "status" }}
            tabindex={is_error.then_some("-1")}
        >
            <Icon {shape} />
            <div>{ children }</div>
            if action != Html::default() {
                <div class="action">{ action }</div>
            }
        </div>
    }
}
