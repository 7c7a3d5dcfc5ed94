//! Sign-up, sign-in and sessions on Amazon Cognito for the browser.
//!
//! Layers, each using only those above it: [`config`] and [`ports`]; [`cognito`], the wire; [`srp`],
//! [`token`], [`totp`], [`webauthn`] and [`oauth`], one mechanism each; [`roles`], what groups say; [`sign_in`], the
//! challenges; [`session`], the life of the tokens; [`engine`], commands in and events out. With the feature
//! `credentials` comes `credentials`, the wire of identity pools. With the feature `ui` (on by default) come `auth`,
//! the Yew provider, hooks and guards; `ui`, the component kit; and `screens`, the journeys. The finished SPA, `app`,
//! is the binary.

/// The examples of the README and of `docs/`, which have to compile.
#[cfg(all(doctest, feature = "ui"))]
mod examples {
    #[doc = include_str!("../README.md")]
    mod readme {}
    #[doc = include_str!("../docs/redirect.md")]
    mod redirect {}
    #[doc = include_str!("../docs/roles.md")]
    mod roles {}
}

#[cfg(feature = "ui")]
pub mod auth;
pub mod cognito;
pub mod config;
#[cfg(feature = "credentials")]
pub mod credentials;
pub mod engine;
pub mod oauth;
pub mod ports;
pub mod roles;
#[cfg(feature = "ui")]
pub mod screens;
pub mod session;
pub mod sign_in;
pub mod srp;
pub mod token;
pub mod totp;
#[cfg(feature = "ui")]
pub mod ui;
pub mod webauthn;
#[cfg(feature = "browser")]
pub mod worker;
