//! Sign-in as a state machine without I/O: state + answer -> the next request, or the next question.
//!
//! [`SignIn::start`] makes the first [`Action`]. A [`Request`] is sent and its outcome goes to
//! [`SignIn::on_reply`] or [`SignIn::on_error`]; a [`Challenge`] is shown and the person's [`Answer`] goes to
//! [`SignIn::answer`]; both make the next action. Sources: InitiateAuth and RespondToAuthChallenge in the API
//! reference, "Authentication flows" in the developer guide.

mod answers;
mod challenge;
mod challenges;
mod device;
mod machine;
mod parameters;
mod proving;
mod requests;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use challenge::{Answer, Asks, Challenge, CodeAsked, CodeFrom};
pub use device::RememberedDevice;
pub use machine::SignIn;
pub use requests::Request;

use crate::{
    cognito::{
        AssociateSoftwareTokenResponse, AuthResponse, AuthenticationResult, ClientMetadata,
        VerifySoftwareTokenResponse,
    },
    config::{Factor, SignInFlow},
    ports::{NoRandomness, Random, UnixMillis},
    srp,
    token::{AccessToken, ChallengeSession, Password},
};

/// Who signs in, where and how.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The app client.
    pub client_id: String,
    /// The part of the pool's id behind the underscore.
    pub pool_name: String,
    /// The name signed in by, as typed.
    pub username: String,
    /// How it begins.
    pub flow: SignInFlow,
    /// The password, if it is known; otherwise it is asked for where it is needed. It is kept until the sign-in is
    /// over, so that a flow that has run out can begin anew.
    pub password: Option<Password>,
    /// The first factor wanted (USER_AUTH's PREFERRED_CHALLENGE).
    pub preferred: Option<Factor>,
    /// The Session of ConfirmSignUp, which signs in without further proof (USER_AUTH).
    pub sign_up_session: Option<ChallengeSession>,
    /// A session to be raised to a higher level (USER_AUTH).
    pub step_up: Option<StepUp>,
    /// The device, if the pool knows it.
    pub device: Option<RememberedDevice>,
    /// For the pool's Lambda triggers.
    pub client_metadata: ClientMetadata,
}

/// What a session in use has to be raised to ("Step-up authentication" in the developer guide).
#[derive(Debug, Clone)]
pub struct StepUp {
    /// The session's access token, if the factors that it shows are to count.
    pub access_token: Option<AccessToken>,
    /// Levels that will do (`acr`), the most wanted first.
    pub acr_values: Vec<String>,
    /// The longest time since the person last proved who they are.
    pub max_age: Option<Duration>,
}

/// What the machine needs of the moment.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The service's time, as far as it is known: a proof is dated by it.
    pub now: UnixMillis,
    /// Secure randomness.
    pub random: &'a dyn Random,
}

/// What has to happen next.
#[derive(Debug)]
pub enum Action {
    /// Send this.
    Send(Box<Request>),
    /// Ask the person.
    Ask(Box<Challenge>),
    /// Signed in, once the tokens are verified.
    Finish(Box<AuthenticationResult>),
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub enum Reply {
    /// To InitiateAuth or RespondToAuthChallenge.
    Auth(AuthResponse),
    /// To AssociateSoftwareToken.
    Associated(AssociateSoftwareTokenResponse),
    /// To VerifySoftwareToken.
    Verified(VerifySoftwareTokenResponse),
}

/// Why a sign-in cannot go on. All but the last two and [`Unexpected`](Self::Unexpected) end it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// A challenge this version cannot answer.
    #[error("the sign-in asks for {0}, which this app does not support")]
    UnsupportedChallenge(String),
    /// No way to go on that this version knows, out of those that the service names.
    #[error("the sign-in offers only {0}, which cannot be done here")]
    NothingToChoose(String),
    /// A member that the challenge must have is missing.
    #[error("the sign-in answer lacks {0}")]
    Missing(&'static str),
    /// The numbers of the password proof are not acceptable.
    #[error(transparent)]
    Srp(#[from] srp::SrpError),
    /// One challenge after the other, without a question for the person.
    #[error("the sign-in goes round in circles")]
    Endless,
    /// The service answered something else than it was asked.
    #[error("the sign-in answer does not belong to the request")]
    Unexpected,
    /// There is no secure randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The code does not show that the authenticator app is set up.
    #[error("wrong code")]
    WrongCode,
    /// The answer does not fit what is asked.
    #[error("this was not asked")]
    OutOfOrder,
}
