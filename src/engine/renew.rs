use std::time::Duration;

use futures::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};

use super::{
    AuthError, SignedOutWhy,
    core::Engine,
    session::{Kept, Unusable},
};
use crate::{
    cognito::{
        AuthResponse, AuthenticationResult, Backoff, CognitoError, ErrorKind, GetTokensFromRefreshToken,
        InitiateAuth, Pairs,
    },
    session::Due,
    token::{RefreshToken, TokenError},
};

const BACKOFF: Backoff = Backoff {
    base: Duration::from_secs(2),
    cap: Duration::from_secs(120),
};
/// Tokens that are due again as soon as they come must not turn the loop into a storm of requests.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);

/// The one renewal under way, for all who need it.
pub(super) type RenewalInFlight = Shared<LocalBoxFuture<'static, Result<(), AuthError>>>;

impl Engine {
    /// Renews the tokens; whoever asks while a renewal is under way waits for that one.
    pub(super) fn renew(&self) -> RenewalInFlight {
        if let Some(in_flight) = &self.state().renewal
            && in_flight.peek().is_none()
        {
            return in_flight.clone();
        }
        let engine = self.clone();
        let renewal = async move { engine.renew_now().await }.boxed_local().shared();
        self.state().renewal = Some(renewal.clone());
        renewal
    }

    /// Renews after a change that the tokens tell of. The change is done, whatever comes of this.
    pub(super) async fn renew_claims(&self, epoch: u64) {
        {
            let state = self.state();
            let renewable = state
                .session
                .as_ref()
                .is_some_and(|session| !session.device_forgotten);
            if state.epoch != epoch || !renewable {
                return;
            }
        }
        // It may have been answered before the change.
        self.renewal_settled().await;
        if self.state().epoch == epoch {
            let _ = self.renew().await;
        }
    }

    /// Renews if the schedule says so; tells when to look again.
    pub(super) async fn renew_if_due(&self) -> Duration {
        let now = self.now();
        let due = self
            .state()
            .session
            .as_ref()
            .map(|session| session.schedule.due(&session.age, &now));
        match due {
            None => Duration::MAX,
            Some(Due::In(wait)) => wait,
            Some(Due::Now) => {
                // What went wrong is in the schedule now, and was told.
                let _ = self.renew().await;
                let now = self.now();
                match self
                    .state()
                    .session
                    .as_ref()
                    .map(|session| session.schedule.due(&session.age, &now))
                {
                    Some(Due::In(wait)) => wait.max(SHORTEST_WAIT),
                    Some(Due::Now) => SHORTEST_WAIT,
                    None => Duration::MAX,
                }
            }
        }
    }

    async fn renew_now(&self) -> Result<(), AuthError> {
        self.check_limits();
        let (epoch, subject, kept) = {
            let state = self.state();
            let session = state.session.as_ref().ok_or(AuthError::NotSignedIn)?;
            (state.epoch, session.claims.sub.clone(), session.kept())
        };
        // Tokens are at most as old as their request. When the answer is looked at says nothing: whoever waited
        // for it may have been dropped meanwhile.
        let asked = self.now();
        let mut rotated = None;
        let answer = self.request_tokens(&kept).await;
        self.check_limits();
        if let Err(error) = &answer {
            let device_is_gone = AuthError::from(error.clone()) == AuthError::DeviceForgotten;
            if device_is_gone {
                self.lose_device(epoch).await;
            }
            if device_is_gone || error.ends_session() {
                self.end_if_current(epoch, SignedOutWhy::SessionEnded);
                return Err(AuthError::NotSignedIn);
            }
        }
        let renewed = match answer.map_err(|error| Unusable::from(AuthError::from(error))) {
            Ok(AuthResponse {
                authentication_result: Some(result),
                ..
            }) => {
                self.adopt_rotated(epoch, &result);
                rotated = result.refresh_token.clone();
                self.session_from(result, asked, kept.clone()).await
            }
            Ok(_) => Err(Unusable::from(AuthError::Protocol(
                "a renewal was answered with a challenge".to_owned(),
            ))),
            Err(error) => Err(error),
        };
        match renewed {
            Ok(session) if self.state().epoch != epoch => {
                // Signed out meanwhile: a rotated refresh token must not outlive that. After a step-up it may live on.
                if !self.holds(&session.refresh_token) {
                    self.part_with(epoch, session).await;
                }
                Err(AuthError::Superseded)
            }
            Ok(session) if session.claims.sub != subject => {
                self.end_if_current(epoch, SignedOutWhy::SessionEnded);
                let _ = self.revoke(Some(session.refresh_token)).await;
                Err(Unusable::Tokens(TokenError::Subject).into())
            }
            Err(unusable) if unusable.is_anothers() => {
                self.end_if_current(epoch, SignedOutWhy::SessionEnded);
                let _ = self.revoke(rotated.or(kept.refresh_token)).await;
                Err(unusable.into())
            }
            Ok(session) => {
                self.state().session = Some(session);
                self.tell_session();
                self.nudge();
                Ok(())
            }
            Err(unusable) => {
                if self.state().epoch == epoch {
                    self.note_failure(epoch);
                } else {
                    let _ = self.revoke(rotated).await;
                }
                Err(unusable.into())
            }
        }
    }

