//! What waits between two requests of a sign-in.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::Flow;
use crate::pool::contact::Contact;
use crate::pool::settings::AuthFactor;
use crate::pool::user::MfaFactor;
use crate::protocol::{ApiError, not_authorized};
use crate::srp::Exchange;

/// What leads to a waiting sign-in: a Session, or for plain USER_SRP_AUTH the SECRET_BLOCK.
pub(crate) type Ticket = String;

/// The answer that a sign-in waits for.
#[derive(Clone)]
pub(crate) enum Awaiting {
    /// PASSWORD_VERIFIER.
    PasswordProof {
        exchange: Exchange,
        secret_block: String,
    },
    /// PASSWORD.
    Password,
    /// PASSWORD_SRP.
    PasswordSrp,
    /// SELECT_CHALLENGE.
    Choice(Vec<AuthFactor>),
    /// EMAIL_OTP, SMS_OTP and SMS_MFA.
    Code {
        contact: Contact,
        /// None for a simulated user.
        code: Option<String>,
        /// Where it went.
        to: String,
        second_factor: bool,
        /// Whether `to` is an address given at MFA_SETUP, which becomes the user's.
        is_new: bool,
    },
    /// SOFTWARE_TOKEN_MFA.
    SoftwareToken,
    /// SELECT_MFA_TYPE.
    MfaChoice(Vec<MfaFactor>),
    /// MFA_SETUP.
    MfaSetup(Setup),
    /// NEW_PASSWORD_REQUIRED.
    NewPassword,
    /// WEB_AUTHN, with the challenge that the authenticator signs.
    Passkey { challenge: Vec<u8> },
    /// CUSTOM_CHALLENGE.
    Custom { answer: String },
    /// DEVICE_SRP_AUTH.
    Device,
    /// DEVICE_PASSWORD_VERIFIER.
    DeviceProof {
        exchange: Exchange,
        secret_block: String,
    },
    /// ConfirmSignUp, after SignUp.
    SignUp,
    /// InitiateAuth, after ConfirmSignUp with the code that went there.
    SignedUp(Option<Contact>),
}

/// Where setting up an authenticator app stands.
#[derive(Clone)]
pub(crate) enum Setup {
    /// MFA_SETUP was given.
    Begun,
    /// AssociateSoftwareToken gave this secret.
    Associated { secret: Vec<u8> },
    /// VerifySoftwareToken saw a code of it.
    Verified,
}

/// A ticket as the pool keeps it.
pub(crate) type Hash = [u8; 32];

struct Waiting {
    flow: Flow,
    awaiting: Awaiting,
    expires_at: i64,
    used: bool,
}

impl Waiting {
    fn opened(&self, ticket: Hash) -> Open {
        Open {
            ticket,
            flow: self.flow.clone(),
            awaiting: self.awaiting.clone(),
        }
    }
}

/// A sign-in that was found waiting. It goes on waiting until it is [`Sessions::spend`]t.
#[derive(Clone)]
pub(crate) struct Open {
    pub(crate) ticket: Hash,
    pub(crate) flow: Flow,
    pub(crate) awaiting: Awaiting,
}

/// How long a spent or expired ticket is still told from one that never was.
const REMEMBERED_SECONDS: i64 = 3600;

/// All sign-ins under way, by the hash of what leads to them.
#[derive(Default)]
pub(crate) struct Sessions {
    waiting: HashMap<Hash, Waiting>,
}

fn hash(ticket: &str) -> Hash {
    Sha256::digest(ticket.as_bytes()).into()
}

/// The refusal of a Session that leads nowhere.
pub(crate) fn invalid() -> ApiError {
    not_authorized("Invalid session for the user.")
}

impl Sessions {
    /// Keeps a sign-in for `validity` seconds.
    pub(super) fn open(&mut self, ticket: &str, flow: Flow, awaiting: Awaiting, now: i64, validity: i64) {
        self.waiting
            .retain(|_, waiting| now < waiting.expires_at.saturating_add(REMEMBERED_SECONDS));
        let waiting = Waiting {
            flow,
            awaiting,
            expires_at: now.saturating_add(validity),
            used: false,
        };
        self.waiting.insert(hash(ticket), waiting);
    }

    /// The sign-in that `ticket` leads to.
    ///
    /// # Errors
    /// `NotAuthorizedException` for a ticket that was made up, used or has expired.
    pub(crate) fn find(&self, ticket: &str, now: i64) -> Result<Open, ApiError> {
        let ticket = hash(ticket);
        let waiting = self.waiting.get(&ticket).ok_or_else(invalid)?;
        if waiting.used {
            return Err(not_authorized(
                "Invalid session for the user, session can only be used once.",
            ));
        }
        if now >= waiting.expires_at {
            return Err(not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        Ok(waiting.opened(ticket))
    }

    /// The newest sign-in that waits for what `is_it` recognises. Clients of long standing answer a device's
    /// challenges without a Session.
    ///
    /// # Errors
    /// `NotAuthorizedException` if there is none.
    pub(crate) fn find_by(
        &self,
        now: i64,
        is_it: impl Fn(&Flow, &Awaiting) -> bool,
    ) -> Result<Open, ApiError> {
        let alive = |waiting: &Waiting| !waiting.used && now < waiting.expires_at;
        let found = self
            .waiting
            .iter()
            .filter(|(_, waiting)| alive(waiting) && is_it(&waiting.flow, &waiting.awaiting))
            .max_by_key(|(_, waiting)| waiting.expires_at);
        let (ticket, waiting) = found.ok_or_else(invalid)?;
        Ok(waiting.opened(*ticket))
    }

    /// Uses a ticket up.
    pub(crate) fn spend(&mut self, ticket: &Hash) {
        if let Some(waiting) = self.waiting.get_mut(ticket) {
            waiting.used = true;
        }
    }

    /// Uses up what a user's proofs have led to, but for a sign-up under way.
    pub(crate) fn spend_all(&mut self, username: &str) {
        let sign_ins = self.waiting.values_mut().filter(|waiting| {
            waiting.flow.username == username && !matches!(waiting.flow.kind, super::Kind::SignUp)
        });
        sign_ins.for_each(|waiting| waiting.used = true);
    }

    /// Whether a ticket was ever given.
    pub(crate) fn knows(&self, ticket: &str) -> bool {
        self.waiting.contains_key(&hash(ticket))
    }

    /// Ends the sign-ins of a user who is gone.
    pub(crate) fn forget(&mut self, username: &str) {
        self.waiting
            .retain(|_, waiting| waiting.flow.username != username);
    }
}
