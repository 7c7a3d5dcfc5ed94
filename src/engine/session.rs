use std::time::Duration;

use super::{AuthError, Event, SessionState, SignedIn, SignedOutWhy, core::Engine};
use crate::{
    cognito::{Attribute, AuthenticationResult, GetUser},
    session::{Reading, Schedule, Session, TokenAge, Usage},
    token::{AccessToken, IdToken, RefreshToken, TokenError},
};

/// How often tokens are renewed for one who waits for them, if they keep coming too late.
const RENEWALS: u32 = 3;

/// What a session goes on with where a renewal brings nothing new.
#[derive(Clone, Default)]
pub(super) struct Kept {
    pub refresh_token: Option<RefreshToken>,
    pub device_key: Option<String>,
    pub device_forgotten: bool,
    pub login: String,
    pub asks_to_remember_device: bool,
    pub hosted: bool,
}

impl Session {
    pub(super) fn kept(&self) -> Kept {
        Kept {
            refresh_token: Some(self.refresh_token.clone()),
            device_key: self.device_key.clone(),
            device_forgotten: self.device_forgotten,
            login: self.login.clone(),
            asks_to_remember_device: self.asks_to_remember_device,
            hosted: self.hosted,
        }
    }
}

/// Why no session comes of an answer.
pub(super) enum Unusable {
    /// Its tokens do not stand up to verification.
    Tokens(TokenError),
    Other(AuthError),
}

impl Unusable {
    /// The tokens are genuine, and somebody else's: another person's, app client's or pool's.
    pub fn is_anothers(&self) -> bool {
        matches!(
            self,
            Self::Tokens(TokenError::Issuer | TokenError::Audience | TokenError::Subject)
        )
    }
}

impl From<AuthError> for Unusable {
    fn from(error: AuthError) -> Self {
        Self::Other(error)
    }
}

impl From<Unusable> for AuthError {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Tokens(error) => Self::InvalidToken(error.to_string()),
            Unusable::Other(error) => error,
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
    ) -> Result<Session, Unusable> {
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
        let (claims, access) = verified.map_err(Unusable::Tokens)?;
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
        Ok(Session {
            id_token: result.id_token,
            access_token: result.access_token,
            refresh_token,
            device_key,
            device_forgotten,
            login: kept.login,
            asks_to_remember_device: kept.asks_to_remember_device,
            hosted: kept.hosted,
            schedule: Schedule::new(&age, |limit| self.ports().jitter(limit)),
            age,
            claims,
        })
    }

    /// Starts a session, and hands out the one whose place it takes.
    pub(super) fn begin(&self, session: Session) -> Option<Session> {
        self.give_up_unfinished();
        let now = self.now();
        // The hosted pages let in by a sign-in of before.
        let age = match session.hosted {
            true => session.proved_before_issue().unwrap_or_default(),
            false => Duration::ZERO,
        };
        let replaced = {
            let mut state = self.state();
            state.epoch += 1;
            state.usage = Some(Usage::continuing(now, age));
            state.renewal = None;
            state.forget_credentials();
            state.session.replace(session)
        };
        self.tell_session();
        self.nudge();
        self.note_beginning();
        replaced
    }

    /// Ends the session, if there is one, and hands out what it held.
    pub(super) fn end(&self, why: SignedOutWhy) -> Option<Session> {
        self.give_up_unfinished();
        let ended = {
            let mut state = self.state();
            state.epoch += 1;
            state.usage = None;
            state.renewal = None;
            state.forget_credentials();
            state.session.take()
        };
        self.tell(&Event::Session(SessionState::SignedOut { why }));
        ended
    }

    /// Tells the session as it is now.
    pub(super) fn tell_session(&self) {
        let now = self.now();
        let ending = self.ending(&now);
        let event = self.state().session.as_ref().map(|session| {
            Event::Session(SessionState::SignedIn(Box::new(SignedIn {
                claims: session.claims.clone(),
                expires_at: session.age.expires_at(&now),
                renewal: session.schedule.renewal(&session.age, &now),
                asks_to_remember_device: session.asks_to_remember_device,
                hosted: session.hosted,
                ending,
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

    /// What `pick` takes of the session, renewed first if it has expired. What it hands out is valid at that moment.
    async fn valid_session<T>(&self, pick: impl Fn(&Session) -> T) -> Result<T, AuthError> {
        for renewed in 0..=RENEWALS {
            let now = self.now();
            match &self.state().session {
                None => return Err(AuthError::NotSignedIn),
                Some(session) if session.age.is_fresh(&now) => return Ok(pick(session)),
                Some(session) if renewed > 0 && session.age.is_valid(&now) => return Ok(pick(session)),
                Some(_) => {}
            }
            // The answer may have come when its tokens had expired: the device slept in between.
            if renewed < RENEWALS {
                self.renew().await?;
                self.check_limits();
            }
        }
        Err(AuthError::Timeout)
    }

    pub(super) async fn user_attributes(&self) -> Result<Vec<Attribute>, AuthError> {
        let user = self
            .with_access_token(|access_token| GetUser { access_token })
            .await?;
        Ok(user.user_attributes)
    }
}
