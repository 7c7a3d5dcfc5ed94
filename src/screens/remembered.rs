//! What is remembered about passkeys in `localStorage`, for the next time on this device: the name that was last
//! signed in with by a passkey, and who does not want to be offered one. Never a secret, and nothing where the pool
//! has no passkeys or the browser bars storage.

use gloo_storage::{LocalStorage, Storage};

use crate::{config::Config, ui::theme::storage_is_open};

/// Keys are of one app client: several apps may share an address.
fn key(config: &Config, what: &str) -> String {
    ["yew-cognito.", &config.client_id.to_string(), ".", what].concat()
}

fn has_passkeys(config: &Config) -> bool {
    let passwordless = config.passwordless.as_ref();
    passwordless.is_some_and(|ways| ways.passkey.is_some()) && storage_is_open()
}

/// The name that was last signed in with by a passkey on this device.
pub(super) fn passkey_name(config: &Config) -> Option<String> {
    if !has_passkeys(config) {
        return None;
    }
    let name = LocalStorage::get::<String>(key(config, "passkey"));
    name.ok().filter(|name| !name.is_empty())
}

/// Remembers it.
pub(super) fn remember_passkey_name(config: &Config, name: &str) {
    if has_passkeys(config) {
        // Without it people start their passkey with a click.
        let _ = LocalStorage::set(key(config, "passkey"), name);
    }
}

/// There is no passkey for it any more.
pub(super) fn forget_passkey_name(config: &Config) {
    if has_passkeys(config) {
        LocalStorage::delete(key(config, "passkey"));
    }
}

/// Whether the user of this `sub` does not want to be offered a passkey on this device.
pub(super) fn has_declined_passkey(config: &Config, sub: &str) -> bool {
    has_passkeys(config)
        && LocalStorage::get::<Vec<String>>(key(config, "no-passkey"))
            .is_ok_and(|declined| declined.iter().any(|other| other == sub))
}

/// Remembers that.
pub(super) fn decline_passkey(config: &Config, sub: &str) {
    if has_passkeys(config) && !has_declined_passkey(config, sub) {
        let key = key(config, "no-passkey");
        let mut declined = LocalStorage::get::<Vec<String>>(&key).unwrap_or_default();
        declined.push(sub.to_owned());
        // Where it cannot be kept, they are asked again.
        let _ = LocalStorage::set(key, declined);
    }
}
