//! A text to copy.

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use stylist::{StyleSource, css};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Node;
use yew::{platform::spawn_local, prelude::*};

use super::{Shape, icon};

/// How long the button says that it has copied, in milliseconds.
const COPIED_FOR: u32 = 2_000;

#[wasm_bindgen]
extern "C" {
    // Where a page may not reach the clipboard there is no `navigator.clipboard` at all, so this throws.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_to_clipboard(text: &str) -> Result<Promise, JsValue>;
}

/// Properties of [`CopyText`].
#[derive(Properties, Clone, PartialEq)]
pub struct CopyTextProps {
    /// What the text is, such as "Setup key".
    pub label: AttrValue,
    /// What is copied. It may be a secret: it goes to the clipboard and nowhere else.
    pub value: AttrValue,
    /// What is shown: the same, in groups that are easy to read.
    pub shown: AttrValue,
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    None,
    Copied,
    Selected,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-copy {
            display: grid;
            gap: 0.375rem;
            min-width: 0;
        }
        .yc-copy > p {
            margin: 0;
            font-size: 0.8125rem;
            line-height: 1.25rem;
            color: var(--yc-muted);
        }
        .yc-copy > .label {
            font-size: var(--yc-text-small);
            font-weight: 500;
            color: var(--yc-text);
        }
        .yc-copy > div {
            display: flex;
            flex-wrap: wrap;
            gap: var(--yc-space-2) var(--yc-space-3);
            align-items: center;
            padding: var(--yc-space-3);
            background: var(--yc-quiet);
            border: 1px solid var(--yc-border);
            border-radius: var(--yc-radius);
        }
        .yc-copy code {
            flex: 1 1 12rem;
            min-width: 0;
            font: 400 var(--yc-text-small) / 1.6 var(--yc-font-mono);
            text-align: start;
            overflow-wrap: anywhere;
            user-select: all;
        }
        .yc-copy button {
            flex: none;
        }
        @media (max-width: 30rem) {
            .yc-copy button {
                flex: 1 1 auto;
            }
        }
        "#
    )
}

/// A text that is there to be read, selected or copied by a button. Where the browser refuses the clipboard, the
/// button selects the text and says how to go on.
#[component]
pub fn CopyText(props: &CopyTextProps) -> Html {
    let CopyTextProps { label, value, shown } = props.clone();
    let outcome = use_state_eq(|| Outcome::None);
    let text = use_node_ref();
    let timeout = use_mut_ref(|| None::<Timeout>);
    let onclick = {
        let (outcome, text) = (outcome.setter(), text.clone());
        Callback::from(move |_: MouseEvent| {
            // Asked for at once: Safari allows it only while the click is being handled.
            let asked = write_to_clipboard(&value);
            let (outcome, text, timeout) = (outcome.clone(), text.clone(), timeout.clone());
            spawn_local(async move {
                let copied = match asked {
                    Ok(promise) => JsFuture::from(promise).await.is_ok(),
                    Err(_) => false,
                };
                if copied {
                    outcome.set(Outcome::Copied);
                    let over = Timeout::new(COPIED_FOR, move || outcome.set(Outcome::None));
                    timeout.replace(Some(over));
                } else {
                    timeout.replace(None);
                    select(&text);
                    outcome.set(Outcome::Selected);
                }
            });
        })
    };
    let is_copied = *outcome == Outcome::Copied;
    let (status_class, status) = match *outcome {
        Outcome::None => ("yc-visually-hidden", ""),
        Outcome::Copied => ("yc-visually-hidden", "Copied"),
        Outcome::Selected => ("", "Selected. Press Ctrl+C or ⌘C to copy."),
    };
    html! {
        <div class="yc-copy">
            <p class="label">{ label.clone() }</p>
            <div>
                <code ref={text} dir="ltr" translate="no">{ shown }</code>
                <button type="button" class="yc-button secondary" {onclick}>
                    <span class={classes!(is_copied.then_some("away"))}>
                        { icon(Shape::Copy) }{ "Copy" }
                        <span class="yc-visually-hidden">{ label }</span>
                    </span>
                    <span class={classes!((!is_copied).then_some("away"))}>{ icon(Shape::Check) }{ "Copied" }</span>
                </button>
            </div>
            <p class={status_class} role="status">{ status }</p>
        </div>
    }
}

fn select(text: &NodeRef) {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    if let (Some(selection), Some(text)) = (selection, text.cast::<Node>()) {
        // Fails only for a text that has just left the document.
        let _ = selection.select_all_children(&text);
    }
}
