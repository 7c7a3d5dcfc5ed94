//! What a person has of something, read from the service and taken from it one by one.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::submission::{Submission, use_submission};
use crate::{
    auth::{AuthError, EngineHandle, use_auth},
    ui::{AlertKind, Button, ButtonVariant, Item, alert, button_row, item_list, section, skeleton},
};

/// What was read.
#[derive(Clone, PartialEq)]
enum Read<T> {
    NotYet,
    Have(Vec<T>),
    /// The pool has nothing of the kind.
    NotThere,
    Failed,
}

/// How to read the list, and how to take something from it.
pub(super) trait Own: Clone + PartialEq + 'static {
    /// All there are; `Misconfigured` if the pool has nothing of the kind.
    fn read(engine: EngineHandle) -> impl Future<Output = Result<Vec<Self>, AuthError>>;
    /// Has the service delete or forget the one of that key.
    fn remove(engine: EngineHandle, key: String) -> impl Future<Output = Result<(), AuthError>>;
    /// Its name for programs.
    fn key(&self) -> &str;
    /// Whether it can be taken from the list.
    fn is_removable(&self) -> bool {
        true
    }
}

/// The words around a removal.
pub(super) struct Words {
    /// On the button of each; for screen readers the name follows.
    pub remove: &'static str,
    /// What is asked before it is done.
    pub question: &'static str,
    /// On the button that confirms it.
    pub confirm: &'static str,
    /// On the button that does not.
    pub keep: &'static str,
    /// While it is under way.
    pub busy: &'static str,
    /// Once it is done.
    pub done: &'static str,
}

/// See [`use_own_list`].
#[derive(Clone)]
pub(super) struct OwnList<T: Own> {
    engine: EngineHandle,
    read: UseStateHandle<Read<T>>,
    reading: Submission,
    removing: Submission,
    /// The one about which the person is asked.
    asked: UseStateHandle<Option<String>>,
    done: UseStateHandle<Option<AttrValue>>,
    heading: NodeRef,
    question: NodeRef,
    /// Where the question stands, for the focus to stay there.
    row: Rc<RefCell<Option<Element>>>,
}

impl<T: Own> OwnList<T> {
    /// Reads it, and says `done` when it is there.
    pub fn reload(&self, done: Option<AttrValue>) {
        let (engine, read, said) = (self.engine.clone(), self.read.setter(), self.done.setter());
        let failed = self.read.setter();
        let work = async move {
            let list = T::read(engine).await;
            match list {
                Err(AuthError::Misconfigured(_)) => Ok(None),
                Err(error) => {
                    failed.set(Read::Failed);
                    Err(error)
                }
                Ok(list) => Ok(Some(list)),
            }
        };
        self.reading.start(Vec::new(), work, move |list| {
            read.set(list.map_or(Read::NotThere, Read::Have));
            said.set(done);
            false
        });
    }

    /// Something has been done: what is said of the one before no longer matters.
    pub fn clear(&self) {
        self.asked.set(None);
        self.done.set(None);
    }

    /// Whether the pool has nothing of the kind.
    pub fn is_missing(&self) -> bool {
        *self.read == Read::NotThere
    }

    /// The section: each one as `item` shows it, `empty` if there is none, `more` at the end.
    pub fn section(
        &self,
        title: &'static str,
        words: &Words,
        item: impl Fn(&T) -> Item,
        empty: &'static str,
        more: Html,
    ) -> Html {
        let content = match &*self.read {
            Read::NotThere => return Html::default(),
            Read::NotYet => skeleton("Loading", 2),
            Read::Failed => {
                let (this, busy) = (self.clone(), self.reading.busy());
                let onclick = Callback::from(move |_: MouseEvent| this.reload(None));
                html! {
                    <>
                        { self.reading.alert() }
                        <Button label="Try again" busy_label="Trying…" {busy} variant={ButtonVariant::Secondary} {onclick} />
                    </>
                }
            }
            Read::Have(list) => {
                let items = list.iter().map(|one| {
                    let shown = item(one);
                    match one.is_removable() {
                        true => Item {
                            actions: self.actions(one.key(), &shown.title, words),
                            ..shown
                        },
                        false => shown,
                    }
                });
                html! {
                    <>
                        if let Some(done) = &*self.done {
                            { alert(AlertKind::Success, done.clone()) }
                        }
                        { self.removing.alert() }
                        { self.reading.alert() }
                        if list.is_empty() {
                            <p>{ empty }</p>
                        } else {
                            { item_list(items.collect()) }
                        }
                        { more }
                    </>
                }
            }
        };
        section(title.into(), self.heading.clone(), content)
    }

