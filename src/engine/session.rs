use super::{AuthError, Event, SessionState, SignOutScope, SignedIn, SignedOutWhy, core::Engine};
use crate::{
    cognito::{Attribute, AuthenticationResult, GetUser, GlobalSignOut, RevokeToken},
    session::{Reading, Schedule, Session, TokenAge},
    token::{AccessToken, IdToken, RefreshToken, TokenError},
};

/// What a session goes on with where a renewal brings nothing new.
#[derive(Clone, Default)]
pub(super) struct Kept {
    pub refresh_token: Option<RefreshToken>,
    pub device_key: Option<String>,
    pub device_forgotten: bool,
    pub login: String,
    pub asks_to_remember_device: bool,
}

impl Session {
    pub(super) fn kept(&self) -> Kept {
        Kept {
            refresh_token: Some(self.refresh_token.clone()),
            device_key: self.device_key.clone(),
            device_forgotten: self.device_forgotten,
            login: self.login.clone(),
            asks_to_remember_device: self.asks_to_remember_device,
        }
    }
}

impl Engine {
    /// Verifies tokens, whose life is counted from `since`, and makes a session of them. `kept` is the
    /// refresh token to go on with where the service sent no new one.
    pub(super) async fn session_from(
        &self,
        result: AuthenticationResult,
        since: Reading,
        kept: Kept,
    ) -> Result<Session, AuthError> {
        let verified = match self
            .keys()
            .await?
            .verify_answer(&result.id_token, &result.access_token)
        {
            Err(TokenError::UnknownKey) => {
                self.forget_keys();
                self.keys()
                    .await?
                    .verify_answer(&result.id_token, &result.access_token)
            }
            verified => verified,
        };
        let (claims, access) = verified.map_err(|error| AuthError::InvalidToken(error.to_string()))?;
        // What was forgotten counts for the old refresh token only.
        let device_forgotten = kept.device_forgotten && result.refresh_token.is_none();
        let device_key = result
            .new_device_metadata
            .map(|device| device.device_key)
            .or(kept.device_key.filter(|_| !kept.device_forgotten));
        let refresh_token = result.refresh_token.or(kept.refresh_token);
        let refresh_token =
            refresh_token.ok_or_else(|| AuthError::Protocol("the answer has no refresh token".to_owned()))?;
        // The app client has a lifetime for each of the two: the session is as old as the first to expire.
        let age = TokenAge::new(since, claims.iat, claims.exp.min(access.exp));
        let jitter = self
            .ports()
            .jitter(std::time::Duration::from_secs(1))
            .subsec_millis();
        Ok(Session {
            id_token: result.id_token,
            access_token: result.access_token,
            refresh_token,
            device_key,
            device_forgotten,
            login: kept.login,
            asks_to_remember_device: kept.asks_to_remember_device,
            schedule: Schedule::new(&age, jitter),
            age,
            claims,
        })
    }

    /// Starts a session, and hands out the one whose place it takes.
    pub(super) fn begin(&self, session: Session) -> Option<Session> {
        let replaced = {
            let mut state = self.state();
            state.epoch += 1;
            state.renewal = None;
            state.pending_sign_in = None;
            state.pending_sign_up = None;
            state.session.replace(session)
        };
        self.tell_session();
        self.nudge();
        replaced
    }

    /// Ends the session, if there is one, and hands out what it held.
    pub(super) fn end(&self, why: SignedOutWhy) -> Option<Session> {
        let ended = {
            let mut state = self.state();
            state.epoch += 1;
            state.attempt += 1;
            state.renewal = None;
            state.pending_sign_in = None;
            state.pending_sign_up = None;
            state.session.take()
        };
        self.tell(&Event::Session(SessionState::SignedOut { why }));
        ended
    }

    /// Tells the session as it is now.
    pub(super) fn tell_session(&self) {
        let now = self.now();
        let event = self.state().session.as_ref().map(|session| {
            Event::Session(SessionState::SignedIn(Box::new(SignedIn {
                claims: session.claims.clone(),
                expires_at: session.age.expires_at(&now),
                renewal: session.schedule.renewal(&session.age, &now),
                asks_to_remember_device: session.asks_to_remember_device,
            })))
        });
        if let Some(event) = event {
            self.tell(&event);
        }
    }

    pub(super) async fn access_token(&self) -> Result<AccessToken, AuthError> {
        self.valid_session(|session| session.access_token.clone()).await
    }

    pub(super) async fn id_token(&self) -> Result<IdToken, AuthError> {
        self.valid_session(|session| session.id_token.clone()).await
    }

    /// What `pick` takes of the session, renewed first if it has expired.
    async fn valid_session<T>(&self, pick: impl Fn(&Session) -> T) -> Result<T, AuthError> {
        let now = self.now();
        match &self.state().session {
            None => return Err(AuthError::NotSignedIn),
            Some(session) if session.age.is_fresh(&now) => return Ok(pick(session)),
            Some(_) => {}
        }
        self.renew().await?;
        self.state()
            .session
            .as_ref()
            .map(pick)
            .ok_or(AuthError::NotSignedIn)
    }

    pub(super) async fn user_attributes(&self) -> Result<Vec<Attribute>, AuthError> {
        let user = self
            .with_access_token(|access_token| GetUser { access_token })
            .await?;
        Ok(user.user_attributes)
    }

    /// Ends the session here in any case, then tells the service.
    pub(super) async fn sign_out(&self, scope: SignOutScope) -> Result<(), AuthError> {
        match scope {
            SignOutScope::ThisDevice => {
                let session = self.end(SignedOutWhy::SignedOut);
                self.revoke(session.map(|session| session.refresh_token)).await
            }
            SignOutScope::Everywhere => {
                // GlobalSignOut wants a valid access token, and getting one needs the session.
                let epoch = self.state().epoch;
                let access_token = self.access_token().await;
                if self.state().epoch != epoch {
                    // That session is over; the one there is now is another.
                    return Err(AuthError::Superseded);
                }
                let session = self.end(SignedOutWhy::SignedOut);
                let told = match access_token {
                    Ok(access_token) => self
                        .client()
                        .call(&GlobalSignOut { access_token })
                        .await
                        .map_err(AuthError::from),
                    Err(error) => Err(error),
                };
                if told.is_err() {
                    let _ = self.revoke(session.map(|session| session.refresh_token)).await;
                }
                told.map(|_| ())
            }
        }
    }

    /// Revokes a refresh token and what came of it; a pool without revocation has nothing to revoke.
    pub(super) async fn revoke(&self, token: Option<RefreshToken>) -> Result<(), AuthError> {
        let Some(token) = token else { return Ok(()) };
        let client_id = self.config().client_id.to_string();
        match self
            .client()
            .call(&RevokeToken { client_id, token })
            .await
            .map_err(AuthError::from)
        {
            Err(error) if error.is_retryable() => Err(error),
            _ => Ok(()),
        }
    }
}
