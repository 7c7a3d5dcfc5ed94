//! Sign-in through the hosted pages and identity providers: the request, which the page takes there, and the answer.

use futures::future::{Either, select};

use super::{AuthError, Authorization, SessionState, SignedOutWhy, Step, core::Engine, session::Kept};
use crate::{
    cognito::AuthenticationResult,
    config::OAuth,
    oauth::{
        AuthorizationRequest, AuthorizationResponse, Outcome, Prompt, TokenRefusal, Transaction,
        authorization_url, code_form, meaning, read_tokens,
    },
    session::{Reading, Session},
    token::{Code, TokenError},
};

impl Engine {
    pub(super) fn start_authorization(
        &self,
        request: &AuthorizationRequest,
    ) -> Result<Authorization, AuthError> {
        let oauth = self.oauth()?;
        self.check_nobody_is_in_the_way(request.reauthenticates)?;
        if !oauth.redirect_sign_in.contains(&request.redirect_uri) {
            let reason = [
                "auth.oauth.redirect_sign_in_uri does not list ",
                &request.redirect_uri,
            ];
            return Err(AuthError::Misconfigured(reason.concat()));
        }
        if request.prompt.contains(&Prompt::None) && request.prompt.len() > 1 {
            return Err(AuthError::InvalidInput("prompt=none stands alone".to_owned()));
        }
        let ports = self.ports();
        let transaction = Transaction::begin(
            ports.random.as_ref(),
            ports.clock.wall(),
            request.redirect_uri.clone(),
            request.in_popup,
            request.reauthenticates,
        )?;
        self.next_attempt();
        let request = self.within_limits(request.clone());
        Ok(Authorization {
            url: authorization_url(oauth, &self.config().client_id, &request, &transaction),
            transaction,
        })
    }

    /// The hosted pages know nothing of a session's limits, and remember for an hour who has signed in: what was ended
    /// here is not to go on by their word alone.
    fn within_limits(&self, mut request: AuthorizationRequest) -> AuthorizationRequest {
        if let Some(lifetime) = self.config().session.lifetime {
            request.max_age = Some(request.max_age.map_or(lifetime, |age| age.min(lifetime)));
        }
        let has_run_out = matches!(
            self.snapshot().session,
            SessionState::SignedOut {
                why: SignedOutWhy::Idle | SignedOutWhy::LifetimeOver
            }
        );
        let is_set = |prompt| matches!(prompt, &Prompt::None | &Prompt::Login);
        if has_run_out && !request.prompt.iter().any(is_set) {
            request.prompt.push(Prompt::Login);
        }
        request
    }

    pub(super) async fn finish_authorization(
        &self,
        transaction: Transaction,
        response: AuthorizationResponse,
    ) -> Result<Step, AuthError> {
        let state = response.state.ok_or(AuthError::StateMismatch)?;
        if !transaction.is_answered_by(&state) {
            return Err(AuthError::StateMismatch);
        }
        let code = match response.outcome {
            Outcome::Code(code) => code,
            Outcome::Error { error, description } => return Err(meaning(&error, &description).into()),
            Outcome::Malformed => {
                return Err(AuthError::Protocol(
                    "the answer in the address was not understood".to_owned(),
                ));
            }
        };
        if transaction.has_expired(self.ports().clock.wall()) {
            return Err(AuthError::SignInExpired);
        }
        // The code stays unused, and is good for nothing without the verifier.
        self.check_nobody_is_in_the_way(transaction.reauthenticates)?;
        let number = self.next_attempt();
        // Tokens are at most as old as the request that brings them.
        let asked = self.now();
        let redeemed = Box::pin(self.redeem(&code, &transaction));
        let result = match select(redeemed, self.keys()).await {
            Either::Left((result, _)) => result,
            Either::Right((_, redeemed)) => redeemed.await,
        }?;
        // It must not lie about for its thirty days if nobody comes to use it.
        let issued = result.refresh_token.clone().map(|token| self.unpaid(token));
        let session = match self.hosted_session(result, &transaction, asked).await {
            Ok(session) if self.attempt() == number => session,
            refused => {
                if let Some(issued) = issued {
                    let _ = issued.pay().await;
                }
                return Err(refused.err().unwrap_or(AuthError::Superseded));
            }
        };
        if let Some(issued) = issued {
            issued.settled();
        }
        let replaced = self.begin(session).map(|session| session.refresh_token);
        let _ = self.revoke(replaced).await;
        Ok(Step::SignedIn)
    }

    /// Gets tokens for a code. Nothing is sent twice: a code is good for one request, be it answered or not.
    async fn redeem(
        &self,
        code: &Code,
        transaction: &Transaction,
    ) -> Result<AuthenticationResult, AuthError> {
        let url = [self.oauth()?.domain.as_str(), "/oauth2/token"].concat();
        let form = code_form(&self.config().client_id, code, transaction);
        let answer = self.client().post_form(url, form).await?;
        let refusal = match (answer.status, read_tokens(answer.status == 200, &answer.body)) {
            (_, Ok(result)) => return Ok(result),
            (429, _) => return Err(AuthError::Throttled),
            (500.., _) => return Err(AuthError::ServiceFailure),
            (_, Err(refusal)) => refusal,
        };
        Err(match refusal {
            TokenRefusal::Error(error) if error == "invalid_grant" => AuthError::CodeRefused,
            TokenRefusal::Error(error) => {
                let hint = match error.as_str() {
                    // Only a client with a secret has to show more than its id.
                    "invalid_client" => ": the app client has to be a public one, without a secret",
                    _ => "",
                };
                AuthError::Misconfigured(["the token endpoint says ", &error, hint].concat())
            }
            TokenRefusal::NotUnderstood => {
                AuthError::Protocol("the token endpoint’s answer was not understood".to_owned())
            }
        })
    }

    /// The session that an answer brings, if the tokens are to this request.
    async fn hosted_session(
        &self,
        result: AuthenticationResult,
        transaction: &Transaction,
        asked: Reading,
    ) -> Result<Session, AuthError> {
        let kept = Kept {
            hosted: true,
            ..Kept::default()
        };
        let mut session = self.session_from(result, asked, kept).await?;
        if session.claims.nonce.as_deref() != Some(transaction.nonce.expose()) {
            return Err(AuthError::InvalidToken(TokenError::Nonce.to_string()));
        }
        session.login.clone_from(&session.claims.username);
        // As where the hosted pages take no notice of `max_age`.
        let lifetime = self.config().session.lifetime;
        if lifetime.is_some_and(|lifetime| session.proved_before_issue() >= Some(lifetime)) {
            return Err(AuthError::SignInExpired);
        }
        match &self.state().session {
            Some(current) if transaction.reauthenticates && current.claims.sub != session.claims.sub => {
                Err(AuthError::WrongAccount)
            }
            _ => Ok(session),
        }
    }

    fn oauth(&self) -> Result<&OAuth, AuthError> {
        let missing = || AuthError::Misconfigured("amplify_outputs.json has no auth.oauth".to_owned());
        self.config().oauth.as_ref().ok_or_else(missing)
    }

    /// A session ends by a sign-out only. One that is to be shown again may have ended meanwhile: a new one is as good.
    fn check_nobody_is_in_the_way(&self, reauthenticates: bool) -> Result<(), AuthError> {
        match self.state().session.is_some() && !reauthenticates {
            true => Err(AuthError::AlreadySignedIn),
            false => Ok(()),
        }
    }
}
