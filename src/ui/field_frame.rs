//! What is around every input: its label, its hint and its error.

use stylist::yew::use_style;
use yew::prelude::*;

use super::{Icon, Shape};

#[derive(Properties, Clone, PartialEq)]
pub(super) struct FieldFrameProps {
    /// The input's `id`; the message's is [`message_id`].
    pub id: AttrValue,
    pub label: AttrValue,
    pub hint: Option<AttrValue>,
    pub error: Option<AttrValue>,
    /// Stands at the end of the label's line.
    #[prop_or_default]
    pub aside: Html,
    pub children: Html,
}

/// The `id` of the element that holds the hint or the error of the input with this `id`.
pub(super) fn message_id(id: &str) -> String {
    [id, "-message"].concat()
}

/// The message has its line even while it is empty, so that nothing moves when an error appears.
#[component]
pub(super) fn FieldFrame(props: &FieldFrameProps) -> Html {
    let class = use_style!(
        r#"
        display: grid;
        gap: 0.375rem;
        min-width: 0;

        & > .line {
            display: flex;
            flex-wrap: wrap;
            align-items: baseline;
            justify-content: space-between;
            gap: 0 var(--yc-space-3);
        }
        label {
            font-size: var(--yc-text-small);
            font-weight: 500;
            line-height: 1.4;
        }
        & > .line > a {
            margin-block: -0.75rem;
            padding-block: 0.75rem;
            font-size: var(--yc-text-small);
        }
        input {
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
        input::placeholder {
            color: var(--yc-muted);
            opacity: 1;
        }
        input:focus-visible {
            outline: 2px solid var(--yc-focus);
            outline-offset: 1px;
        }
        input[aria-invalid="true"] {
            border-color: var(--yc-danger);
        }
        & > .message {
            display: flex;
            gap: 0.375rem;
            min-height: 1.25rem;
            font-size: 0.8125rem;
            line-height: 1.25rem;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
        }
        & > .message > svg {
            flex: none;
            width: 1rem;
            height: 1.25rem;
        }
        & > .message.error {
            color: var(--yc-danger);
        }
        @media (min-width: 48rem) {
            input {
                font-size: var(--yc-text-base);
            }
        }
        @media (prefers-reduced-motion: reduce) {
            input {
                transition: none;
            }
        }
        "#
    );
    let FieldFrameProps {
        id,
        label,
        hint,
        error,
        aside,
        children,
    } = props.clone();
    let message_id = message_id(&id);
    html! {
        <div {class}>
            <div class="line"><label for={id}>{ label }</label>{ aside }</div>
            { children }
            <div class={classes!("message", error.is_some().then_some("error"))} id={message_id} aria-live="polite">
                if let Some(error) = error {
                    <Icon shape={Shape::Error} /><span>{ error }</span>
                } else if let Some(hint) = hint {
                    { hint }
                }
            </div>
        </div>
    }
}
