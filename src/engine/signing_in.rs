//! Sign-in: drives the state machine of [`crate::sign_in`]; the latest attempt wins.

use futures::future::{Either, select};

use super::{AuthError, SignInRequest, Step, core::Engine, session::Kept};
use crate::{
    cognito::{AuthenticationResult, CognitoError, ErrorKind},
    config::{Config, SignInFlow},
    session::Reading,
    sign_in::{Action, Answer, Attempt, Moment, Reply, Request, SignIn},
    token::{ChallengeSession, Password},
};

impl Engine {
    pub(super) async fn sign_in(&self, request: SignInRequest) -> Result<Step, AuthError> {
        if self.state().session.is_some() {
            return Err(AuthError::AlreadySignedIn);
        }
        let number = if request.quiet {
            self.next_quiet_attempt()
        } else {
            self.next_attempt()
        };
        let flow = flow_of(&request, self.config());
        let attempt = Attempt {
            flow,
            password: request.password,
            preferred: request.preferred,
            device: self.known_device(&request.username).await,
            ..self.attempt_of(request.username)
        };
        self.start(attempt, number).await
    }

    /// Signs in with what a confirmed registration left, unless another sign-in has begun since `number`. Where it
    /// fails, the person signs in by hand.
    pub(super) async fn follow_up(
        &self,
        number: u64,
        username: String,
        password: Option<Password>,
        session: Option<ChallengeSession>,
    ) -> Result<Step, AuthError> {
        let by_hand = Ok(Step::SignIn {
            username: username.clone(),
        });
        if self.attempt() != number {
            return Err(AuthError::Superseded);
        }
        // A session is ended by nothing but a sign-out.
        if self.state().session.is_some() {
            return by_hand;
        }
        let request = SignInRequest {
            username: username.clone(),
            password,
            ..SignInRequest::default()
        };
        let signed_in = match session {
            Some(session) => {
                let attempt = Attempt {
                    flow: SignInFlow::UserAuth,
                    sign_up_session: Some(session),
                    ..self.attempt_of(username)
                };
                let number = self.next_attempt();
                match self.start(attempt, number).await {
                    Err(error) if error != AuthError::Superseded && request.password.is_some() => {
                        self.sign_in(request).await
                    }
                    step => step,
                }
            }
            None if request.password.is_some() => self.sign_in(request).await,
            None => return by_hand,
        };
        match signed_in {
            Err(AuthError::Superseded) => Err(AuthError::Superseded),
            Err(_) => by_hand,
            Ok(step) => Ok(step),
        }
    }

    pub(super) async fn answer(&self, answer: Answer) -> Result<Step, AuthError> {
        let mut sign_in = self.take_sign_in().ok_or(AuthError::SignInExpired)?;
        self.unfinished().is_quiet = false;
        let number = self.attempt();
        if sign_in.step_up().is_some() {
            match self.access_token().await {
                Ok(token) => sign_in.renew_access_token(token),
                Err(error) => return Err(self.keep_asking(number, sign_in, error)),
            }
        }
        match sign_in.answer(answer, self.moment()) {
            Ok(action) => self.drive_with_keys(sign_in, action, number).await,
            Err(error) => {
                if sign_in.is_asking() {
                    self.keep_sign_in(number, sign_in);
                }
                Err(error.into())
            }
        }
    }

    pub(super) fn cancel_sign_in(&self) {
        self.next_attempt();
    }

    /// The number of the latest attempt to sign in.
    pub(super) fn attempt(&self) -> u64 {
        self.unfinished().attempt
    }

    /// Starts a new attempt, which overtakes any other, and forgets what belonged to it.
    pub(super) fn next_attempt(&self) -> u64 {
        let number = self.next_quiet_attempt();
        let mut unfinished = self.unfinished();
        unfinished.is_quiet = false;
        unfinished.sign_up = None;
        number
    }

