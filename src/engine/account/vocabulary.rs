use serde::{Deserialize, Serialize};

use crate::{
    cognito::{Attribute, CodeDelivery, Device, RegisteredPasskey, UserSession},
    config::{Factor, MfaMethod},
    token::{Code, PasskeyAnswer, Password, TotpSecret},
};

/// What somebody signed in can do about their account. Without a session all of it is
/// [`AuthError::NotSignedIn`](crate::engine::AuthError::NotSignedIn).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum AccountCommand {
    /// Change the password. Answer: `Reply::Done`.
    ChangePassword {
        /// The password so far; none for people who have none yet.
        previous: Option<Password>,
        /// The new one.
        proposed: Password,
    },
    /// Write attributes; an empty value deletes one. Answer: [`AccountReply::CodesSent`].
    UpdateAttributes(Vec<Attribute>),
    /// Delete the attributes of these names. Answer: `Reply::Done`.
    DeleteAttributes(Vec<String>),
    /// Send a code to verify the attribute of this name, `email` or `phone_number`. Answer: `Reply::CodeSent`.
    SendAttributeCode(String),
    /// Verify an attribute by its code. Answer: `Reply::Done`.
    ConfirmAttribute {
        /// `email` or `phone_number`.
        name: String,
        /// The code that was sent to it.
        code: Code,
    },
    /// Delete the user, for good; the session ends. Answer: `Reply::Done`.
    DeleteUser,
    /// Ask for a secret to set an authenticator app up with. Answer: [`AccountReply::TotpSecret`].
    SetUpTotp,
    /// Show that the app has the secret. Whether it is asked for is up to
    /// [`SetMfaPreference`](Self::SetMfaPreference). Answer: `Reply::Done`.
    VerifyTotp {
        /// The app's code.
        code: Code,
        /// What the person calls the app.
        name: Option<String>,
    },
    /// Which second factors are asked for. Answer: [`AccountReply::Mfa`].
    MfaPreference,
    /// Have these second factors asked for, and no other. Answer: `Reply::Done`.
    SetMfaPreference(MfaPreference),
    /// Whether a passkey counts as two factors, in pools that let it. Answer: `Reply::Done`.
    SetPasskeyMfa(bool),
    /// What the person can sign in by. Answer: [`AccountReply::Factors`].
    AuthFactors,
    /// Begin to register a passkey. Answer: [`AccountReply::PasskeyOptions`].
    StartPasskey,
    /// Register the passkey that the browser made by those options. Answer: `Reply::Done`.
    CompletePasskey(PasskeyAnswer),
    /// The person's passkeys. Answer: [`AccountReply::Passkeys`].
    Passkeys,
    /// Delete the passkey of this CredentialId. Answer: `Reply::Done`.
    DeletePasskey(String),
    /// The devices that the pool remembers. Answer: [`AccountReply::Devices`].
    Devices,
    /// The device of this DeviceKey. Answer: [`AccountReply::Device`].
    Device(String),
    /// Forget the device of this DeviceKey, or this one. A session on it lasts as long as its tokens and cannot be
    /// renewed. Answer: `Reply::Done`.
    ForgetDevice(Option<String>),
    /// All sessions of the person's. Answer: [`AccountReply::Sessions`].
    Sessions,
    /// End another session. Answer: `Reply::Done`.
    RevokeSession {
        /// Its SessionId.
        id: String,
        /// With it, end the session at the hosted pages that it came through, or the sessions that came through it.
        linked: bool,
    },
}

/// What an [`AccountCommand`] asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum AccountReply {
    /// Codes are on their way, one for each attribute that has to be verified.
    CodesSent(Vec<CodeDelivery>),
    /// What an authenticator app is set up with.
    TotpSecret(TotpSecret),
    /// Second factors.
    Mfa(MfaPreference),
    /// Factors.
    Factors(AuthFactors),
    /// JSON for `PublicKeyCredential.parseCreationOptionsFromJSON()` (WebAuthn Level 3, section 5.1).
    PasskeyOptions(String),
    /// Passkeys.
    Passkeys(Vec<RegisteredPasskey>),
    /// A device.
    Device(Device),
    /// Devices.
    Devices(Vec<Device>),
    /// Sessions.
    Sessions(Vec<UserSession>),
}

/// Which second factors are asked for (`UserMFASettingList` and `PreferredMfaSetting`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaPreference {
    /// Those that are turned on.
    pub enabled: Vec<MfaMethod>,
    /// The one among them that is asked for first. Without one, who has several is asked which.
    pub preferred: Option<MfaMethod>,
}

/// What a person can sign in by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthFactors {
    /// Factors that the person has set up and the pool lets a sign-in begin with (USER_AUTH).
    pub factors: Vec<Factor>,
    /// Whether there is an authenticator app.
    pub authenticator_app: bool,
    /// The second factors that are asked for.
    pub mfa: MfaPreference,
}
