use std::{rc::Rc, time::Duration};

use futures::future::LocalBoxFuture;

use super::{api::Refusals, redirect::Leaving};
use crate::{
    cognito::{Attribute, ClientMetadata, CodeDelivery},
    config::Config,
    engine::{
        Answer, AuthError, AuthLevel, Command, Environment, Event, Reply, SignInRequest, SignOutScope,
        SignUpRequest, Snapshot, Step,
    },
    token::{AccessToken, Code, IdToken, Password},
};

/// Ends a subscription when dropped.
pub struct EventSubscription(#[allow(dead_code, reason = "held for its Drop")] pub Box<dyn std::any::Any>);

/// Where an engine runs, and how to reach it.
pub trait Host {
    /// Has the engine carry out `command`.
    fn execute(&self, command: Command) -> LocalBoxFuture<'static, Result<Reply, AuthError>>;
    /// What all events so far add up to.
    fn snapshot(&self) -> Snapshot;
    /// Calls `listener` with every event from now on.
    fn subscribe(&self, listener: Box<dyn Fn(&Event)>) -> EventSubscription;
    /// The page leaves and means to be back within `time`. An engine that ends with its page can do nothing about it.
    fn away(&self, _time: Duration) {}
    /// The page is put into the back/forward cache, or was taken out of it.
    fn put_away(&self, _is_away: bool) {}
}

/// The page's way to the engine: one method for each command. Cheap to clone; equal if it is the same engine.
#[derive(Clone)]
pub struct EngineHandle {
    host: Rc<dyn Host>,
    config: Rc<Config>,
    refusals: Rc<Refusals>,
    leaving: Rc<Leaving>,
}

impl PartialEq for EngineHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.host, &other.host)
    }
}

macro_rules! expect {
    ($reply:expr, $variant:ident) => {
        match $reply {
            Ok(Reply::$variant(value)) => Ok(value),
            Ok(_) => Err(AuthError::EngineGone),
            Err(error) => Err(error),
        }
    };
}

