//! Sign-up, sign-in and sessions on Amazon Cognito for the browser.

#[cfg(feature = "ui")]
pub mod screens;
#[cfg(feature = "ui")]
pub mod ui;
