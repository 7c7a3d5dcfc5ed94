//! CUSTOM_AUTH's challenges, from a list in place of the three Lambda triggers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::contact::Contact;

/// What the DefineAuthChallenge trigger would decide: these challenges one after the other, then tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomAuth {
    pub(crate) challenges: Vec<CustomChallenge>,
    /// How many wrong answers in a sign-in end it.
    #[serde(default = "three")]
    pub(crate) attempts: u32,
}

fn three() -> u32 {
    3
}

/// One CUSTOM_CHALLENGE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomChallenge {
    /// What the client is told (`publicChallengeParameters`).
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) expects: Expected,
}

/// The right answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Expected {
    /// This text.
    Answer(String),
    /// A code that is sent there.
    CodeTo(Contact),
}
