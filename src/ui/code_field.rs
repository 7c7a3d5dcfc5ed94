//! The six digits of a code.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{
    FieldState,
    field_frame::{FieldFrame, framed, message_id},
};

/// How many digits a code has: what Cognito sends for sign-up, resetting a password and MFA.
const DIGITS: usize = 6;

/// The digits of the code that `text` holds, at most six: typed, or pasted together with spaces, dashes and words
/// around it. A run of exactly six digits is taken before anything else.
///
/// ```
/// # use yew_cognito::ui::code_in;
/// assert_eq!(code_in("Your code of 24 May is 123-456."), "123456");
/// ```
pub fn code_in(text: &str) -> String {
    let mut runs = vec![String::new()];
    for character in text.chars() {
        match (character, runs.last_mut()) {
            (digit, Some(run)) if digit.is_ascii_digit() => run.push(digit),
            // People and mail programs group the digits of one code like this.
            (' ' | '-' | '\u{a0}' | '\u{2011}' | '\u{2013}', _) => {}
            _ => runs.push(String::new()),
        }
    }
    match runs.iter().find(|run| run.len() == DIGITS) {
        Some(run) => run.clone(),
        None => runs.concat().chars().take(DIGITS).collect(),
    }
}

/// Properties of [`CodeField`].
#[derive(Properties, Clone, PartialEq)]
pub struct CodeFieldProps {
    /// Its value, its error and its rule: see [`use_field`](super::use_field).
    pub state: FieldState,
    /// The words above it.
    #[prop_or(AttrValue::Static("Code"))]
    pub label: AttrValue,
    /// The input's `name`, and its `id`.
    #[prop_or(AttrValue::Static("code"))]
    pub name: AttrValue,
    /// A line under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it takes the focus when it appears.
    #[prop_or_default]
    pub autofocus: bool,
    /// Called when the sixth digit is there.
    #[prop_or_default]
    pub on_complete: Callback<()>,
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-code {
            container-type: inline-size;
            overflow: clip;
            background: var(--yc-surface);
            border: 1px solid var(--yc-control);
            border-radius: var(--yc-radius);
        }
        .yc-code:focus-within {
            outline: 2px solid var(--yc-focus);
            outline-offset: 1px;
        }
        .yc-code:has([aria-invalid="true"]) {
            border-color: var(--yc-danger);
        }
        .yc-code > input[name] {
            --cell: calc(100cqi / 6);
            display: block;
            width: calc(100% + 2 * var(--cell));
            min-height: 3rem;
            padding: 0 0 0 calc(var(--cell) / 2 - 0.5ch);
            font-family: var(--yc-font-mono);
            font-size: 1.375rem;
            letter-spacing: calc(var(--cell) - 1ch);
            background: repeating-linear-gradient(
                to right,
                transparent 0 calc(var(--cell) - 1px),
                var(--yc-border) calc(var(--cell) - 1px) var(--cell)
            );
            border: 0;
            border-radius: 0;
        }
        .yc-code > input[name]:focus-visible {
            outline: none;
        }
        "#
    )
}

/// One real input that looks like six boxes, so that pasting, filling in from a message and screen readers work as
/// in any other field.
#[component]
pub fn CodeField(props: &CodeFieldProps) -> Html {
    let CodeFieldProps {
        state,
        label,
        name,
        hint,
        on_complete,
        ..
    } = props.clone();
    let before = use_mut_ref(String::new);
    {
        let state = state.clone();
        let autofocus = props.autofocus;
        use_effect_with((), move |()| {
            if autofocus {
                state.focus();
            }
        });
    }
    let oninput = {
        let state = state.clone();
        Callback::from(move |_: InputEvent| {
            let typed = state.value();
            let code = code_in(&typed);
            if code != typed {
                state.set_value(&code);
            }
            state.typed();
            let is_new = before.replace(code.clone()) != code;
            if is_new && code.len() == DIGITS {
                on_complete.emit(());
            }
        })
    };
    let onblur = {
        let state = state.clone();
        Callback::from(move |_: FocusEvent| state.left())
    };
    let error = state.error();
    let frame = FieldFrame {
        id: &name,
        label,
        hint,
        error: error.clone(),
        aside: None,
    };
    let input = html! {
        <div class="yc-code" dir="ltr">
            <input
                ref={state.node()}
                id={name.clone()}
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                required=true
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={message_id(&name)}
                name={name.clone()}
                {oninput}
                {onblur}
            />
        </div>
    };
    framed(frame, input)
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn typing_keeps_digits_only() {
        assert_eq!(code_in(""), "");
        assert_eq!(code_in("12a"), "12");
        assert_eq!(code_in("123 4"), "1234");
        assert_eq!(code_in("1234567"), "123456");
    }

    #[test]
    fn pasting_finds_the_code_among_other_text() {
        assert_eq!(code_in(" 123 456\n"), "123456");
        assert_eq!(code_in("12-34-56"), "123456");
        assert_eq!(code_in("Your confirmation code is 004217."), "004217");
        assert_eq!(code_in("Order 7: use 654321, valid for 24 hours"), "654321");
        assert_eq!(code_in("code\u{a0}12\u{2013}3456"), "123456");
    }
}
