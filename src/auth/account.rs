//! What somebody signed in does about their account: one method for each operation.

use super::EngineHandle;
use crate::{
    cognito::{Attribute, CodeDelivery, Device, RegisteredPasskey, UserSession},
    engine::{AccountCommand, AccountReply, AuthError, AuthFactors, Command, MfaPreference, Reply},
    token::{Code, PasskeyAnswer, Password, TotpSecret},
};

macro_rules! expect {
    ($reply:expr, $variant:ident) => {
        match $reply {
            Ok(Reply::Account(AccountReply::$variant(value))) => Ok(value),
            Ok(_) => Err(AuthError::EngineGone),
            Err(error) => Err(error),
        }
    };
}

/// Every one of these is `NotSignedIn` without a session, and where the session has been ended elsewhere.
impl EngineHandle {
    async fn account(&self, command: AccountCommand) -> Result<Reply, AuthError> {
        self.execute(Command::Account(command)).await
    }

    /// Changes the password (ChangePassword). `previous` is the one so far; none for people who have none yet.
    ///
    /// # Errors
    /// [`AuthError`], such as `WrongPassword`, `InvalidPassword` or `PasswordReused`; `LimitExceeded` after too many
    /// wrong ones.
    pub async fn change_password(
        &self,
        previous: Option<Password>,
        proposed: Password,
    ) -> Result<(), AuthError> {
        let command = AccountCommand::ChangePassword { previous, proposed };
        self.account(command).await.map(drop)
    }

    /// Writes attributes (UpdateUserAttributes) and renews the claims; an empty value deletes one. Tells where codes
    /// went that verify new addresses and numbers.
    ///
    /// # Errors
    /// [`AuthError`], such as `AliasExists` or `InvalidInput`; `Misconfigured` if the app client may not write one.
    pub async fn update_attributes(
        &self,
        attributes: Vec<Attribute>,
    ) -> Result<Vec<CodeDelivery>, AuthError> {
        expect!(
            self.account(AccountCommand::UpdateAttributes(attributes)).await,
            CodesSent
        )
    }

    /// Deletes attributes (DeleteUserAttributes) and renews the claims.
    ///
    /// # Errors
    /// [`AuthError`], such as `InvalidInput` for one that the pool requires.
    pub async fn delete_attributes(&self, names: Vec<String>) -> Result<(), AuthError> {
        self.account(AccountCommand::DeleteAttributes(names))
            .await
            .map(drop)
    }

    /// Sends a code to verify `email` or `phone_number` by (GetUserAttributeVerificationCode).
    ///
    /// # Errors
    /// [`AuthError`], such as `LimitExceeded`, or `InvalidInput` if there is nothing to verify.
    pub async fn send_attribute_code(&self, name: &str) -> Result<CodeDelivery, AuthError> {
        match self
            .account(AccountCommand::SendAttributeCode(name.to_owned()))
            .await
        {
            Ok(Reply::CodeSent(delivery)) => Ok(delivery),
            Ok(_) => Err(AuthError::EngineGone),
            Err(error) => Err(error),
        }
    }

    /// Verifies an attribute by the code that was sent to it (VerifyUserAttribute) and renews the claims.
    ///
    /// # Errors
    /// [`AuthError`], such as `CodeMismatch`, `CodeExpired` or `AliasExists`.
    pub async fn confirm_attribute(&self, name: &str, code: Code) -> Result<(), AuthError> {
        let name = name.to_owned();
        self.account(AccountCommand::ConfirmAttribute { name, code })
            .await
            .map(drop)
    }

    /// Deletes the user, for good (DeleteUser). The session ends.
    ///
    /// # Errors
    /// [`AuthError`], such as `Unreachable`.
    pub async fn delete_user(&self) -> Result<(), AuthError> {
        self.account(AccountCommand::DeleteUser).await.map(drop)
    }

    /// A secret to set an authenticator app up with (AssociateSoftwareToken).
    ///
    /// # Errors
    /// [`AuthError`]; `FactorNotAvailable` in pools without authenticator apps.
    pub async fn set_up_totp(&self) -> Result<TotpSecret, AuthError> {
        expect!(self.account(AccountCommand::SetUpTotp).await, TotpSecret)
    }

    /// Shows by a `code` of the app that it is set up (VerifySoftwareToken); `name` is what the person calls it. The
    /// app is asked for once [`set_mfa_preference`](Self::set_mfa_preference) says so.
    ///
    /// # Errors
    /// [`AuthError`]; after `CodeMismatch` another code may be tried.
    pub async fn verify_totp(&self, code: Code, name: Option<String>) -> Result<(), AuthError> {
        self.account(AccountCommand::VerifyTotp { code, name })
            .await
            .map(drop)
    }

    /// The second factors that are asked for (GetUser).
    ///
    /// # Errors
    /// [`AuthError`], such as `Unreachable`.
    pub async fn mfa_preference(&self) -> Result<MfaPreference, AuthError> {
        expect!(self.account(AccountCommand::MfaPreference).await, Mfa)
    }

