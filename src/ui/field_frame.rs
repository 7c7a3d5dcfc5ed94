//! What is around every input: its label, its hint and its error.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{Shape, icon};

/// What surrounds one input.
pub(super) struct FieldFrame<'a> {
    /// The input's `id`; the message's is [`message_id`].
    pub id: &'a AttrValue,
    pub label: AttrValue,
    pub hint: Option<AttrValue>,
    pub error: Option<AttrValue>,
    /// Stands at the end of the label's line.
    pub aside: Option<Html>,
}

/// The `id` of the element that holds the hint or the error of the input with this `id`.
pub(super) fn message_id(id: &str) -> String {
    [id, "-message"].concat()
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-field {
            display: grid;
            grid-template-columns: 1fr auto;
            gap: 0.375rem var(--yc-space-3);
            min-width: 0;
        }
        .yc-field > * {
            grid-column: 1 / -1;
            min-width: 0;
        }
        .yc-field > label {
            grid-area: 1 / 1;
        }
        .yc-field > .aside {
            grid-area: 1 / 2;
        }
        .yc-field label {
            font-size: var(--yc-text-small);
            font-weight: 500;
            line-height: 1.4;
        }
        .yc-field > .aside > a {
            margin-block: -0.75rem;
            padding-block: 0.75rem;
            font-size: var(--yc-text-small);
        }
        .yc-field input {
            box-sizing: border-box;
            width: 100%;
            min-height: var(--yc-target);
            margin: 0;
            padding: 0 var(--yc-space-3);
            font: 400 1rem / 1.5 var(--yc-font);
            color: var(--yc-text);
            background: var(--yc-surface);
            border: 1px solid var(--yc-control);
            border-radius: var(--yc-radius);
            transition: border-color 0.12s;
        }
        .yc-field input::placeholder {
            color: var(--yc-muted);
            opacity: 1;
        }
        .yc-field input:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 1px;
        }
        .yc-field input[aria-invalid="true"] {
            border-color: var(--yc-danger);
        }
        .yc-field > .message {
            display: flex;
            gap: 0.375rem;
            min-height: 1.25rem;
            font-size: 0.8125rem;
            line-height: 1.25rem;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
        }
        .yc-field > .message > svg {
            flex: none;
            width: 1rem;
            height: 1.25rem;
        }
        .yc-field > .message.error {
            color: var(--yc-danger);
        }
        @media (min-width: 48rem) {
            .yc-field input {
                font-size: var(--yc-text-base);
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-field input {
                transition: none;
            }
        }
        "#
    )
}

/// The message has its line even while it is empty, so that nothing moves when an error appears.
pub(super) fn framed(frame: FieldFrame<'_>, input: Html) -> Html {
    let (is_wrong, message) = match (frame.error, frame.hint) {
        (Some(error), _) => (true, html! { <>{ icon(Shape::Error) }<span>{ error }</span></> }),
        (None, hint) => (false, html! { { for hint } }),
    };
    html! {
        <div class="yc-field">
            <label for={frame.id}>{ frame.label }</label>
            { input }
            // Behind the input, so that the Tab key goes from field to field first.
            if let Some(aside) = frame.aside {
                <span class="aside">{ aside }</span>
            }
            <div class={classes!("message", is_wrong.then_some("error"))} id={message_id(frame.id)} aria-live="polite">
                { message }
            </div>
        </div>
    }
}
