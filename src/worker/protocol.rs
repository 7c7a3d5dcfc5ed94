//! What a page and the engine's worker say to each other, as JSON text.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    config::Config,
    engine::{AuthError, Command, Event, Reply, Snapshot},
    webauthn::base64url,
};

/// The version of all that is in here, of the engine's vocabulary too. A page and a worker of different versions have
/// nothing to say to each other.
pub(crate) const PROTOCOL: u32 = 2;

/// From a page.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum ToEngine {
    /// The first message.
    Hello {
        /// Which pool: the one that the worker is named after.
        config: Box<Config>,
        /// The Web Lock that the page holds for as long as it lives.
        page: String,
    },
    /// Carry out a command and answer by its number.
    Call { id: u64, command: Command },
    /// Are you there?
    Ping,
    /// The page leaves and means to be back within this time.
    Away(Duration),
    /// The page is put into the back/forward cache, or was taken out of it. It holds its lock there, but nobody sees it.
    PutAway(bool),
    /// There was no answer for so long that the page has gone on to another engine.
    GivenUp,
}

/// To a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum FromEngine {
    /// The answer to [`ToEngine::Hello`].
    Welcome {
        /// The Web Lock that the engine holds for as long as it lives.
        engine: String,
        /// What all events so far add up to.
        snapshot: Box<Snapshot>,
    },
    /// Another answer to it: the page has to do without.
    Refused(Refusal),
    /// Something changed.
    Event(Event),
    /// The answer to the call of this number.
    Reply {
        id: u64,
        result: Result<Reply, AuthError>,
    },
    /// Yes.
    Pong,
}

/// Why a page cannot have this engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Refusal {
    /// It speaks another version, or no language known.
    Protocol,
    /// It is for another user pool, or the same set up otherwise.
    Config,
    /// It cannot run here.
    NotStarted,
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    protocol: u32,
    message: T,
}

/// What `engine.js` says to a page that connects while the program is still loading.
pub(crate) const STARTING: &str = "starting";

/// What a SharedWorker for `config` is called, the `number`th of its kind. Its Web Lock is called so, too, with
/// something of its own behind it.
pub(crate) fn worker_name(config: &Config, number: u32) -> String {
    [&kind(config), "/", &number.to_string()].concat()
}

/// Whether a worker of this name is for `config`.
pub(crate) fn is_named_for(name: &str, config: &Config) -> bool {
    name.rsplit_once('/').is_some_and(|(of, _)| of == kind(config))
}

/// The number of the worker for `config` that holds the lock `name`; none if none does.
pub(crate) fn number_of(name: &str, config: &Config) -> Option<u32> {
    let (number, _) = name
        .strip_prefix(&kind(config))?
        .strip_prefix('/')?
        .split_once('/')?;
    number.parse().ok()
}

fn kind(config: &Config) -> String {
    let text = serde_json::to_vec(config).unwrap_or_default();
    let digest = base64url::encode(Sha256::digest(text).as_slice());
    ["yew-cognito", &PROTOCOL.to_string(), &digest].join("/")
}

/// Writes a page's message. None for what cannot be written, which nothing in here is.
pub(crate) fn write(message: &ToEngine) -> Option<Zeroizing<String>> {
    let envelope = Envelope {
        protocol: PROTOCOL,
        message,
    };
    serde_json::to_string(&envelope).ok().map(Zeroizing::new)
}

/// Reads a page's message.
///
/// # Errors
/// [`Refusal::Protocol`] for anything else.
pub(crate) fn read(text: &str) -> Result<ToEngine, Refusal> {
    match serde_json::from_str::<Envelope<ToEngine>>(text) {
        Ok(envelope) if envelope.protocol == PROTOCOL => Ok(envelope.message),
        _ => Err(Refusal::Protocol),
    }
}

/// Writes what goes to a page in one piece.
pub(crate) fn write_all(messages: &[FromEngine]) -> Option<Zeroizing<String>> {
    serde_json::to_string(messages).ok().map(Zeroizing::new)
}

/// Reads what came from the engine. None for what an engine of this version would not say.
pub(crate) fn read_all(text: &str) -> Option<Vec<FromEngine>> {
    serde_json::from_str(text).ok()
}
