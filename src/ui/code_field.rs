//! The digits of a code.

use stylist::{StyleSource, css};
use yew::prelude::*;

use super::{
    FieldState,
    field_frame::{FieldFrame, framed, message_id},
};

/// The code of so many `digits` that `text` holds, or what is there of it: typed, or pasted together with spaces,
/// dashes and words around it. A run of exactly that many digits is taken before anything else, which has `longest` at
/// most.
///
/// ```
/// # use yew_cognito::ui::code_in;
/// assert_eq!(code_in("Your code of 24 May is 123-456.", 6, 6), "123456");
/// ```
pub fn code_in(text: &str, digits: usize, longest: usize) -> String {
    let mut runs = vec![String::new()];
    for character in text.chars() {
        match (character, runs.last_mut()) {
            (digit, Some(run)) if digit.is_ascii_digit() => run.push(digit),
            // People and mail programs group the digits of one code like this.
            (' ' | '-' | '\u{a0}' | '\u{2011}' | '\u{2013}', _) => {}
            _ => runs.push(String::new()),
        }
    }
    match runs.iter().find(|run| run.len() == digits) {
        Some(run) => run.clone(),
        None => runs.concat().chars().take(longest).collect(),
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
    /// How many digits the code has, and so how many cells there are: six, as Cognito's codes have for sign-up, for
    /// a new password and for MFA, or eight, as those have that stand in for a password.
    #[prop_or(6)]
    pub digits: usize,
    /// How many digits it takes at most, if it may turn out longer: it has eight cells then.
    #[prop_or_default]
    pub longest: usize,
    /// Called when the last digit is there.
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
            --line: var(--yc-border);
            display: block;
            width: calc(100% + 2 * var(--cell));
            min-height: 3rem;
            padding: 0 0 0 calc(var(--cell) / 2 - 0.5ch);
            font-family: var(--yc-font-mono);
            font-size: 1.375rem;
            letter-spacing: calc(var(--cell) - 1ch);
            /* A pixel further, so that the last line is out of sight. A hair less than that, as a line half in one
               pixel and half in the next may be drawn in neither. */
            background: repeating-linear-gradient(
                to right,
                transparent 0 calc(var(--cell) - 1.06px),
                var(--line) calc(var(--cell) - 1.06px) calc(var(--cell) - 0.06px),
                transparent calc(var(--cell) - 0.06px) var(--cell)
            ) 1px 0 no-repeat;
            border: 0;
            border-radius: 0;
        }
        .yc-code.eight > input[name] {
            --cell: calc(100cqi / 8);
        }
        .yc-code > input[name]:focus-visible {
            outline: none;
        }
        @media (forced-colors: active) {
            /* Forced colours take every gradient away, and with it the cells. */
            .yc-code > input[name] {
                --line: GrayText;
                forced-color-adjust: none;
                color: FieldText;
                background-color: Field;
            }
        }
        "#
    )
}

/// One real input that looks like a box for each digit, so that pasting, filling in from a message and screen readers work as
/// in any other field.
#[component]
pub fn CodeField(props: &CodeFieldProps) -> Html {
    let CodeFieldProps {
        state,
        label,
        name,
        hint,
        digits,
        longest,
        on_complete,
        ..
    } = props.clone();
    let is_long = use_state_eq(|| false);
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
        let (state, is_long) = (state.clone(), is_long.setter());
        Callback::from(move |_: InputEvent| {
            let typed = state.value();
            let code = code_in(&typed, digits, longest.max(digits));
            if code != typed {
                state.set_value(&code);
            }
            is_long.set(code.len() > digits);
            state.typed();
            let is_new = before.replace(code.clone()) != code;
            if is_new && code.len() == digits {
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
        <div class={classes!("yc-code", (digits == 8 || *is_long).then_some("eight"))} dir="ltr">
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
        assert_eq!(code_in("", 6, 6), "");
        assert_eq!(code_in("12a", 6, 6), "12");
        assert_eq!(code_in("123 4", 6, 6), "1234");
        assert_eq!(code_in("1234567", 6, 6), "123456");
        assert_eq!(code_in("1234567", 8, 8), "1234567");
        assert_eq!(code_in("123456789", 8, 8), "12345678");
    }

    #[test]
    fn pasting_finds_the_code_among_other_text() {
        assert_eq!(code_in(" 123 456\n", 6, 6), "123456");
        assert_eq!(code_in("12-34-56", 6, 6), "123456");
        assert_eq!(code_in("Your confirmation code is 004217.", 6, 6), "004217");
        assert_eq!(code_in("Order 7: use 654321, valid for 24 hours", 6, 6), "654321");
        assert_eq!(code_in("code\u{a0}12\u{2013}3456", 6, 6), "123456");
    }

    #[test]
    fn a_code_that_turns_out_longer_is_whole() {
        assert_eq!(code_in("1234567", 6, 8), "1234567");
        assert_eq!(code_in("Your code is 1234-5678.", 6, 8), "12345678");
        assert_eq!(code_in("123456789", 6, 8), "12345678");
        assert_eq!(code_in("123456", 8, 8), "123456");
    }

    #[test]
    fn the_code_is_the_run_of_its_own_length() {
        let mail = "Order 123456 of 2026: your code is 0042 1776.";
        assert_eq!(code_in(mail, 6, 6), "123456");
        assert_eq!(code_in(mail, 8, 8), "00421776");
        assert_eq!(code_in("12-34-56-78", 8, 8), "12345678");
    }
}
