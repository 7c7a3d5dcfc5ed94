//! Step-up: a session in use is raised to a higher level, or proved anew, and goes on as it was if that fails.

use super::{AuthError, AuthLevel, Step, core::Engine};
use crate::{
    cognito::AuthenticationResult,
    config::SignInFlow,
    session::{Reading, Session},
    sign_in::{Attempt, StepUp},
};

impl Engine {
    /// Whether the session shows `level`.
    pub(super) fn shows(&self, level: &AuthLevel) -> Result<bool, AuthError> {
        let now = self.now();
        let state = self.state();
        let session = state.session.as_ref().ok_or(AuthError::NotSignedIn)?;
        Ok(session.reaches(&level.acr_values) && session.is_recent(level.max_age, &now))
    }

    pub(super) async fn step_up(&self, level: AuthLevel) -> Result<Step, AuthError> {
        if self.shows(&level)? {
            return Ok(Step::SignedIn);
        }
        let AuthLevel { acr_values, max_age } = level;
        let (username, login, is_recent) = {
            let state = self.state();
            let session = state.session.as_ref().ok_or(AuthError::NotSignedIn)?;
            let is_recent = session.is_recent(max_age, &self.now());
            (session.claims.username.clone(), session.login.clone(), is_recent)
        };
        let number = self.next_attempt();
        // What was proved too long ago earns nothing. That the service thinks so too is not sure to the second.
        let access_token = match is_recent && !acr_values.is_empty() {
            true => Some(self.access_token().await?),
            false => None,
        };
        let device = self.known_device(&login).await;
        // Without a level to reach, the way that the person usually comes in by will do.
        let flow = if acr_values.is_empty() && self.config().passwordless.is_none() {
            self.config().sign_in_flow
        } else {
            SignInFlow::UserAuth
        };
        let attempt = Attempt {
            flow,
            step_up: Some(StepUp {
                access_token,
                acr_values,
                max_age,
            }),
            device,
            ..self.attempt_of(username)
        };
        self.start(attempt, number).await
    }

    /// The session that a step-up brought, in place of the one in use.
    pub(super) async fn raised(
        &self,
        step_up: &StepUp,
        result: AuthenticationResult,
        asked: Reading,
    ) -> Result<Session, AuthError> {
        let (subject, kept) = {
            let state = self.state();
            let session = state.session.as_ref().ok_or(AuthError::Superseded)?;
            (session.claims.sub.clone(), session.kept())
        };
        let session = self.session_from(result, asked, kept).await?;
        if session.claims.sub != subject {
            return Err(AuthError::InvalidToken(
                "the tokens are another user's".to_owned(),
            ));
        }
        // The service says what was reached; whether that will do is for the app to check.
        match session.reaches(&step_up.acr_values) {
            true => Ok(session),
            false => Err(AuthError::LevelOutOfReach),
        }
    }

    /// The name that the person of the session signed in by.
    pub(super) fn login(&self) -> Option<String> {
        let state = self.state();
        state.session.as_ref().map(|session| session.login.clone())
    }
}
