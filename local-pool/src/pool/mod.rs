//! One user pool: what it remembers, and who is who in it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::codes::{Codes, Purpose};
use crate::lockout::Lockout;
use crate::mailbox::{Message, Reason};
use crate::oauth::Hosted;
use crate::protocol::{ApiError, user_does_not_exist};
use crate::shared::Shared;
use crate::sign_in::level::Method;
use crate::sign_in::sessions::Sessions;
use crate::signing::KeyRing;
use crate::tokens::Tokens;
use crate::webauthn::PendingRegistration;

pub(crate) mod attributes;
pub(crate) mod client;
pub(crate) mod contact;
pub(crate) mod custom_auth;
pub(crate) mod device;
pub(crate) mod group;
pub(crate) mod identity_provider;
pub(crate) mod password;
pub(crate) mod quota;
pub(crate) mod schema;
pub(crate) mod settings;
pub(crate) mod triggers;
pub(crate) mod user;

use self::client::Client;
use self::contact::{Contact, is_email};
use self::group::Group;
use self::identity_provider::IdentityProvider;
use self::quota::Quota;
use self::settings::Settings;
use self::user::{Status, User};

/// What of a pool outlives a restart.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    /// `REGION_NAME`.
    pub(crate) id: String,
    pub(crate) settings: Settings,
    /// By id.
    pub(crate) clients: BTreeMap<String, Client>,
    /// By user name.
    pub(crate) users: BTreeMap<String, User>,
    /// By name.
    pub(crate) groups: BTreeMap<String, Group>,
    /// By name.
    #[serde(default)]
    pub(crate) identity_providers: BTreeMap<String, IdentityProvider>,
    /// Of the hosted pages: a prefix of AWS's own domain, or a domain of one's own.
    #[serde(default)]
    pub(crate) domain: Option<String>,
    /// What AWS's operations were given and only tell again, by member.
    #[serde(default)]
    pub(crate) described: BTreeMap<String, Value>,
    pub(crate) tokens: Tokens,
    pub(crate) keys: KeyRing,
    /// What simulated users are derived from.
    pub(crate) simulation_key: Vec<u8>,
    /// Seconds since the epoch.
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

/// A sign-in at the hosted pages, which a browser's cookie leads to.
#[derive(Clone)]
pub(crate) struct SsoSession {
    /// `SessionId` as ListUserSessions has it, which lets nobody in.
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) methods: Vec<Method>,
    /// Seconds since the epoch.
    pub(crate) auth_time: i64,
    pub(crate) expires_at: i64,
}

/// A pool at work.
pub(crate) struct Pool {
    pub(crate) kept: Kept,
    /// The `iss` of its tokens.
    pub(crate) issuer: String,
    pub(crate) shared: Arc<Shared>,
    /// Sign-ins under way.
    pub(crate) sessions: Sessions,
    pub(crate) codes: Codes,
    /// Sign-ins at the hosted pages, by the value of the cookie.
    pub(crate) sso: HashMap<String, SsoSession>,
    /// What else the hosted pages remember.
    pub(crate) hosted: Hosted,
    pub(crate) sign_ins: Quota,
    /// By user name, be it real or simulated.
    pub(crate) lockouts: HashMap<String, Lockout>,
    /// Secrets of authenticator apps of which no code was seen yet, by user name.
    pub(crate) pending_apps: HashMap<String, Vec<u8>>,
    /// Passkeys that are being registered, by user name.
    pub(crate) pending_passkeys: HashMap<String, PendingRegistration>,
}

impl Pool {
    /// A pool without clients and users, served at `origin` (scheme, host and port).
    pub(crate) fn new(id: &str, settings: Settings, origin: &str, shared: &Arc<Shared>) -> Self {
        let now = shared.clock.now();
        let kept = Kept {
            id: id.to_owned(),
            settings,
            clients: BTreeMap::new(),
            users: BTreeMap::new(),
            groups: BTreeMap::new(),
            identity_providers: BTreeMap::new(),
            domain: None,
            described: BTreeMap::new(),
            tokens: Tokens::default(),
            keys: KeyRing::new(&shared.random),
            simulation_key: shared.random.bytes(32),
            created_at: now,
            modified_at: now,
        };
        Self::restored(kept, origin, shared)
    }

    /// A pool as it was left.
    pub(crate) fn restored(kept: Kept, origin: &str, shared: &Arc<Shared>) -> Self {
        Self {
            issuer: format!("{origin}/{}", kept.id),
            kept,
            shared: Arc::clone(shared),
            sessions: Sessions::default(),
            codes: Codes::default(),
            sso: HashMap::new(),
            hosted: Hosted::default(),
            sign_ins: Quota::default(),
            lockouts: HashMap::new(),
            pending_apps: HashMap::new(),
            pending_passkeys: HashMap::new(),
        }
    }

    /// The part of the id that SRP hashes.
    pub(crate) fn name(&self) -> &str {
        self.kept.id.split_once('_').map_or("", |(_, name)| name)
    }

    /// Seconds since the epoch, as the pool sees them.
    pub(crate) fn now(&self) -> i64 {
        self.shared.clock.now()
    }

