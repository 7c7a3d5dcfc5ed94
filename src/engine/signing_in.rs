//! Sign-in: drives the state machine of [`crate::sign_in`]; the latest attempt wins.

use futures::future::{Either, select};
use zeroize::Zeroizing;

use super::{AuthError, Step, core::Engine, session::Kept};
use crate::{
    cognito::{Attribute, CognitoError, ErrorKind},
    sign_in::{self, Attempt, Next},
    token::Password,
};

impl Engine {
    pub(super) async fn sign_in(&self, username: String, password: Password) -> Result<Step, AuthError> {
        let mut randomness = Zeroizing::new([0; 32]);
        self.ports().random.fill(randomness.as_mut())?;
        let attempt = Attempt {
            client_id: self.client_id(),
            pool_name: self.config().user_pool_id.name().to_owned(),
            username: username.clone(),
        };
        let number = self.next_attempt();
        let first = sign_in::start(attempt, password.clone(), randomness);
        match self.drive_with_keys(first, number).await {
            // What was given up or overtaken leaves no password behind and sends no code.
            Err(SignInFailure::NotConfirmed | SignInFailure::ResetRequired)
                if self.state().attempt != number =>
            {
                Err(AuthError::Superseded)
            }
            Err(SignInFailure::NotConfirmed) => {
                self.keep_password(number, &username, password);
                // The code of long ago may be lost or expired; a new one that cannot be sent is asked for again.
                let delivery = self.resend_sign_up_code(username.clone()).await.ok();
                Ok(Step::ConfirmSignUp { username, delivery })
            }
            Err(SignInFailure::ResetRequired) => Ok(Step::ResetPassword {
                username,
                delivery: None,
            }),
            Err(SignInFailure::Other(error)) => Err(error),
            Ok(step) => Ok(step),
        }
    }

    pub(super) async fn set_new_password(
        &self,
        new_password: Password,
        attributes: &[Attribute],
    ) -> Result<Step, AuthError> {
        let challenge = self.state().new_password.take().ok_or(AuthError::SignInExpired)?;
        let number = self.next_attempt();
        let answer = challenge.answer(new_password, attributes);
        match self.drive_with_keys(answer, number).await {
            Ok(step) => Ok(step),
            Err(failure) => {
                let error = AuthError::from(failure);
                // A password that is refused can be chosen again; a Session that is gone cannot be had back.
                if error != AuthError::SignInExpired && self.state().attempt == number {
                    self.state().new_password = Some(challenge);
                }
                Err(error)
            }
        }
    }

    pub(super) fn cancel_sign_in(&self) {
        self.next_attempt();
    }

    /// The sign-in that follows something else, unless another has begun since `attempt`. Where it fails, the
    /// person signs in by hand.
    pub(super) async fn follow_up(
        &self,
        attempt: u64,
        username: String,
        password: Password,
    ) -> Result<Step, AuthError> {
        if self.attempt() != attempt {
            return Err(AuthError::Superseded);
        }
        match self.sign_in(username.clone(), password).await {
            Err(AuthError::Superseded) => Err(AuthError::Superseded),
            Err(_) => Ok(Step::SignIn { username }),
            Ok(step) => Ok(step),
        }
    }

    /// The number of the latest attempt to sign in.
    pub(super) fn attempt(&self) -> u64 {
        self.state().attempt
    }

    /// Starts a new attempt, which overtakes any other, and forgets what belonged to it.
    fn next_attempt(&self) -> u64 {
        let mut state = self.state();
        state.new_password = None;
        state.pending_sign_up = None;
        state.attempt += 1;
        state.attempt
    }

    /// Drives the sign-in, while the keys that verify its tokens are on their way.
    async fn drive_with_keys(&self, first: Next, number: u64) -> Result<Step, SignInFailure> {
        let sign_in = Box::pin(self.drive(first, number));
        match select(sign_in, self.keys()).await {
            Either::Left((step, _)) => step,
            Either::Right((_, sign_in)) => sign_in.await,
        }
    }

    async fn drive(&self, first: Next, number: u64) -> Result<Step, SignInFailure> {
        let mut next = first;
        // Tokens are at most as old as the request that brought them.
        let mut asked = self.now();
        loop {
            let (response, state) = match next {
                Next::Initiate(request, state) => (self.client().call(&request).await?, state),
                Next::Respond(request, state) => {
                    asked = self.now();
                    (self.client().call(&request).await?, state)
                }
                Next::NewPassword(challenge) => {
                    let mut engine = self.state();
                    if engine.attempt != number {
                        return Err(AuthError::Superseded.into());
                    }
                    let step = Step::NewPassword {
                        username: challenge.username().to_owned(),
                        missing_attributes: challenge.missing_attributes.clone(),
                    };
                    engine.new_password = Some(challenge);
                    return Ok(step);
                }
                Next::Done(result) => {
                    let issued = result.refresh_token.clone();
                    let session = match self.session_from(result, asked, Kept::default()).await {
                        Ok(session) => session,
                        Err(error) => {
                            // Nobody will use it: it must not lie about for its thirty days.
                            let _ = self.revoke(issued).await;
                            return Err(error.into());
                        }
                    };
                    if self.state().attempt != number {
                        let _ = self.revoke(Some(session.refresh_token)).await;
                        return Err(AuthError::Superseded.into());
                    }
                    let replaced = self.begin(session);
                    let _ = self.revoke(replaced.map(|session| session.refresh_token)).await;
                    return Ok(Step::SignedIn);
                }
            };
            next = state
                .on_response(response, self.now().wall)
                .map_err(AuthError::from)?;
        }
    }

    pub(super) fn client_id(&self) -> String {
        self.config().client_id.to_string()
    }
}

/// How a sign-in fails: two ways lead on to another journey.
enum SignInFailure {
    NotConfirmed,
    ResetRequired,
    Other(AuthError),
}

impl From<CognitoError> for SignInFailure {
    fn from(error: CognitoError) -> Self {
        match error {
            CognitoError::Service {
                kind: ErrorKind::UserNotConfirmed,
                ..
            } => Self::NotConfirmed,
            CognitoError::Service {
                kind: ErrorKind::PasswordResetRequired,
                ..
            } => Self::ResetRequired,
            error => Self::Other(error.into()),
        }
    }
}

impl From<AuthError> for SignInFailure {
    fn from(error: AuthError) -> Self {
        Self::Other(error)
    }
}

impl From<SignInFailure> for AuthError {
    fn from(failure: SignInFailure) -> Self {
        match failure {
            SignInFailure::Other(error) => error,
            SignInFailure::NotConfirmed => Self::NotAllowed("the registration is not confirmed".to_owned()),
            SignInFailure::ResetRequired => Self::NotAllowed("the password has to be reset".to_owned()),
        }
    }
}
