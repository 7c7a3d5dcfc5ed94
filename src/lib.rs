//! Sign-up, sign-in and sessions on Amazon Cognito for the browser.

pub mod config;
pub mod token;
