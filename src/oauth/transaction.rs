use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{CodeVerifier, Nonce, State};
use crate::{
    ports::{NoRandomness, Random, UnixMillis},
    webauthn::base64url,
};

/// How long people may take: the identity provider's own pages give them less.
pub const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// What `state` begins with, so that a callback is known for ours without anything kept.
const REDIRECT: &str = "yc.";
const POPUP: &str = "ycp.";

/// One authorization request under way: all that the page keeps until the answer comes, and it is good for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// What the answer has to repeat.
    pub state: State,
    /// What the ID token has to repeat.
    pub nonce: Nonce,
    /// What redeems the code.
    pub verifier: CodeVerifier,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// When it was made, on the device's wall clock.
    pub begun: UnixMillis,
    /// Whoever is signed in is to show again who they are.
    pub reauthenticates: bool,
}

impl Transaction {
    /// A new one, with 256 bits of randomness in each of its secrets.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn begin(
        random: &dyn Random,
        begun: UnixMillis,
        redirect_uri: String,
        in_popup: bool,
        reauthenticates: bool,
    ) -> Result<Self, NoRandomness> {
        let secret = || {
            let mut bytes = zeroize::Zeroizing::new([0; 32]);
            random.fill(bytes.as_mut())?;
            Ok(base64url::encode(bytes.as_ref()))
        };
        let prefix = if in_popup { POPUP } else { REDIRECT };
        Ok(Self {
            state: [prefix, &secret()?].concat().into(),
            nonce: secret()?.into(),
            verifier: secret()?.into(),
            redirect_uri,
            begun,
            reauthenticates,
        })
    }

    /// `code_challenge` of the method S256 (RFC 7636, section 4.2).
    #[must_use]
    pub fn code_challenge(&self) -> String {
        base64url::encode(Sha256::digest(self.verifier.expose()).as_slice())
    }

    /// Whether an answer with this `state` is the one.
    #[must_use]
    pub fn is_answered_by(&self, state: &State) -> bool {
        self.state
            .expose()
            .as_bytes()
            .ct_eq(state.expose().as_bytes())
            .into()
    }

    /// Whether the answer comes too late.
    #[must_use]
    pub fn has_expired(&self, now: UnixMillis) -> bool {
        now.since(self.begun) >= LIFETIME
    }
}

impl State {
    /// Whether it is one that [`Transaction::begin`] made, in this page or another.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.expose().starts_with(REDIRECT) || self.is_of_popup()
    }

    /// Whether it is one of a sign-in in a popup.
    #[must_use]
    pub fn is_of_popup(&self) -> bool {
        self.expose().starts_with(POPUP)
    }
}