impl EngineHandle {
    /// A handle to the engine that `host` runs for `config`.
    pub fn new(host: Rc<dyn Host>, config: Rc<Config>) -> Self {
        Self {
            host,
            config,
            refusals: Rc::default(),
            leaving: Rc::default(),
        }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What all events so far add up to.
    pub fn snapshot(&self) -> Snapshot {
        self.host.snapshot()
    }

    /// Calls `listener` with every event until the subscription is dropped.
    pub fn subscribe(&self, listener: impl Fn(&Event) + 'static) -> EventSubscription {
        self.host.subscribe(Box::new(listener))
    }

    pub(super) fn refusals(&self) -> &Refusals {
        &self.refusals
    }

    pub(super) fn leaving(&self) -> &Leaving {
        &self.leaving
    }

    pub(super) async fn execute(&self, command: Command) -> Result<Reply, AuthError> {
        self.host.execute(command).await
    }

    /// Registers a user (SignUp).
    ///
    /// # Errors
    /// [`AuthError`], such as `UsernameExists` or `InvalidPassword`.
    pub async fn sign_up(&self, request: SignUpRequest) -> Result<Step, AuthError> {
        expect!(self.host.execute(Command::SignUp(request)).await, Step)
    }

    /// Confirms a registration (ConfirmSignUp), and signs in if the engine still knows the password.
    ///
    /// # Errors
    /// [`AuthError`], such as `CodeMismatch` or `CodeExpired`.
    pub async fn confirm_sign_up(&self, username: &str, code: Code) -> Result<Step, AuthError> {
        let username = username.to_owned();
        expect!(
            self.host.execute(Command::ConfirmSignUp { username, code }).await,
            Step
        )
    }

    /// Sends the registration's code again (ResendConfirmationCode).
    ///
    /// # Errors
    /// [`AuthError`], such as `LimitExceeded`; never for an unknown user.
    pub async fn resend_sign_up_code(&self, username: &str) -> Result<CodeDelivery, AuthError> {
        let username = username.to_owned();
        expect!(
            self.host.execute(Command::ResendSignUpCode { username }).await,
            CodeSent
        )
    }

    /// Signs in (InitiateAuth). A password never leaves the device, unless the configuration or the request has the
    /// flow USER_PASSWORD_AUTH.
    ///
    /// # Errors
    /// [`AuthError`], such as `WrongCredentials`, or `AlreadySignedIn`.
    pub async fn sign_in(&self, request: SignInRequest) -> Result<Step, AuthError> {
        expect!(self.host.execute(Command::SignIn(request)).await, Step)
    }

    /// Answers [`Step::Challenge`] (RespondToAuthChallenge). After most errors the challenge stands.
    ///
    /// # Errors
    /// [`AuthError`], such as `CodeMismatch`; `SignInExpired` if the sign-in has to start again.
    pub async fn answer(&self, answer: Answer) -> Result<Step, AuthError> {
        expect!(self.host.execute(Command::Answer(answer)).await, Step)
    }

    /// Has the person prove more, or prove again, who they are (InitiateAuth with TARGET_ACR_VALUES and MAX_AGE). The
    /// session goes on meanwhile.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session.
    pub async fn require_auth_level(&self, level: AuthLevel) -> Result<Step, AuthError> {
        expect!(self.host.execute(Command::StepUp(level)).await, Step)
    }

    /// Whether the session shows `level` already. Nothing is asked of the service or the person.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session.
    pub async fn shows_auth_level(&self, level: AuthLevel) -> Result<bool, AuthError> {
        expect!(self.host.execute(Command::ShowsAuthLevel(level)).await, Shows)
    }

    /// Has the pool remember this device, or not (UpdateDeviceStatus).
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session, or none on a device that the pool knows.
    pub async fn remember_device(&self, remember: bool) -> Result<(), AuthError> {
        self.host
            .execute(Command::RememberDevice(remember))
            .await
            .map(drop)
    }

    /// From now on hands `metadata` to the pool's Lambda triggers with every request that takes it (ClientMetadata).
    /// It is not for secrets.
    pub async fn set_client_metadata(&self, metadata: ClientMetadata) {
        let _ = self.host.execute(Command::SetClientMetadata(metadata)).await;
    }

    /// Forgets a sign-in under way.
    pub async fn cancel_sign_in(&self) {
        // It cannot fail, except that there is no engine left to forget anything.
        let _ = self.host.execute(Command::CancelSignIn).await;
    }

    /// Sends a code to set a new password with (ForgotPassword).
    ///
    /// # Errors
    /// [`AuthError`], such as `LimitExceeded`; never for an unknown user.
    pub async fn forgot_password(&self, username: &str) -> Result<CodeDelivery, AuthError> {
        let username = username.to_owned();
        expect!(
            self.host.execute(Command::ForgotPassword { username }).await,
            CodeSent
        )
    }

    /// Sets a new password by code (ConfirmForgotPassword) and signs in with it.
    ///
    /// # Errors
    /// [`AuthError`], such as `CodeMismatch` or `InvalidPassword`.
    pub async fn reset_password(
        &self,
        username: &str,
        code: Code,
        new_password: Password,
    ) -> Result<Step, AuthError> {
        let username = username.to_owned();
        expect!(
            self.host
                .execute(Command::ResetPassword {
                    username,
                    code,
                    new_password
                })
                .await,
            Step
        )
    }

    /// Renews the tokens now, and with them the claims: what changed in the pool, such as a group, is seen then. A renewal
    /// that is under way already is waited for instead.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if that ended the session.
    pub async fn refresh_now(&self) -> Result<(), AuthError> {
        self.host.execute(Command::Refresh).await.map(drop)
    }

    /// A valid access token for one's own API, renewed first if need be.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session.
    pub async fn access_token(&self) -> Result<AccessToken, AuthError> {
        expect!(self.host.execute(Command::AccessToken).await, AccessToken)
    }

    /// A valid ID token, renewed first if need be.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session.
    pub async fn id_token(&self) -> Result<IdToken, AuthError> {
        expect!(self.host.execute(Command::IdToken).await, IdToken)
    }

    /// AWS credentials from the identity pool (GetId, GetCredentialsForIdentity), for whoever is signed in, or for a
    /// guest where `unauthenticated_identities_enabled` lets guests in. They are kept in the engine's memory, and
    /// fetched anew from five minutes before they expire, and after the ID token was renewed.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session and no leave for guests; `Misconfigured` without an
    /// identity pool, or with one that does not know this user pool.
    #[cfg(feature = "credentials")]
    pub async fn aws_credentials(&self) -> Result<crate::credentials::AwsCredentials, AuthError> {
        expect!(self.host.execute(Command::AwsCredentials).await, AwsCredentials)
    }

    /// The user's attributes as the pool has them now (GetUser).
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session.
    pub async fn user_attributes(&self) -> Result<Vec<Attribute>, AuthError> {
        expect!(self.host.execute(Command::UserAttributes).await, Attributes)
    }

    /// Signs out. The session ends on this device at once, in any case. If it came through the hosted pages, the
    /// browser goes there next (`/logout`), so that its session there ends as well, and from there to a
    /// `redirect_sign_out_uri`, where there is one for this app.
    ///
    /// # Errors
    /// [`AuthError`] if the service could not be told yet. The engine keeps the refresh token, in memory only, and has
    /// it revoked as soon as it can (RevokeToken); the user's other sessions, which
    /// [`SignOutScope::Everywhere`] was to end, live on then.
    pub async fn sign_out(&self, scope: SignOutScope) -> Result<(), AuthError> {
        let work = async { self.host.execute(Command::SignOut(scope)).await.map(drop) };
        match self.hosted_logout() {
            Some(logout) => self.sign_out_there_too(&logout, work).await,
            None => work.await,
        }
    }

    /// Keeps a session that nobody has touched for long: the answer to [`EndingWhy::Idle`](super::EndingWhy::Idle).
    ///
    /// # Errors
    /// [`AuthError`] if the engine is gone.
    pub async fn stay_signed_in(&self) -> Result<(), AuthError> {
        self.host.execute(Command::StaySignedIn).await.map(drop)
    }

    /// Looks now whether the user pool answers, which [`Auth::service`](super::Auth::service) then tells.
    ///
    /// # Errors
    /// [`AuthError`] if it does not.
    pub async fn retry(&self) -> Result<(), AuthError> {
        self.host.execute(Command::CheckService).await.map(drop)
    }

    /// The page is about to leave, as for an identity provider, and means to be back within `time` (15 minutes at
    /// most): an engine that outlives its pages keeps the session for as long.
    pub fn away(&self, time: Duration) {
        self.host.away(time);
    }

    pub(super) fn put_away(&self, is_away: bool) {
        self.host.put_away(is_away);
    }

    /// Tells the engine what only the page can see.
    pub async fn environment(&self, change: Environment) {
        let _ = self.host.execute(Command::Environment(change)).await;
    }
}
