//! What the pool asks a browser for: the JSON forms of `PublicKeyCredentialCreationOptions` and
//! `PublicKeyCredentialRequestOptions` (WebAuthn Level 3, section 5.1), with the members that AWS's examples of
//! `StartWebAuthnRegistration` and `InitiateAuth` have.

use serde_json::{Value, json};

use super::base64url::Base64Url;
use super::configuration::{RelyingParty, UserVerification};
use super::passkey::Passkey;
use super::public_key::Algorithm;

/// Milliseconds that a browser may take over a registration.
const CREATION_TIMEOUT: u32 = 60_000;

/// Milliseconds that a browser may take over a sign-in.
const REQUEST_TIMEOUT: u32 = 180_000;

/// What `CredentialCreationOptions` says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CreationOptions<'a> {
    pub(crate) challenge: &'a [u8],
    pub(crate) relying_party: &'a RelyingParty,
    /// The user handle: the service uses the text of the user's `sub`.
    pub(crate) user_handle: &'a [u8],
    /// The user's name, shown by the authenticator.
    pub(crate) user_name: &'a str,
    /// The user's passkeys: an authenticator that has one of them makes no second.
    pub(crate) passkeys: &'a [Passkey],
}

impl CreationOptions<'_> {
    /// The document as `StartWebAuthnRegistration` answers it.
    pub(crate) fn to_json(self) -> Value {
        let algorithms = Algorithm::OFFERED.map(|algorithm| {
            json!({
                "type": "public-key",
                "alg": algorithm.identifier(),
            })
        });
        let excluded: Vec<Value> = self.passkeys.iter().map(excluded).collect();
        json!({
            "rp": {"id": self.relying_party.id, "name": self.relying_party.id},
            "user": {
                "id": Base64Url::encode(self.user_handle),
                "name": self.user_name,
                "displayName": self.user_name,
            },
            "challenge": Base64Url::encode(self.challenge),
            "pubKeyCredParams": algorithms,
            "timeout": CREATION_TIMEOUT,
            "excludeCredentials": excluded,
            "authenticatorSelection": {
                "requireResidentKey": true,
                "residentKey": "required",
                "userVerification": word(self.relying_party.user_verification),
            },
        })
    }
}

/// What the challenge `WEB_AUTHN` asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestOptions<'a> {
    pub(crate) challenge: &'a [u8],
    pub(crate) relying_party: &'a RelyingParty,
    /// The passkeys that the user may answer with.
    pub(crate) passkeys: &'a [Passkey],
}

impl RequestOptions<'_> {
    /// The document whose text is the challenge parameter `CREDENTIAL_REQUEST_OPTIONS`.
    pub(crate) fn to_json(self) -> Value {
        let allowed: Vec<Value> = self.passkeys.iter().map(allowed).collect();
        json!({
            "challenge": Base64Url::encode(self.challenge),
            "timeout": REQUEST_TIMEOUT,
            "rpId": self.relying_party.id,
            "allowCredentials": allowed,
            "userVerification": word(self.relying_party.user_verification),
        })
    }
}

fn allowed(passkey: &Passkey) -> Value {
    json!({
        "type": "public-key",
        "id": passkey.credential_id(),
        "transports": passkey.transports(),
    })
}

/// Here, unlike in [`allowed`], the service leaves unknown transports out.
fn excluded(passkey: &Passkey) -> Value {
    let mut descriptor = allowed(passkey);
    if let (true, Some(members)) = (passkey.transports().is_empty(), descriptor.as_object_mut()) {
        members.remove("transports");
    }
    descriptor
}

fn word(user_verification: UserVerification) -> &'static str {
    match user_verification {
        UserVerification::Required => "required",
        UserVerification::Preferred => "preferred",
    }
}
