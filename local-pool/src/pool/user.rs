//! The pool's users.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::contact::Contact;
use super::device::Device;
use super::password::Password;
use crate::webauthn::Passkey;

/// A user's status, as `UserStatusType` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
    ResetRequired,
    /// Came from an identity provider.
    ExternalProvider,
}

/// A second factor, named as the service names its challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum MfaFactor {
    SmsMfa,
    SoftwareTokenMfa,
    EmailOtp,
}

impl MfaFactor {
    /// As it stands in ChallengeName, MFAS_CAN_CHOOSE and UserMFASettingList.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SmsMfa => "SMS_MFA",
            Self::SoftwareTokenMfa => "SOFTWARE_TOKEN_MFA",
            Self::EmailOtp => "EMAIL_OTP",
        }
    }
}

/// An authenticator app.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Authenticator {
    pub(crate) secret: Vec<u8>,
    /// Whether a code of it was shown to the pool.
    pub(crate) verified: bool,
    pub(crate) friendly_name: Option<String>,
    /// The time step of the last code accepted: a code works once (RFC 6238, section 5.2).
    pub(crate) last_step: Option<i64>,
}

/// A user's second factors.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Mfa {
    pub(crate) sms: bool,
    pub(crate) email: bool,
    pub(crate) software_token: bool,
    pub(crate) web_authn: bool,
    pub(crate) preferred: Option<MfaFactor>,
    pub(crate) authenticator: Option<Authenticator>,
}

impl Mfa {
    /// The factors that are switched on.
    pub(crate) fn enabled(&self) -> Vec<MfaFactor> {
        [
            (self.sms, MfaFactor::SmsMfa),
            (self.software_token, MfaFactor::SoftwareTokenMfa),
            (self.email, MfaFactor::EmailOtp),
        ]
        .into_iter()
        .filter_map(|(on, factor)| on.then_some(factor))
        .collect()
    }
}

/// An account at an identity provider that this user is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) provider_name: String,
    pub(crate) provider_type: String,
    /// The user's id there.
    pub(crate) user_id: String,
    /// Whether the user came from there, rather than having been linked.
    pub(crate) primary: bool,
    /// Seconds since the epoch.
    pub(crate) created_at: i64,
}

/// One user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    /// The name that tokens carry; where people sign in with an address, a UUID.
    pub(crate) username: String,
    pub(crate) sub: String,
    pub(crate) status: Status,
    pub(crate) enabled: bool,
    /// Everything but `sub`, the `..._verified` among it.
    pub(crate) attributes: BTreeMap<String, String>,
    /// None for those who sign in without, or elsewhere.
    pub(crate) password: Option<Password>,
    /// Former passwords, newest first, as far as the policy remembers them.
    pub(crate) former_passwords: Vec<Password>,
    /// When a temporary password stops working, in seconds since the epoch.
    pub(crate) temporary_until: Option<i64>,
    /// Where the code that confirms the sign-up went.
    pub(crate) sign_up_contact: Option<Contact>,
    /// New addresses that wait for their code.
    pub(crate) unverified_changes: BTreeMap<Contact, String>,
    /// Names of groups.
    pub(crate) groups: Vec<String>,
    pub(crate) mfa: Mfa,
    /// By DeviceKey.
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) passkeys: Vec<Passkey>,
    pub(crate) identities: Vec<Identity>,
    /// Seconds since the epoch.
    pub(crate) created_at: i64,
    pub(crate) modified_at: i64,
}

impl User {
    /// A new enabled user without attributes or password.
    pub(crate) fn new(username: String, sub: String, status: Status, now: i64) -> Self {
        Self {
            username,
            sub,
            status,
            enabled: true,
            attributes: BTreeMap::new(),
            password: None,
            former_passwords: Vec::new(),
            temporary_until: None,
            sign_up_contact: None,
            unverified_changes: BTreeMap::new(),
            groups: Vec::new(),
            mfa: Mfa::default(),
            devices: BTreeMap::new(),
            passkeys: Vec::new(),
            identities: Vec::new(),
            created_at: now,
            modified_at: now,
        }
    }

    /// Whether a sign-in of before may still lead to tokens: not for who has to reset the password first
    /// (developer guide, "Signing up and confirming user accounts", account statuses).
    pub(crate) fn may_stay_signed_in(&self) -> bool {
        self.enabled && matches!(self.status, Status::Confirmed | Status::ExternalProvider)
    }

    /// The value of an attribute; empty where there is none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// The e-mail address or phone number, if there is one.
    pub(crate) fn contact(&self, contact: Contact) -> Option<&str> {
        Some(self.attribute(contact.attribute())).filter(|value| !value.is_empty())
    }

    /// Whether the user has that contact and has verified it.
    pub(crate) fn has_verified(&self, contact: Contact) -> bool {
        self.contact(contact).is_some() && self.attribute(contact.verified_attribute()) == "true"
    }

    /// Notes whether a contact is verified.
    pub(crate) fn set_verified(&mut self, contact: Contact, verified: bool) {
        self.attributes
            .insert(contact.verified_attribute().to_owned(), verified.to_string());
    }

    /// The e-mail address; empty where there is none.
    pub(crate) fn email(&self) -> &str {
        self.attribute("email")
    }

    /// `UserAttributes` as GetUser lists them: `sub` and what `readable` passes.
    pub(crate) fn attribute_list(&self, readable: impl Fn(&str) -> bool) -> Vec<Value> {
        let sub = [("sub", self.sub.as_str())];
        let rest = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| readable(name));
        sub.into_iter()
            .chain(rest)
            .map(|(name, value)| json!({"Name": name, "Value": value}))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_verified_only_where_there_is_one() {
        let mut user = User::new("ada".to_owned(), "1".to_owned(), Status::Confirmed, 0);
        user.set_verified(Contact::Email, true);
        assert!(!user.has_verified(Contact::Email));
        user.attributes
            .insert("email".to_owned(), "ada@example.com".to_owned());
        assert!(user.has_verified(Contact::Email) && !user.has_verified(Contact::PhoneNumber));
    }
}
