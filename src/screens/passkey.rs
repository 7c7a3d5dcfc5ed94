//! Use a passkey.

use yew::{platform::spawn_local, prelude::*};

use super::{
    Screen, ScreenCard,
    challenge::{Shown, use_answering, use_challenge},
    remembered::remember_passkey_name,
};
use crate::{
    auth::{
        Answer, Asks, Factor, Step,
        passkeys::{self, Abort, Mediation},
        use_auth, words,
    },
    token::PasskeyAnswer,
    ui::{AlertKind, Button, Form, Shape, alert, icon_hero},
    webauthn::PasskeyProblem,
};

/// A person takes longer than this, in milliseconds, to turn the browser's dialog down: it never came, for want of
/// a click.
const AT_ONCE: f64 = 300.0;

/// The screen for a passkey. The browser's own dialog opens by itself, where the browser lets it.
#[component]
pub fn Passkey() -> Html {
    match use_challenge(Screen::Passkey) {
        Some(shown) => html! { <PasskeyPrompt key={shown.key} shown={shown.clone()} /> },
        None => Html::default(),
    }
}

#[derive(Properties, Clone, PartialEq)]
struct PasskeyPromptProps {
    shown: Shown,
}

#[derive(Clone, PartialEq)]
enum Stage {
    /// The browser asks.
    Asking,
    /// It wants a click first.
    NeedsClick,
    /// It gave no passkey.
    Failed(PasskeyProblem),
    /// What the passkey said is with the service, or was refused.
    Answered,
}

#[component]
fn PasskeyPrompt(props: &PasskeyPromptProps) -> Html {
    let challenge = &props.shown.challenge;
    let answering = use_answering();
    let engine = use_auth().handle();
    let stage = use_state_eq(|| Stage::Asking);
    let abort = use_memo((), |()| Abort::new());
    let ask = {
        let (answering, stage, abort) = (answering.clone(), stage.setter(), abort.clone());
        let challenge = challenge.clone();
        Callback::from(move |by_click: bool| {
            let Asks::Passkey { options } = &challenge.asks else {
                return;
            };
            let asked = js_sys::Date::now();
            let credential = passkeys::get(options, Mediation::Modal, &abort);
            stage.set(Stage::Asking);
            let (answering, stage) = (answering.clone(), stage.clone());
            let (engine, challenge) = (engine.clone(), challenge.clone());
            spawn_local(async move {
                let problem = match credential.await {
                    Ok(credential) => {
                        stage.set(Stage::Answered);
                        let answer = Answer::Passkey(PasskeyAnswer::from(credential));
                        return answering.send_then(Vec::new(), answer, move |step| {
                            if matches!(step, Step::SignedIn) {
                                remember_passkey_name(engine.config(), &challenge.username);
                            }
                        });
                    }
                    Err(problem) => problem,
                };
                let at_once = js_sys::Date::now() - asked < AT_ONCE;
                stage.set(match problem {
                    PasskeyProblem::Cancelled if at_once && !by_click => Stage::NeedsClick,
                    problem => Stage::Failed(problem),
                });
            });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| {
            ask.emit(false);
            move || abort.abort()
        });
    }
    let has_failed = u32::from(matches!(*stage, Stage::Failed(_)));
    let problem = match &*stage {
        Stage::Failed(problem) => alert(AlertKind::Error, words::passkey(problem.code()).into()),
        _ => answering.alert(),
    };
    let button = match &*stage {
        Stage::Asking => html! {
            <Button label="Use your passkey" busy_label="Waiting for your passkey…" busy=true wide=true />
        },
        Stage::NeedsClick => {
            let onclick = ask.reform(|_: MouseEvent| true);
            html! { <Button label="Use your passkey" wide=true {onclick} /> }
        }
        // Neither will be otherwise the next time.
        Stage::Failed(PasskeyProblem::WrongSite | PasskeyProblem::Unsupported) => Html::default(),
        Stage::Failed(_) | Stage::Answered => {
            let onclick = answering.with(Answer::Factor(Factor::Passkey));
            html! {
                <Button label="Try again" busy_label="One moment…" busy={answering.busy()} wide=true {onclick} />
            }
        }
    };
    let lead = if challenge.renewed {
        "That took a while, so please confirm once more that you are "
    } else {
        "Confirm with your fingerprint, face or screen lock that you are "
    };
    let description = [lead, &challenge.username, "."].concat();
    html! {
        <ScreenCard title="Use your passkey" {description} footer={answering.footer(challenge)}>
            { icon_hero(Shape::Passkey) }
            <Form onsubmit={Callback::noop()} busy={answering.busy()}
                failures={answering.failures().wrapping_add(has_failed)}>
                { problem }
                { button }
            </Form>
        </ScreenCard>
    }
}