    /// Has these second factors asked for and no other (SetUserMFAPreference, of what differs).
    ///
    /// # Errors
    /// [`AuthError`], such as `FactorNotAvailable` for an app that is not set up.
    pub async fn set_mfa_preference(&self, wanted: MfaPreference) -> Result<(), AuthError> {
        self.account(AccountCommand::SetMfaPreference(wanted))
            .await
            .map(drop)
    }

    /// Whether a passkey counts as two factors (SetUserMFAPreference), in pools that let it.
    ///
    /// # Errors
    /// [`AuthError`], such as `InvalidInput` in pools that do not.
    pub async fn set_passkey_mfa(&self, enabled: bool) -> Result<(), AuthError> {
        self.account(AccountCommand::SetPasskeyMfa(enabled))
            .await
            .map(drop)
    }

    /// What the person can sign in by (GetUserAuthFactors).
    ///
    /// # Errors
    /// [`AuthError`], such as `Unreachable`.
    pub async fn auth_factors(&self) -> Result<AuthFactors, AuthError> {
        expect!(self.account(AccountCommand::AuthFactors).await, Factors)
    }

    /// Begins to register a passkey (StartWebAuthnRegistration): JSON for
    /// `PublicKeyCredential.parseCreationOptionsFromJSON()`.
    ///
    /// # Errors
    /// [`AuthError`], such as `PasskeyNotSetUp` or `PasskeyLimit`.
    pub async fn start_passkey(&self) -> Result<String, AuthError> {
        expect!(self.account(AccountCommand::StartPasskey).await, PasskeyOptions)
    }

    /// Registers the passkey that the browser made by those options (CompleteWebAuthnRegistration).
    ///
    /// # Errors
    /// [`AuthError`], such as `PasskeyRefused` or `PasskeySetupExpired`: begin again.
    pub async fn complete_passkey(&self, credential: PasskeyAnswer) -> Result<(), AuthError> {
        self.account(AccountCommand::CompletePasskey(credential))
            .await
            .map(drop)
    }

    /// The person's passkeys (ListWebAuthnCredentials, all pages).
    ///
    /// # Errors
    /// [`AuthError`], such as `Unreachable`.
    pub async fn passkeys(&self) -> Result<Vec<RegisteredPasskey>, AuthError> {
        expect!(self.account(AccountCommand::Passkeys).await, Passkeys)
    }

    /// Deletes a passkey (DeleteWebAuthnCredential).
    ///
    /// # Errors
    /// [`AuthError`]; `AlreadyGone` if there is none of that CredentialId.
    pub async fn delete_passkey(&self, credential_id: &str) -> Result<(), AuthError> {
        self.account(AccountCommand::DeletePasskey(credential_id.to_owned()))
            .await
            .map(drop)
    }

    /// The devices that the pool remembers (ListDevices, all pages).
    ///
    /// # Errors
    /// [`AuthError`]; `Misconfigured` in pools that remember none.
    pub async fn devices(&self) -> Result<Vec<Device>, AuthError> {
        expect!(self.account(AccountCommand::Devices).await, Devices)
    }

    /// A device that the pool remembers (GetDevice).
    ///
    /// # Errors
    /// [`AuthError`]; `AlreadyGone` if there is none of that DeviceKey.
    pub async fn device(&self, device_key: &str) -> Result<Device, AuthError> {
        expect!(
            self.account(AccountCommand::Device(device_key.to_owned())).await,
            Device
        )
    }

    /// Forgets a device, or this one (ForgetDevice). A session on it lasts as long as its tokens and cannot be
    /// renewed.
    ///
    /// # Errors
    /// [`AuthError`]; `AlreadyGone` if there is no such device.
    pub async fn forget_device(&self, device_key: Option<&str>) -> Result<(), AuthError> {
        self.account(AccountCommand::ForgetDevice(device_key.map(str::to_owned)))
            .await
            .map(drop)
    }

    /// All sessions of the person's (ListUserSessions, all pages).
    ///
    /// # Errors
    /// [`AuthError`], such as `Unreachable`.
    pub async fn sessions(&self) -> Result<Vec<UserSession>, AuthError> {
        expect!(self.account(AccountCommand::Sessions).await, Sessions)
    }

    /// Ends another session (RevokeUserSession); `linked` ends with it the session at the hosted pages that it came
    /// through, or the sessions that came through it.
    ///
    /// # Errors
    /// [`AuthError`]; `AlreadyGone` if it has ended, `InvalidInput` if it is this one.
    pub async fn revoke_session(&self, session_id: &str, linked: bool) -> Result<(), AuthError> {
        let id = session_id.to_owned();
        self.account(AccountCommand::RevokeSession { id, linked })
            .await
            .map(drop)
    }
}
