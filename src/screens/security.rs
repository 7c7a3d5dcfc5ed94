//! Passkeys, linked accounts, remembered devices and sessions.

use yew::prelude::*;

use super::{DeviceList, Identities, PasskeyList, ScreenCard, SessionList};
use crate::auth::use_auth;

/// Properties of [`Security`].
#[derive(Properties, Clone, PartialEq)]
pub struct SecurityProps {
    /// The way to another screen.
    #[prop_or_default]
    pub footer: Option<Html>,
}

/// The screen for what people sign in by and on: passkeys, linked accounts, devices and sessions, as far as the pool has
/// them. Whoever can change these can sign in for good: put a [`RequireAuthLevel`](super::RequireAuthLevel) around it.
#[component]
pub fn Security(props: &SecurityProps) -> Html {
    let auth = use_auth();
    let engine = auth.handle();
    let without_devices = use_state_eq(|| false);
    let without_sessions = use_state_eq(|| false);
    let passwordless = engine.config().passwordless.as_ref();
    let claims = auth.claims();
    let has_identities = claims.is_some_and(|claims| !claims.identities().is_empty());
    // Whoever exists by an account elsewhere signs in there.
    let is_own = claims.is_some_and(|claims| claims.external_identity().is_none());
    let has_passkeys = is_own && passwordless.is_some_and(|ways| ways.passkey.is_some());
    let no_devices = use_callback((), {
        let without_devices = without_devices.setter();
        move |(), ()| without_devices.set(true)
    });
    let no_sessions = use_callback((), {
        let without_sessions = without_sessions.setter();
        move |(), ()| without_sessions.set(true)
    });
    html! {
        <ScreenCard title="Security" description="What you sign in by, and where." footer={props.footer.clone()}>
            if has_passkeys {
                <PasskeyList />
            }
            <Identities />
            <DeviceList on_missing={no_devices} />
            <SessionList on_missing={no_sessions} />
            if *without_devices && *without_sessions && !has_passkeys && !has_identities {
                <p>{ "There is nothing to look after: this site has no passkeys, remembers no devices and keeps no list of sessions." }</p>
            }
        </ScreenCard>
    }
}
