//! The passkeys of somebody signed in.

use yew::prelude::*;

use super::{
    own_list::{Own, Words, use_own_list},
    passkey_offer::{not_created, register},
    submission::use_submission,
    words::local_time,
};
use crate::{
    auth::{
        AuthError, EngineHandle, RegisteredPasskey,
        passkeys::{self, Abort},
        use_auth,
    },
    ui::{AlertKind, Button, ButtonVariant, Item, alert, note},
    webauthn::PasskeyProblem,
};

const WORDS: Words = Words {
    remove: "Delete",
    question: "Delete this passkey? You can no longer sign in with it.",
    confirm: "Delete this passkey",
    keep: "Keep it",
    busy: "Deleting…",
    done: "The passkey is deleted.",
};

impl Own for RegisteredPasskey {
    async fn read(engine: EngineHandle) -> Result<Vec<Self>, AuthError> {
        engine.passkeys().await
    }

    async fn remove(engine: EngineHandle, key: String) -> Result<(), AuthError> {
        engine.delete_passkey(&key).await
    }

    fn key(&self) -> &str {
        &self.credential_id
    }
}

/// The passkeys of the person who is signed in, each with a button that deletes it, and one to create another. It is
/// for pools that have passkeys.
#[component]
pub fn PasskeyList() -> Html {
    let engine = use_auth().handle();
    let list = use_own_list::<RegisteredPasskey>();
    let creating = use_submission();
    let problem = use_state_eq(|| None::<PasskeyProblem>);
    let abort = use_memo((), |()| Abort::new());
    {
        let abort = abort.clone();
        use_effect_with((), move |()| move || abort.abort());
    }
    let create = {
        let (creating, problem, list) = (creating.clone(), problem.setter(), list.clone());
        Callback::from(move |_: MouseEvent| {
            problem.set(None);
            list.clear();
            let (work, problem, list) = (
                register(engine.clone(), abort.clone()),
                problem.clone(),
                list.clone(),
            );
            creating.start(Vec::new(), work, move |made| {
                match made {
                    Ok(()) => list.reload(Some("The passkey is ready.".into())),
                    Err(PasskeyProblem::Aborted) => {}
                    Err(other) => problem.set(Some(other)),
                }
                false
            });
        })
    };
    let more = html! {
        <>
            { creating.alert() }
            if let Some(problem) = &*problem {
                { alert(AlertKind::Error, not_created(problem).into()) }
            }
            if passkeys::is_supported() {
                <Button label="Create a passkey" busy_label="Waiting for your device…" busy={creating.busy()}
                    variant={ButtonVariant::Secondary} onclick={create} />
            } else {
                { note("This browser can’t create passkeys.".into()) }
            }
        </>
    };
    let item = |passkey: &RegisteredPasskey| Item {
        key: passkey.credential_id.clone().into(),
        title: match passkey.name.is_empty() {
            true => "Passkey".into(),
            false => passkey.name.clone().into(),
        },
        badges: Html::default(),
        detail: passkey
            .created_at
            .map(|time| ["Created: ", &local_time(time.as_secs())].concat().into()),
        actions: Html::default(),
    };
    let empty = "You have no passkeys yet. With one, you sign in by fingerprint, face or screen lock.";
    list.section("Passkeys", &WORDS, item, empty, more)
}