    /// Waits until no renewal is under way: whoever waited for one as well may have begun the next.
    pub(super) async fn renewal_settled(&self) {
        while let Some(renewal) = self.renewal_under_way() {
            let _ = renewal.await;
        }
    }

    fn renewal_under_way(&self) -> Option<RenewalInFlight> {
        let renewal = self.state().renewal.clone();
        renewal.filter(|renewal| renewal.peek().is_none())
    }

    /// Takes over a rotated refresh token before anything can fail: the old one is dead, and to send it again
    /// would be taken for theft.
    fn adopt_rotated(&self, epoch: u64, result: &AuthenticationResult) {
        let mut state = self.state();
        if state.epoch == epoch
            && let (Some(session), Some(rotated)) = (&mut state.session, &result.refresh_token)
        {
            session.refresh_token = rotated.clone();
        }
    }

    pub(super) async fn request_tokens(&self, kept: &Kept) -> Result<AuthResponse, CognitoError> {
        let Kept {
            refresh_token: Some(refresh_token),
            device_key,
            device_forgotten,
            ..
        } = kept.clone()
        else {
            return Err(CognitoError::Malformed("a session without a refresh token"));
        };
        // The service has another error for a device that it does not know, and not one that ends the session.
        let device_key = device_key.filter(|_| !device_forgotten);
        let client_id = self.config().client_id.to_string();
        if !self.state().legacy_refresh {
            let request = GetTokensFromRefreshToken {
                client_id: client_id.clone(),
                refresh_token: refresh_token.clone(),
                device_key: device_key.clone(),
                client_metadata: self.client_metadata(),
            };
            match self.client().call(&request).await {
                Err(CognitoError::Service {
                    kind: ErrorKind::UnknownOperation | ErrorKind::UnsupportedOperation,
                    ..
                }) => self.state().legacy_refresh = true,
                answer => return answer,
            }
        }
        let request = InitiateAuth {
            client_id,
            auth_flow: "REFRESH_TOKEN_AUTH",
            auth_parameters: Pairs::default()
                .with("REFRESH_TOKEN", refresh_token.expose())
                .with_some("DEVICE_KEY", device_key.as_deref()),
            session: None,
            client_metadata: self.client_metadata(),
        };
        self.client().call(&request).await
    }

    fn holds(&self, token: &RefreshToken) -> bool {
        let state = self.state();
        let current = state.session.as_ref();
        current.is_some_and(|session| session.refresh_token == *token)
    }

    /// Ends the session that `epoch` counts, unless it has ended.
    pub(super) fn end_if_current(&self, epoch: u64, why: SignedOutWhy) {
        if self.state().epoch == epoch {
            self.end(why);
        }
    }

    fn note_failure(&self, epoch: u64) {
        let now = self.now();
        {
            let mut state = self.state();
            if state.epoch != epoch {
                return;
            }
            if let Some(session) = &mut state.session {
                let delay = BACKOFF.delay(session.schedule.failures(), self.ports());
                session.schedule.failed(now, delay);
            }
        }
        self.tell_session();
        self.nudge();
    }
}