    /// The same for an attempt that nobody has asked for: it forgets only another sign-in.
    fn next_quiet_attempt(&self) -> u64 {
        let mut unfinished = self.unfinished();
        unfinished.is_quiet = true;
        unfinished.sign_in = None;
        unfinished.attempt += 1;
        unfinished.attempt
    }

    pub(super) fn attempt_of(&self, username: String) -> Attempt {
        Attempt {
            client_id: self.client_id(),
            pool_name: self.config().user_pool_id.name().to_owned(),
            username,
            flow: SignInFlow::default(),
            password: None,
            preferred: None,
            sign_up_session: None,
            step_up: None,
            device: None,
            client_metadata: self.client_metadata(),
        }
    }

    pub(super) async fn start(&self, attempt: Attempt, number: u64) -> Result<Step, AuthError> {
        let (sign_in, action) = SignIn::start(attempt, self.moment())?;
        self.drive_with_keys(sign_in, action, number).await
    }

    /// Drives the sign-in, while the keys that verify its tokens are on their way.
    async fn drive_with_keys(&self, sign_in: SignIn, first: Action, number: u64) -> Result<Step, AuthError> {
        let sign_in = Box::pin(self.drive(sign_in, first, number));
        match select(sign_in, self.keys()).await {
            Either::Left((step, _)) => step,
            Either::Right((_, sign_in)) => sign_in.await,
        }
    }

    async fn drive(&self, mut sign_in: SignIn, first: Action, number: u64) -> Result<Step, AuthError> {
        let mut action = first;
        // Tokens are at most as old as the request that brought them.
        let mut asked = self.now();
        loop {
            let request = match action {
                Action::Send(request) => *request,
                Action::Ask(mut challenge) => {
                    if sign_in.step_up().is_some() {
                        challenge.username = self.login().unwrap_or(challenge.username);
                    }
                    return match self.keep_sign_in(number, sign_in) {
                        true => Ok(Step::Challenge(challenge)),
                        false => Err(AuthError::Superseded),
                    };
                }
                Action::Finish(result) => return self.finish(&sign_in, *result, asked, number).await,
            };
            if self.attempt() != number {
                return Err(AuthError::Superseded);
            }
            asked = self.now();
            let (operation, reply) = self.send(request).await;
            action = match reply {
                Ok(reply) => match sign_in.on_reply(reply, self.moment()) {
                    Ok(action) => action,
                    Err(error) => return Err(self.keep_asking(number, sign_in, error.into())),
                },
                Err(error) => {
                    let action = sign_in.on_error(error, self.moment());
                    if sign_in.has_lost_device() {
                        self.forget_known_device(sign_in.username()).await;
                    }
                    match action {
                        Ok(action) => action,
                        Err(error) => return self.refused(sign_in, operation, error, number).await,
                    }
                }
            };
        }
    }

    /// Its outcome, and what it answers: the operation, or the challenge, which says more.
    async fn send(&self, request: Request) -> (&'static str, Result<Reply, CognitoError>) {
        let client = self.client();
        match request {
            Request::Initiate(request) => ("InitiateAuth", client.call(&request).await.map(Reply::Auth)),
            // An error's meaning depends on the challenge.
            Request::Respond(request) => (
                request.challenge_name,
                client.call(&request).await.map(Reply::Auth),
            ),
            Request::Associate(request) => (
                "AssociateSoftwareToken",
                client.call(&request).await.map(Reply::Associated),
            ),
            Request::Verify(request) => (
                "VerifySoftwareToken",
                client.call(&request).await.map(Reply::Verified),
            ),
        }
    }

