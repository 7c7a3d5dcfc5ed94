//! The dialog: a question that comes before everything else on the page.

use stylist::{StyleSource, css};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::button_row;

/// Properties of [`Dialog`].
#[derive(Properties, Clone, PartialEq)]
pub struct DialogProps {
    /// The heading's `id`. Two dialogs on one page need two.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// A picture beside the title.
    #[prop_or_default]
    pub icon: Html,
    /// What it says; read out when it opens.
    pub children: Html,
    /// Its buttons. The first has the focus when it opens: the one that does no harm.
    pub buttons: Html,
    /// Called when it was closed with Escape, or by the back gesture of a phone.
    pub onclose: Callback<()>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-dialog {
            box-sizing: border-box;
            width: min(28rem, calc(100vw - 2 * var(--yc-space-4)));
            max-height: calc(100dvh - 2 * var(--yc-space-4));
            margin: auto;
            padding: var(--yc-space-6);
            overflow: auto;
            font: 400 var(--yc-text-base) / 1.5 var(--yc-font);
            color: var(--yc-text);
            background: var(--yc-surface);
            border: 1px solid var(--yc-border);
            border-radius: var(--yc-radius-large);
            box-shadow: 0 1px 2px rgb(0 0 0 / 20%), 0 16px 48px rgb(0 0 0 / 24%);
        }
        .yc-dialog[open] {
            display: grid;
            gap: var(--yc-space-6);
            animation: yc-dialog-in 0.16s ease-out;
        }
        .yc-dialog::backdrop {
            background: rgb(9 9 11 / 60%);
            animation: yc-backdrop-in 0.16s ease-out;
        }
        .yc-dialog > .words {
            display: grid;
            grid-template-columns: auto 1fr;
            gap: var(--yc-space-2) var(--yc-space-3);
        }
        .yc-dialog > .words > svg {
            margin-block: 0.1875rem;
            color: var(--yc-warning);
        }
        .yc-dialog h2 {
            grid-column: 2;
            margin: 0;
            font-size: 1.125rem;
            font-weight: 600;
            line-height: 1.4;
            letter-spacing: -0.01em;
            text-wrap: balance;
        }
        .yc-dialog > .words > div {
            grid-column: 2;
            color: var(--yc-muted);
            overflow-wrap: anywhere;
            text-wrap: pretty;
        }
        .yc-dialog > .words strong {
            font-weight: 600;
            font-variant-numeric: tabular-nums;
            white-space: nowrap;
            color: var(--yc-text);
        }
        .yc-dialog p {
            margin: 0;
        }
        @media (min-width: 30.0625rem) {
            .yc-dialog > .yc-button-row {
                /* Under the words, which stand beside the icon. */
                margin-inline-start: calc(1.25rem + var(--yc-space-3));
            }
        }
        @media (max-width: 30rem) {
            .yc-dialog {
                padding: var(--yc-space-6) var(--yc-space-4) var(--yc-space-4);
            }
        }
        @keyframes yc-dialog-in {
            from {
                opacity: 0;
                transform: translateY(0.5rem);
            }
        }
        @keyframes yc-backdrop-in {
            from {
                opacity: 0;
            }
        }
        @media (prefers-reduced-motion: reduce) {
            .yc-dialog[open], .yc-dialog::backdrop {
                animation: none;
            }
        }
        "#
    )
}

/// Open for as long as it is there. The page behind it is inert, and has its focus back when it goes.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let DialogProps {
        id,
        title,
        icon,
        children,
        buttons,
        onclose,
    } = props.clone();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let dialog = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // It fails for a dialog that is open already, and this one is new.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let words = AttrValue::from([&id, "-words"].concat());
    html! {
        <dialog ref={dialog} class="yc-dialog" aria-labelledby={id.clone()} aria-describedby={words.clone()}
            onclose={onclose.reform(|_: Event| ())}>
            <div class="words">
                { icon }
                <h2 {id}>{ title }</h2>
                <div id={words}>{ children }</div>
            </div>
            { button_row(buttons) }
        </dialog>
    }
}
