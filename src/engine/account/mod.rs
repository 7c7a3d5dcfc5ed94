//! What somebody signed in does about their account.

mod access;
mod attributes;
mod devices;
mod mfa;
mod passkeys;
mod sessions;
mod user;
mod vocabulary;

pub use vocabulary::{AccountCommand, AccountReply, AuthFactors, MfaPreference};

use super::{AuthError, Reply, core::Engine};

/// Pages of a list that are asked for: more is a service that begins again and again.
const MOST_PAGES: usize = 50;

impl Engine {
    pub(super) async fn account(&self, command: AccountCommand) -> Result<Reply, AuthError> {
        use AccountCommand as C;
        use AccountReply as R;
        let done = |()| Reply::Done;
        match command {
            C::ChangePassword { previous, proposed } => {
                self.change_password(previous, proposed).await.map(done)
            }
            C::UpdateAttributes(attributes) => {
                self.update_attributes(attributes).await.map(answer(R::CodesSent))
            }
            C::DeleteAttributes(names) => self.delete_attributes(names).await.map(done),
            C::SendAttributeCode(name) => self.send_attribute_code(name).await.map(Reply::CodeSent),
            C::ConfirmAttribute { name, code } => self.confirm_attribute(name, code).await.map(done),
            C::DeleteUser => self.delete_user().await.map(done),
            C::SetUpTotp => self.set_up_totp().await.map(answer(R::TotpSecret)),
            C::VerifyTotp { code, name } => self.verify_totp(code, name).await.map(done),
            C::MfaPreference => self.mfa_preference().await.map(answer(R::Mfa)),
            C::SetMfaPreference(wanted) => self.set_mfa_preference(wanted).await.map(done),
            C::SetPasskeyMfa(enabled) => self.set_passkey_mfa(enabled).await.map(done),
            C::AuthFactors => self.auth_factors().await.map(answer(R::Factors)),
            C::StartPasskey => self.start_passkey().await.map(answer(R::PasskeyOptions)),
            C::CompletePasskey(credential) => self.complete_passkey(credential).await.map(done),
            C::Passkeys => self.passkeys().await.map(answer(R::Passkeys)),
            C::DeletePasskey(id) => self.delete_passkey(id).await.map(done),
            C::Devices => self.devices().await.map(answer(R::Devices)),
            C::Device(key) => self.device(key).await.map(answer(R::Device)),
            C::ForgetDevice(key) => self.forget_device(key).await.map(done),
            C::Sessions => self.sessions().await.map(answer(R::Sessions)),
            C::RevokeSession { id, linked } => self.revoke_session(id, linked).await.map(done),
        }
    }

    /// Passes what goes on in the session that `epoch` counts.
    pub(super) fn check_current(&self, epoch: u64) -> Result<(), AuthError> {
        if self.state().epoch == epoch {
            Ok(())
        } else {
            Err(AuthError::Superseded)
        }
    }
}

fn answer<T>(variant: fn(T) -> AccountReply) -> impl Fn(T) -> Reply {
    move |value| Reply::Account(variant(value))
}

fn endless() -> AuthError {
    AuthError::Protocol("a list without end".to_owned())
}