    /// Two refusals lead on to another journey; after the others the question stands, if there was one.
    async fn refused(
        &self,
        sign_in: SignIn,
        operation: &'static str,
        error: CognitoError,
        number: u64,
    ) -> Result<Step, AuthError> {
        let kind = match &error {
            CognitoError::Service { kind, .. } if sign_in.step_up().is_none() => Some(kind),
            _ => None,
        };
        let username = sign_in.username().to_owned();
        match kind {
            // What was given up or overtaken leaves no password behind and sends no code.
            Some(ErrorKind::UserNotConfirmed | ErrorKind::PasswordResetRequired)
                if self.attempt() != number || self.unfinished().is_quiet =>
            {
                Err(AuthError::Superseded)
            }
            Some(ErrorKind::UserNotConfirmed) => {
                self.keep_sign_up(number, &username, sign_in.password().cloned(), None);
                // The code of long ago may be lost or expired; a new one that cannot be sent is asked for again.
                let delivery = self.resend_sign_up_code(username.clone()).await.ok();
                match self.attempt() == number {
                    true => Ok(Step::ConfirmSignUp { username, delivery }),
                    false => Err(AuthError::Superseded),
                }
            }
            Some(ErrorKind::PasswordResetRequired) => Ok(Step::ResetPassword {
                username,
                delivery: None,
            }),
            _ => {
                let asks_for_level = operation == "InitiateAuth"
                    && sign_in
                        .step_up()
                        .is_some_and(|step_up| !step_up.acr_values.is_empty());
                let error = match AuthError::from_service(operation, error) {
                    AuthError::InvalidInput(_) if asks_for_level => AuthError::LevelOutOfReach,
                    error => error,
                };
                Err(self.keep_asking(number, sign_in, error))
            }
        }
    }

    /// Keeps a sign-in whose question stands, and hands `error` on.
    fn keep_asking(&self, number: u64, sign_in: SignIn, error: AuthError) -> AuthError {
        if !sign_in.is_asking() || self.keep_sign_in(number, sign_in) {
            error
        } else {
            AuthError::Superseded
        }
    }

    async fn finish(
        &self,
        sign_in: &SignIn,
        result: AuthenticationResult,
        asked: Reading,
        number: u64,
    ) -> Result<Step, AuthError> {
        let issued = result.refresh_token.clone();
        let new_device = result.new_device_metadata.clone();
        let verified = match sign_in.step_up() {
            Some(step_up) => self.raised(step_up, result, asked).await,
            None => {
                let kept = Kept {
                    device_key: sign_in.device_key().map(str::to_owned),
                    login: sign_in.username().to_owned(),
                    ..Kept::default()
                };
                self.session_from(result, asked, kept)
                    .await
                    .map_err(AuthError::from)
            }
        };
        let mut session = match verified {
            Ok(session) => session,
            Err(error) => {
                // Nobody will use it: it must not lie about for its thirty days.
                let _ = self.revoke(issued).await;
                return Err(error);
            }
        };
        if let Some(device) = new_device.filter(|_| self.attempt() == number) {
            session.asks_to_remember_device = self
                .confirm_device(&session.login, &session.access_token, device)
                .await;
        }
        if issued.is_none() {
            // It may rotate the refresh token that the raised session is to go on with.
            self.renewal_settled().await;
        }
        if self.attempt() != number {
            let _ = self.revoke(issued).await;
            return Err(AuthError::Superseded);
        }
        // A step-up may bring no refresh token; that of the session in use may have been rotated meanwhile.
        if let (None, Some(current)) = (&issued, &self.state().session) {
            session.refresh_token = current.refresh_token.clone();
        }
        let refresh_token = session.refresh_token.clone();
        let replaced = self.begin(session).map(|session| session.refresh_token);
        let _ = self
            .revoke(replaced.filter(|token| *token != refresh_token))
            .await;
        Ok(Step::SignedIn)
    }

    /// This moment, for the machine.
    fn moment(&self) -> Moment<'_> {
        Moment {
            now: self.client().server_now(),
            random: self.ports().random.as_ref(),
        }
    }

    pub(super) fn client_id(&self) -> String {
        self.config().client_id.to_string()
    }
}

fn flow_of(request: &SignInRequest, config: &Config) -> SignInFlow {
    match (request.flow, request.preferred, &request.password) {
        (Some(flow), ..) => flow,
        (None, Some(_), _) => SignInFlow::UserAuth,
        (None, None, None) if config.passwordless.is_some() => SignInFlow::UserAuth,
        (None, None, _) => config.sign_in_flow,
    }
}
