//! What is kept in sessionStorage, of this tab alone: one transaction, for as long as the browser is away.

use std::time::Duration;

use gloo_storage::{SessionStorage, Storage};
use serde::{Deserialize, Serialize};

use crate::{
    engine::AuthError,
    oauth::{Transaction, Via},
};

const KEY: &str = "yew-cognito.authorization";

/// What waits for the answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub transaction: Transaction,
    pub via: Via,
    pub acr_values: Vec<String>,
    pub max_age: Option<Duration>,
    pub custom_state: Option<String>,
    pub return_to: Option<String>,
    /// Nobody has asked for it: what comes of it is not for people to read.
    pub is_look: bool,
}

pub(super) fn keep(kept: &Kept) -> Result<(), AuthError> {
    let is_kept = is_open() && SessionStorage::set(KEY, kept).is_ok();
    is_kept.then_some(()).ok_or(AuthError::NoStorage)
}

/// What is kept, for a look.
pub(super) fn peek() -> Option<Kept> {
    is_open().then(|| SessionStorage::get(KEY).ok()).flatten()
}

/// Keeps nothing more.
pub(super) fn forget() {
    if is_open() {
        SessionStorage::delete(KEY);
    }
}

/// `SessionStorage` panics where the browser refuses storage, so the browser is asked first.
pub(super) fn is_open() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
}
