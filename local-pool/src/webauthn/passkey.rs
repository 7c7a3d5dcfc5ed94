//! A registered passkey: WebAuthn's credential record (Level 3, section 4).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::assertion::AuthenticatorState;
use super::base64url::Base64Url;

/// What the pool keeps of a passkey. None of it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Passkey {
    pub(super) id: Base64Url,
    /// The key as the authenticator gave it, a `COSE_Key`.
    pub(super) public_key: Base64Url,
    pub(super) relying_party_id: String,
    pub(super) state: AuthenticatorState,
    pub(super) backup_eligible: bool,
    pub(super) transports: Vec<String>,
    pub(super) attachment: Option<Attachment>,
    /// The authenticator's model in hex; all zeros where it does not say.
    pub(super) aaguid: String,
    /// Seconds since the Unix epoch.
    pub(super) created_at: i64,
}

/// Whether the authenticator is part of the device that the browser runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Attachment {
    Platform,
    CrossPlatform,
}

impl Attachment {
    /// A value that is not known counts as none (WebAuthn Level 3, section 5.1).
    pub(super) fn from_text(text: &str) -> Option<Self> {
        match text {
            "platform" => Some(Self::Platform),
            "cross-platform" => Some(Self::CrossPlatform),
            _ => None,
        }
    }
}

impl Passkey {
    /// The credential's id as `ListWebAuthnCredentials` and `DeleteWebAuthnCredential` have it, in
    /// base64url.
    pub(crate) fn credential_id(&self) -> String {
        Base64Url::encode(&self.id.0)
    }

    /// How the browser reaches the authenticator, such as `internal` or `usb`.
    pub(crate) fn transports(&self) -> &[String] {
        &self.transports
    }

    /// Whether the authenticator moves from device to device, as a security key does.
    pub(crate) fn is_roaming(&self) -> bool {
        self.attachment == Some(Attachment::CrossPlatform)
    }

    /// Takes over what an assertion told about the authenticator.
    pub(crate) fn update(&mut self, state: AuthenticatorState) {
        self.state = state;
    }

    /// The service makes the name up: "Roaming passkey" is what AWS's example of
    /// `ListWebAuthnCredentials` has.
    fn friendly_name(&self) -> &'static str {
        match self.attachment {
            Some(Attachment::CrossPlatform) => "Roaming passkey",
            Some(Attachment::Platform) => "Platform passkey",
            None => "Passkey",
        }
    }

    /// The `WebAuthnCredentialDescription`.
    pub(crate) fn description(&self) -> Value {
        let mut description = json!({
            "CredentialId": self.credential_id(),
            "FriendlyCredentialName": self.friendly_name(),
            "RelyingPartyId": self.relying_party_id,
            "AuthenticatorTransports": self.transports,
            "CreatedAt": self.created_at,
        });
        if let (Some(attachment), Some(members)) = (self.attachment, description.as_object_mut()) {
            members.insert("AuthenticatorAttachment".to_owned(), json!(attachment));
        }
        description
    }
}
