//! Sign-out: at once here, then at the service.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use super::{AuthError, SignOutScope, SignedOutWhy, core::Engine};
use crate::{
    cognito::GlobalSignOut,
    session::Session,
    token::{AccessToken, RefreshToken},
};

/// Who signs out everywhere waits here for the tokens of a renewal that was under way.
pub(super) struct Parting {
    epoch: u64,
    renewed: Weak<RefCell<Option<Session>>>,
}

impl Engine {
    /// Ends the session here, whatever comes of the rest, then tells the service.
    pub(super) async fn sign_out(&self, scope: SignOutScope) -> Result<(), AuthError> {
        match scope {
            SignOutScope::ThisDevice => {
                let session = self.end(SignedOutWhy::SignedOut);
                self.revoke(session.map(|session| session.refresh_token)).await
            }
            SignOutScope::Everywhere => self.sign_out_everywhere().await,
        }
    }

    async fn sign_out_everywhere(&self) -> Result<(), AuthError> {
        let renewed = Rc::default();
        let renewal = {
            let mut state = self.state();
            state.parting = Some(Parting {
                epoch: state.epoch,
                renewed: Rc::downgrade(&renewed),
            });
            state.renewal.clone().filter(|renewal| renewal.peek().is_none())
        };
        let ended = self.end(SignedOutWhy::SignedOut);
        let mut session = ended.ok_or(AuthError::NotSignedIn)?;
        // Nobody else has its tokens any more: what is not told now is owed.
        let mut unpaid = self.unpaid(session.refresh_token.clone());
        // A rotated refresh token is known only then.
        if let Some(renewal) = renewal {
            let _ = renewal.await;
            if let Some(renewed) = renewed.take() {
                unpaid.is_now(&renewed.refresh_token);
                session = renewed;
            }
        }
        drop(renewed);
        let told = match self.parting_token(&session).await {
            Ok((access_token, rotated)) => {
                if let Some(rotated) = rotated {
                    unpaid.is_now(&rotated);
                }
                self.tell_everywhere(access_token).await
            }
            Err(error) => Err(error),
        };
        match told {
            Ok(()) => unpaid.settled(),
            Err(_) => {
                let _ = unpaid.pay().await;
            }
        }
        told
    }

    /// An access token that is valid now, of a session that has ended here, and the refresh token that came with it.
    async fn parting_token(
        &self,
        session: &Session,
    ) -> Result<(AccessToken, Option<RefreshToken>), AuthError> {
        if session.age.is_fresh(&self.now()) {
            return Ok((session.access_token.clone(), None));
        }
        let answer = match self.request_tokens(&session.kept()).await {
            Err(error) if error.ends_session() => return Err(AuthError::NotSignedIn),
            answer => answer?,
        };
        let result = answer
            .authentication_result
            .ok_or_else(|| AuthError::Protocol("a renewal was answered with a challenge".to_owned()))?;
        Ok((result.access_token, result.refresh_token))
    }

    async fn tell_everywhere(&self, access_token: AccessToken) -> Result<(), AuthError> {
        if self.state().session.is_some() {
            // Somebody has signed in since, whose session it would end.
            return Err(AuthError::Superseded);
        }
        self.client()
            .call(&GlobalSignOut { access_token })
            .await
            .map(drop)
            .map_err(AuthError::from)
    }

    /// What is left of a session that ended while its renewal, which `epoch` counts, was under way.
    pub(super) async fn part_with(&self, epoch: u64, session: Session) {
        let waiting = {
            let state = self.state();
            let parting = state.parting.as_ref().filter(|parting| parting.epoch == epoch);
            parting.and_then(|parting| parting.renewed.upgrade())
        };
        match waiting {
            Some(waiting) => *waiting.borrow_mut() = Some(session),
            None => {
                let _ = self.revoke(Some(session.refresh_token)).await;
            }
        }
    }
}
