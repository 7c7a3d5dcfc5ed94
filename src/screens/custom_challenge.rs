//! Answer the pool's own question.

use std::collections::BTreeMap;

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
};
use crate::{
    auth::{Answer, Asks},
    token::CustomAnswer,
    ui::{
        AlertKind, Button, ButtonType, Field, FieldState, Form, PasswordField, alert, use_field,
        visually_hidden,
    },
};

/// The screen for a pool's own question (CUSTOM_CHALLENGE).
///
/// What it says comes from the `publicChallengeParameters` of the pool's CreateAuthChallenge trigger, all of them
/// optional and shown as plain text; others are not shown:
///
/// | key | |
/// |---|---|
/// | `title` | the heading |
/// | `question`, `prompt` or `message` | the sentence under it |
/// | `label` | the words above the field |
/// | `hint` | the line under the field |
/// | `type` | what is typed: `text`, or `code` (a one-time code), `number` or `password` |
#[component]
pub fn CustomChallenge() -> Html {
    let first = use_mut_ref(|| 0);
    let Some(shown) = use_challenge(Screen::CustomChallenge) else {
        return Html::default();
    };
    // Asked again, it goes on in the same form: what was typed is there to be mended.
    if !is_again(&shown) {
        first.replace(shown.key);
    }
    let key = *first.borrow();
    html! { <Question {key} {shown} /> }
}

fn is_again(shown: &Shown) -> bool {
    matches!(shown.challenge.asks, Asks::Custom { again: true, .. })
}

#[derive(Properties, Clone, PartialEq)]
struct QuestionProps {
    shown: Shown,
}

#[component]
fn Question(props: &QuestionProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let answer = use_field(|value| value.trim().is_empty().then_some("Enter your answer.".into()));
    {
        let answer = answer.clone();
        use_effect_with((props.shown.key, is_again(&props.shown)), move |(_, again)| {
            if *again {
                answer.set_error(Some("That wasn’t right. Try again.".into()));
            }
            answer.focus();
        });
    }
    let none = BTreeMap::new();
    let parameters = match &challenge.asks {
        Asks::Custom { parameters, .. } => parameters,
        _ => &none,
    };
    let said = |keys: &[&str]| said(parameters, keys);
    let kind = said(&["type"]).unwrap_or_default();
    let is_password = kind == "password";
    let onsubmit = {
        let (answering, answer) = (answering.clone(), answer.clone());
        Callback::from(move |()| {
            if !answer.check() {
                return answering.refuse();
            }
            let mut text = answer.value();
            if !is_password {
                text = text.trim().to_owned();
            }
            answering.send(Vec::new(), Answer::Custom(CustomAnswer::from(text)));
        })
    };
    let title = said(&["title"]).unwrap_or("One more question".into());
    let description = said(&["question", "prompt", "message"]).unwrap_or("Answer it to go on.".into());
    let label = said(&["label"]).unwrap_or("Your answer".into());
    html! {
        <ScreenCard {title} {description} footer={answering.footer(challenge)}>
            <Form {onsubmit} busy={answering.busy()} failures={answering.failures()}>
                { answering.alert() }
                if challenge.renewed {
                    { alert(AlertKind::Info, "That took a while, so please answer again.".into()) }
                }
                { field(&kind, answer, label, said(&["hint"]), &challenge.username) }
                <Button label="Continue" busy_label="Checking…" busy={answering.busy()} kind={ButtonType::Submit}
                    wide=true />
            </Form>
        </ScreenCard>
    }
}

/// The first of `keys` that says something.
fn said(parameters: &BTreeMap<String, String>, keys: &[&str]) -> Option<AttrValue> {
    keys.iter()
        .filter_map(|key| parameters.get(*key))
        .map(|text| text.trim())
        .find(|text| !text.is_empty())
        .map(|text| text.to_owned().into())
}

fn field(kind: &str, state: FieldState, label: AttrValue, hint: Option<AttrValue>, username: &str) -> Html {
    if kind == "password" {
        return html! {
            <>
                { visually_hidden(html! {
                    <input type="text" name="username" autocomplete="username" aria-label="Account" tabindex="-1"
                        readonly=true value={username.to_owned()} />
                }) }
                <PasswordField {state} {label} {hint} name="answer" autocomplete="off" />
            </>
        };
    }
    let (autocomplete, inputmode): (_, Option<AttrValue>) = match kind {
        "code" => ("one-time-code", Some("numeric".into())),
        "number" => ("off", Some("decimal".into())),
        _ => ("off", None),
    };
    html! {
        <Field {state} {label} {hint} name="answer" {autocomplete} {inputmode} />
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, said};

    #[test]
    fn what_the_trigger_says_is_taken_by_its_key_and_nothing_else_is() {
        let parameters: BTreeMap<_, _> = [
            ("prompt", " What now? "),
            ("question", " "),
            ("email", "ada@example.com"),
        ]
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .into();
        let said = |keys: &[&str]| said(&parameters, keys);
        assert_eq!(
            said(&["question", "prompt", "message"]).as_deref(),
            Some("What now?")
        );
        assert_eq!(said(&["title"]), None);
    }
}