    /// What was read, if it was.
    pub fn all(&self) -> &[T] {
        match &*self.read {
            Read::Have(list) => list,
            Read::NotYet | Read::NotThere | Read::Failed => &[],
        }
    }

    /// The button that takes the one of that key from the list, or the question before it does.
    pub fn actions(&self, key: &str, title: &AttrValue, words: &Words) -> Html {
        let asked = self.asked.setter();
        if self.asked.as_deref() != Some(key) {
            let (key, done) = (key.to_owned(), self.done.setter());
            let onclick = Callback::from(move |_: MouseEvent| {
                done.set(None);
                asked.set(Some(key.clone()));
            });
            let label = [words.remove, " ", title].concat();
            return html! {
                <Button label={words.remove} described={label} variant={ButtonVariant::Secondary}
                    disabled={self.removing.busy()} {onclick} />
            };
        }
        let keep = Callback::from(move |_: MouseEvent| asked.set(None));
        let remove = {
            let (this, key, done) = (self.clone(), key.to_owned(), words.done);
            Callback::from(move |_: MouseEvent| {
                let (work, this) = (T::remove(this.engine.clone(), key.clone()), this.clone());
                let (removing, heading) = (this.removing.clone(), this.heading.clone());
                let work = async move {
                    match work.await {
                        // Somebody was quicker: it is gone all the same.
                        Err(AuthError::AlreadyGone) => Ok(()),
                        removed => removed,
                    }
                };
                removing.start(Vec::new(), work, move |()| {
                    this.row.take();
                    this.asked.set(None);
                    this.reload(Some(done.into()));
                    // The button that had the focus goes.
                    if let Some(heading) = heading.cast::<HtmlElement>() {
                        let _ = heading.focus();
                    }
                    false
                });
            })
        };
        let buttons = html! {
            <>
                <Button label={words.confirm} busy_label={words.busy} busy={self.removing.busy()}
                    variant={ButtonVariant::Destructive} onclick={remove} />
                <Button label={words.keep} variant={ButtonVariant::Secondary} onclick={keep} />
            </>
        };
        html! { <div role="group" tabindex="-1" aria-label={words.question} ref={self.question.clone()}><p>{ words.question }</p>{ button_row(buttons) }</div> }
    }
}

/// A list of what the person who is signed in has, read when it appears.
#[hook]
pub(super) fn use_own_list<T: Own>() -> OwnList<T> {
    let list = OwnList {
        engine: use_auth().handle(),
        read: use_state_eq(|| Read::NotYet),
        reading: use_submission(),
        removing: use_submission(),
        asked: use_state_eq(|| None),
        done: use_state_eq(|| None),
        heading: use_node_ref(),
        question: use_node_ref(),
        row: use_mut_ref(|| None),
    };
    {
        let (question, row) = (list.question.clone(), list.row.clone());
        use_effect_with((*list.asked).clone(), move |asked| {
            // The button that had the focus has gone.
            let focus = match (asked, question.cast::<HtmlElement>()) {
                (Some(_), Some(question)) => {
                    row.replace(question.parent_element());
                    Some(question)
                }
                _ => row.take().as_ref().and_then(first_button),
            };
            if let Some(focus) = focus {
                let _ = focus.focus();
            }
        });
    }
    {
        let list = list.clone();
        use_effect_with((), move |()| list.reload(None));
    }
    list
}

fn first_button(row: &Element) -> Option<HtmlElement> {
    row.query_selector("button").ok().flatten()?.dyn_into().ok()
}
