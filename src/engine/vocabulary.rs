use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{AccountCommand, AccountReply};
use crate::{
    cognito::{Attribute, ClientMetadata, CodeDelivery},
    config::{Factor, SignInFlow},
    oauth::{AuthorizationRequest, AuthorizationResponse, AuthorizationUrl, Transaction},
    ports::UnixMillis,
    session::Renewal,
    sign_in::{Answer, Challenge},
    token::{AccessToken, Code, IdClaims, IdToken, Password},
};

/// What a page can ask of the engine. Each is answered by one [`Reply`] or an [`AuthError`](super::AuthError).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Command {
    /// Register. Answer: [`Reply::Step`].
    SignUp(SignUpRequest),
    /// Confirm a registration, and sign in if the engine still has the password. Answer: [`Reply::Step`].
    ConfirmSignUp {
        /// Who registered.
        username: String,
        /// The code that was sent.
        code: Code,
    },
    /// Send the registration's code again. Answer: [`Reply::CodeSent`].
    ResendSignUpCode {
        /// Who registered.
        username: String,
    },
    /// Sign in. Answer: [`Reply::Step`].
    SignIn(SignInRequest),
    /// Prepare a sign-in through the hosted pages or an identity provider. Answer: [`Reply::Authorization`].
    StartAuthorization(AuthorizationRequest),
    /// Sign in by the answer that came back. Answer: [`Reply::Step`].
    FinishAuthorization {
        /// What the page has kept, and keeps no more.
        transaction: Transaction,
        /// What came back.
        response: AuthorizationResponse,
    },
    /// Raise the session to a higher level, or have the person prove again who they are. Answer: [`Reply::Step`];
    /// [`Step::SignedIn`] at once if the session will do.
    StepUp(AuthLevel),
    /// Whether the session shows a level. Nothing is asked of the service or the person. Answer: [`Reply::Shows`].
    ShowsAuthLevel(AuthLevel),
    /// Answer [`Step::Challenge`]. Answer: [`Reply::Step`]. After most errors the challenge stands and can be answered
    /// again; [`AuthError::SignInExpired`](super::AuthError::SignInExpired) means that there is none.
    Answer(Answer),
    /// Forget a sign-in under way. Answer: [`Reply::Done`].
    CancelSignIn,
    /// Send a code to set a new password with. Answer: [`Reply::CodeSent`].
    ForgotPassword {
        /// Whose password.
        username: String,
    },
    /// Set a new password by code, and sign in with it. Answer: [`Reply::Step`].
    ResetPassword {
        /// Whose password.
        username: String,
        /// The code that was sent.
        code: Code,
        /// The password chosen.
        new_password: Password,
    },
    /// Renew the tokens now. Answer: [`Reply::Done`].
    Refresh,
    /// A valid access token, renewed first if need be. Answer: [`Reply::AccessToken`].
    AccessToken,
    /// A valid ID token, renewed first if need be. Answer: [`Reply::IdToken`].
    IdToken,
    /// AWS credentials from the identity pool, for whoever is signed in, or for a guest where the configuration lets
    /// guests in. Answer: [`Reply::AwsCredentials`].
    #[cfg(feature = "credentials")]
    AwsCredentials,
    /// The user's attributes as the pool has them now. Answer: [`Reply::Attributes`].
    UserAttributes,
    /// See to the account of whoever is signed in.
    Account(AccountCommand),
    /// End the session. It ends here at once; an error says that the service could not be told yet. Answer:
    /// [`Reply::Done`].
    SignOut(SignOutScope),
    /// Somebody wants to stay: the time that [`EndingWhy::Idle`] counts starts anew. Answer: [`Reply::Done`].
    StaySignedIn,
    /// Look now whether the user pool answers. Answer: [`Reply::Done`].
    CheckService,
    /// Something around the engine changed. Answer: [`Reply::Done`].
    Environment(Environment),
    /// Answer [`SignedIn::asks_to_remember_device`]: true to be spared the second factor on this device. Answer:
    /// [`Reply::Done`].
    RememberDevice(bool),
    /// From now on hand this to the pool's Lambda triggers with every request that takes it. Answer: [`Reply::Done`].
    SetClientMetadata(ClientMetadata),
}

/// A registration.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SignUpRequest {
    /// The name to sign in by.
    pub username: String,
    /// The password; none for people who sign in by codes or passkeys alone.
    pub password: Option<Password>,
    /// Attributes of the new user.
    pub attributes: Vec<Attribute>,
    /// For the pool's pre sign-up trigger, not kept.
    pub validation_data: Vec<Attribute>,
}

/// A sign-in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SignInRequest {
    /// The name to sign in by.
    pub username: String,
    /// The password, if the person gave one.
    pub password: Option<Password>,
    /// How it begins. Without it: USER_AUTH where there is a `preferred` factor, or no password and a pool that can do
    /// without; otherwise as the configuration says.
    pub flow: Option<SignInFlow>,
    /// The first factor wanted.
    pub preferred: Option<Factor>,
    /// Nobody has asked for it yet: it is to have a passkey's options at hand. It sends no code and leaves a
    /// registration under way alone.
    pub quiet: bool,
}