    /// The pool's settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.kept.settings
    }

    /// The user who signs in under that name: the user name, the address that stands for it, or an alias.
    pub(crate) fn find(&self, name: &str) -> Option<&User> {
        let wanted = self.folded(name);
        self.kept.users.get(name).or_else(|| {
            self.kept
                .users
                .values()
                .find(|user| self.is_known_as(user, &wanted))
        })
    }

    fn is_known_as(&self, user: &User, wanted: &str) -> bool {
        let is = |value: &str| !value.is_empty() && self.folded(value) == wanted;
        if user.status == Status::ExternalProvider {
            // An address that an identity provider told is nobody's name here.
            return is(&user.username);
        }
        let settings = self.settings();
        let stands_for = |contact: &Contact| user.contact(*contact).is_some_and(is);
        let alias = |alias: &settings::Alias| {
            let attribute = alias.attribute();
            let counts = Contact::of_attribute(attribute).is_none_or(|contact| user.has_verified(contact));
            counts && is(user.attribute(attribute))
        };
        if settings.username_attributes.is_empty() {
            is(&user.username) || settings.alias_attributes.iter().any(alias)
        } else {
            settings.username_attributes.iter().any(stands_for)
        }
    }

    /// A name as it is compared.
    pub(crate) fn folded(&self, name: &str) -> String {
        if self.settings().case_sensitive {
            name.to_owned()
        } else {
            name.to_lowercase()
        }
    }

    /// The user of that user name.
    ///
    /// # Errors
    /// `UserNotFoundException`.
    pub(crate) fn user(&self, username: &str) -> Result<&User, ApiError> {
        self.kept.users.get(username).ok_or_else(user_does_not_exist)
    }

    /// The user of that user name, to be changed.
    ///
    /// # Errors
    /// `UserNotFoundException`.
    pub(crate) fn user_mut(&mut self, username: &str) -> Result<&mut User, ApiError> {
        let now = self.now();
        let user = self
            .kept
            .users
            .get_mut(username)
            .ok_or_else(user_does_not_exist)?;
        user.modified_at = now;
        Ok(user)
    }

    /// A new user who is to sign in as `name`; without a password yet.
    pub(crate) fn add_user(&mut self, name: &str, status: Status) -> &mut User {
        let sub = self.shared.random.uuid();
        let by_address = !self.settings().username_attributes.is_empty();
        let username = if by_address { sub.clone() } else { name.to_owned() };
        let mut user = User::new(username.clone(), sub, status, self.now());
        if by_address {
            let contact = if is_email(name) {
                Contact::Email
            } else {
                Contact::PhoneNumber
            };
            user.attributes
                .insert(contact.attribute().to_owned(), name.to_owned());
            user.set_verified(contact, false);
        }
        self.kept.users.entry(username).insert_entry(user).into_mut()
    }

    /// Sets a user's status; the days of a temporary password begin now.
    ///
    /// # Errors
    /// `UserNotFoundException`.
    pub(crate) fn set_status(&mut self, username: &str, status: Status) -> Result<(), ApiError> {
        let days = self.settings().password_policy.temporary_password_validity_days;
        let until = self.now().saturating_add(days.saturating_mul(86_400));
        let user = self.user_mut(username)?;
        user.status = status;
        user.temporary_until = (status == Status::ForceChangePassword).then_some(until);
        Ok(())
    }

    /// Removes a user with all that belongs to them.
    pub(crate) fn delete(&mut self, username: &str) {
        self.kept.users.remove(username);
        self.kept.tokens.forget(username);
        self.sessions.forget(username);
        self.sso.retain(|_, session| session.username != username);
        self.codes.forget(username);
        self.lockouts.remove(username);
        self.pending_apps.remove(username);
        self.pending_passkeys.remove(username);
    }

    /// Ends the SSO session of that SessionId.
    pub(crate) fn end_sso(&mut self, id: &str) {
        self.sso.retain(|_, session| session.id != id);
    }

    /// Sends the user a new code for `purpose`.
    ///
    /// # Errors
    /// `LimitExceededException` after too many of them.
    pub(crate) fn send_code(
        &mut self,
        username: &str,
        contact: Contact,
        to: &str,
        purpose: Purpose,
    ) -> Result<(), ApiError> {
        let now = self.now();
        let code = self
            .codes
            .issue(username, purpose, to, now, &self.shared.random)?;
        let reason = match purpose {
            Purpose::SignUp => Reason::SignUp,
            Purpose::Reset => Reason::Reset,
            Purpose::Verify(_) => Reason::Verify,
        };
        self.deliver(&Message {
            contact,
            to,
            username,
            reason,
            code: &code,
        });
        Ok(())
    }

    /// Puts a message into the mailbox.
    pub(crate) fn deliver(&self, message: &Message<'_>) {
        let now = self.now();
        self.shared.mailbox().deliver(message, now);
    }

    /// Counts a call of the sign-in operations.
    ///
    /// # Errors
    /// `TooManyRequestsException` beyond the pool's limit.
    pub(crate) fn count_sign_in(&mut self) -> Result<(), ApiError> {
        let (now, most) = (self.now(), self.settings().sign_ins_per_second);
        self.sign_ins.count(now, most)
    }

    /// Counts a wrong proof against the user of that name, real or simulated.
    pub(crate) fn note_failure(&mut self, username: &str) {
        let now = self.now();
        self.lockouts.retain(|_, lockout| !lockout.is_forgotten(now));
        self.lockouts.entry(username.to_owned()).or_default().failed(now);
    }

    /// Passes a user who is not locked out.
    ///
    /// # Errors
    /// `NotAuthorizedException` during a lockout.
    pub(crate) fn check_lockout(&mut self, username: &str) -> Result<(), ApiError> {
        let now = self.now();
        let lockout = self.lockouts.get_mut(username);
        lockout.map_or(Ok(()), |lockout| lockout.attempt(now))
    }
}

#[cfg(test)]
mod tests;
