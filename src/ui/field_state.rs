//! What a form knows of one of its fields.

use std::{cell::Cell, rc::Rc};

use web_sys::{HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

/// A handle on one field: its input, its error, and the rule its value has to keep. Made by [`use_field`].
///
/// The value stays in the input and is read when it is needed, so that nothing a person, a password manager or
/// markup made ahead of time has put there is overwritten.
#[derive(Clone, PartialEq)]
pub struct FieldState {
    input: NodeRef,
    error: UseStateHandle<Option<AttrValue>>,
    rule: Callback<String, Option<AttrValue>>,
    left_once: Rc<Cell<bool>>,
    /// The error shown was found elsewhere, for the value that is there now.
    found_elsewhere: Rc<Cell<bool>>,
}

impl FieldState {
    /// What is in the input now; empty when it is not in the document.
    pub fn value(&self) -> String {
        self.element().map(|input| input.value()).unwrap_or_default()
    }

    /// Puts `value` in the input.
    pub fn set_value(&self, value: &str) {
        if let Some(input) = self.element() {
            input.set_value(value);
        }
    }

    /// Moves the focus to the input.
    pub fn focus(&self) {
        if let Some(input) = self.element() {
            // Fails only for an input that has just left the document.
            let _ = input.focus();
        }
    }

    /// Checks the value, shows what is wrong with it, and returns whether it is right. For submitting.
    pub fn check(&self) -> bool {
        self.left_once.set(true);
        self.found_elsewhere.set(false);
        let error = self.rule.emit(self.value());
        let is_right = error.is_none();
        self.error.set(error);
        is_right
    }

    /// Shows an error found elsewhere, such as by the server, until the value changes.
    pub fn set_error(&self, error: Option<AttrValue>) {
        self.left_once.set(true);
        self.found_elsewhere.set(error.is_some());
        self.error.set(error);
    }

    /// The error shown.
    pub fn error(&self) -> Option<AttrValue> {
        (*self.error).clone()
    }

    /// Whether the input is in the document, so that an error can be seen.
    pub fn is_in_document(&self) -> bool {
        self.element().is_some()
    }

    /// The form it stands in.
    pub(super) fn form(&self) -> Option<HtmlFormElement> {
        self.element().and_then(|input| input.form())
    }

    /// The input's place in the document.
    pub(crate) fn node(&self) -> NodeRef {
        self.input.clone()
    }

    /// The person typed: checked live once the field has been left or found wrong, not before.
    pub(super) fn typed(&self) {
        if self.left_once.get() {
            self.check();
        }
    }

    /// The person left the field: what is in it is checked, but an empty one is nobody's mistake yet, and an error
    /// found elsewhere stands until the value changes.
    pub(super) fn left(&self) {
        if !self.value().is_empty() && !self.found_elsewhere.get() {
            self.check();
        }
    }

    fn element(&self) -> Option<HtmlInputElement> {
        self.input.cast()
    }
}

/// The state of one field, whose `rule` returns what is wrong with a value, in words for people.
#[hook]
pub fn use_field(rule: impl Fn(&str) -> Option<AttrValue> + 'static) -> FieldState {
    let input = use_node_ref();
    let error = use_state_eq(|| None);
    let rule = use_callback((), move |value: String, ()| rule(&value));
    let left_once = use_memo((), |()| Cell::new(false));
    let found_elsewhere = use_memo((), |()| Cell::new(false));
    FieldState {
        input,
        error,
        rule,
        left_once,
        found_elsewhere,
    }
}