/// What a session has to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthLevel {
    /// Levels that will do (`acr`), the most wanted first; empty if any will. Of those that go by Cognito's own names,
    /// `urn:cognito:loa:1` to `urn:cognito:loa:4`, a higher one does as well.
    pub acr_values: Vec<String>,
    /// The longest time since the person last proved who they are.
    pub max_age: Option<Duration>,
}

/// What only the page can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Environment {
    /// The page is visible again, or the device woke up: no timer is to be trusted.
    Woke,
    /// The device is on a network.
    Online,
    /// The device is on no network.
    Offline,
    /// Somebody touched the page: as [`Command::StaySignedIn`].
    Active,
}

/// Where to sign out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignOutScope {
    /// This session only (RevokeToken).
    ThisDevice,
    /// All of the user's sessions (GlobalSignOut).
    Everywhere,
}

/// The answer to a [`Command`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    /// It is done.
    Done,
    /// What comes next.
    Step(Step),
    /// Whether it is so.
    Shows(bool),
    /// Where to send the browser, and what to keep until it is back.
    Authorization(Authorization),
    /// A code is on its way.
    CodeSent(CodeDelivery),
    /// An access token, valid now.
    AccessToken(AccessToken),
    /// An ID token, valid now.
    IdToken(IdToken),
    /// AWS credentials, valid now.
    #[cfg(feature = "credentials")]
    AwsCredentials(crate::credentials::AwsCredentials),
    /// User attributes.
    Attributes(Vec<Attribute>),
    /// What an [`AccountCommand`] asked for.
    Account(AccountReply),
}

/// An authorization request that has been prepared.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Authorization {
    /// Where to send the browser.
    pub url: AuthorizationUrl,
    /// What to keep for the answer, nowhere but in this page or its sessionStorage.
    pub transaction: Transaction,
}

/// What a person has to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Nothing: signed in. The session's event came first.
    SignedIn,
    /// Enter the code that confirms the registration.
    ConfirmSignUp {
        /// Who registered.
        username: String,
        /// Where the code went, if known.
        delivery: Option<CodeDelivery>,
    },
    /// Answer a question.
    Challenge(Box<Challenge>),
    /// Set a new password by code.
    ResetPassword {
        /// Whose password.
        username: String,
        /// Where the code went, if known.
        delivery: Option<CodeDelivery>,
    },
    /// Sign in by hand: all is well, but the engine no longer knows the password.
    SignIn {
        /// Who.
        username: String,
    },
}

/// What the engine tells its pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The session changed.
    Session(SessionState),
    /// The device came onto or dropped off the network.
    Online(bool),
    /// The user pool was found, or was not.
    Service(Service),
}

/// Everything that events have told so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The session.
    pub session: SessionState,
    /// Whether the device is on a network.
    pub online: bool,
    /// Whether the user pool answers.
    pub service: Service,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self {
            session: SessionState::Checking,
            online: true,
            service: Service::Unknown,
        }
    }
}

impl Snapshot {
    /// Takes in `event`; false if nothing changed.
    pub fn apply(&mut self, event: &Event) -> bool {
        let before = self.clone();
        match event {
            Event::Session(session) => self.session = session.clone(),
            Event::Online(online) => self.online = *online,
            Event::Service(service) => self.service = *service,
        }
        *self != before
    }
}

/// Whether anyone is signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SessionState {
    /// Not known yet.
    Checking,
    /// No.
    SignedOut {
        /// Why not.
        why: SignedOutWhy,
    },
    /// Yes.
    SignedIn(Box<SignedIn>),
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedOutWhy {
    /// Nobody has signed in yet.
    NeverSignedIn,
    /// Somebody signed out.
    SignedOut,
    /// The session was revoked, or its refresh token has expired.
    SessionEnded,
    /// Nobody touched it for longer than the configuration allows.
    Idle,
    /// It was as old as the configuration lets sessions become.
    LifetimeOver,
    /// No page of the site had been open for some time.
    PagesClosed,
    /// The engine was lost, with all that it knew.
    EngineLost,
}

/// A session, without its tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who.
    pub claims: IdClaims,
    /// When the tokens expire, on the device's wall clock.
    pub expires_at: UnixMillis,
    /// When they are renewed.
    pub renewal: Renewal,
    /// The pool asks whether this device is to be remembered.
    pub asks_to_remember_device: bool,
    /// It came through the hosted pages, where the browser has a session of its own.
    pub hosted: bool,
    /// The session is about to end, unless somebody does something about it.
    pub ending: Option<Ending>,
}

/// The end of a session, shortly ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When, on the device's wall clock.
    pub at: UnixMillis,
    /// Why.
    pub why: EndingWhy,
}

/// Why a session is about to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndingWhy {
    /// Nobody has touched it for long: [`Command::StaySignedIn`] keeps it.
    Idle,
    /// It is almost as old as the configuration lets sessions become: only a new sign-in helps.
    Lifetime,
}

/// Whether the user pool answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// Not known yet.
    Unknown,
    /// It answers.
    Reachable,
    /// It does not: wrong endpoint, blocked, or down.
    Unreachable,
    /// Something answers, and knows no such user pool.
    NoSuchPool,
}
