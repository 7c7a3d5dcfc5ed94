use super::{
    super::{AuthError, core::Engine},
    MOST_PAGES, endless,
};
use crate::{
    cognito::{
        CompleteWebAuthnRegistration, DeleteWebAuthnCredential, Document, ListWebAuthnCredentials,
        RegisteredPasskey, StartWebAuthnRegistration,
    },
    token::PasskeyAnswer,
};

impl Engine {
    pub(super) async fn start_passkey(&self) -> Result<String, AuthError> {
        let started = self
            .with_access_token(|access_token| StartWebAuthnRegistration { access_token })
            .await?;
        Ok(started.credential_creation_options.text())
    }

    pub(super) async fn complete_passkey(&self, credential: PasskeyAnswer) -> Result<(), AuthError> {
        let credential = Document::parse(credential.expose())
            .ok_or_else(|| AuthError::InvalidInput("The credential is not JSON.".to_owned()))?;
        self.with_access_token(|access_token| CompleteWebAuthnRegistration {
            access_token,
            credential: credential.clone(),
        })
        .await
        .map(drop)
    }

    pub(super) async fn passkeys(&self) -> Result<Vec<RegisteredPasskey>, AuthError> {
        let epoch = self.state().epoch;
        let (mut passkeys, mut next_token) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let page = self
                .with_access_token(|access_token| ListWebAuthnCredentials {
                    access_token,
                    next_token: next_token.clone(),
                })
                .await?;
            self.check_current(epoch)?;
            passkeys.extend(page.credentials);
            next_token = page.next_token;
            if next_token.is_none() {
                return Ok(passkeys);
            }
        }
        Err(endless())
    }

    pub(super) async fn delete_passkey(&self, credential_id: String) -> Result<(), AuthError> {
        self.with_access_token(|access_token| DeleteWebAuthnCredential {
            access_token,
            credential_id: credential_id.clone(),
        })
        .await
        .map(drop)
    }
}
