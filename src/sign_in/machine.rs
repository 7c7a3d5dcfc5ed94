//! The machine.

use super::{
    Action, Asks, Attempt, Challenge, Moment, Reply, Request, SignInError, StepUp,
    proving::{Proving, new_srp},
    requests::{initiate, respond},
};
use crate::{
    cognito::{CognitoError, ErrorKind, Pairs},
    config::{Factor, MfaMethod, SignInFlow},
    token::{AccessToken, ChallengeSession, Code, Password},
};

/// More requests than any sign-in needs between two questions: SELECT_CHALLENGE, two proofs and an MFA set-up,
/// begun anew once.
pub(super) const MOST_REQUESTS: u8 = 16;

/// One sign-in, from its first request to its tokens.
#[derive(Debug)]
pub struct SignIn {
    pub(super) attempt: Attempt,
    pub(super) state: State,
    /// The service's own name for the user.
    pub(super) user: Option<String>,
    pub(super) ways: Ways,
    /// The first factor that was chosen, and the second.
    pub(super) factor: Option<Factor>,
    pub(super) method: Option<MfaMethod>,
    /// The person wants to choose, even where there is but one way.
    pub(super) wants_choice: bool,
    /// An authenticator's code that the run-out flow did not take, to be sent once it has begun anew: it is still
    /// good.
    pub(super) carried: Option<Code>,
    /// The address that codes were to be sent to, set up by itself once the flow has begun anew.
    pub(super) email: Option<String>,
    device_lost: bool,
    pub(super) renewed: bool,
    pub(super) begun_anew: bool,
    pub(super) requests: u8,
}

/// What could be chosen so far.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub factors: Vec<Factor>,
    pub methods: Vec<MfaMethod>,
    /// The methods are to be set up.
    pub setup: bool,
}

#[derive(Debug)]
pub(super) enum State {
    Sent(Sent),
    Asked(Asked),
    Over,
}

/// A request is under way.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) proving: Option<Proving>,
    /// The question whose answer led here: asked again if the service refuses.
    pub(super) back_to: Option<Asked>,
    /// Replaces the password once it is accepted.
    pub(super) new_password: Option<Password>,
    /// The flow began anew since `back_to` was asked.
    pub(super) anew: bool,
    /// The authenticator's code that it takes along.
    pub(super) app_code: Option<Code>,
}

/// The person has been asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) asks: Asks,
    pub(super) session: Option<ChallengeSession>,
    pub(super) via: Via,
}

/// Where the answer goes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Via {
    /// To the challenge that asked.
    Challenge(&'static str),
    /// To SELECT_CHALLENGE, together with the choice.
    Select(Factor),
    /// Into a new beginning.
    Beginning,
}

impl SignIn {
    /// Begins.
    ///
    /// # Errors
    /// [`SignInError::NoRandomness`].
    pub fn start(attempt: Attempt, moment: Moment<'_>) -> Result<(Self, Action), SignInError> {
        let mut sign_in = Self {
            // Only there is the first factor chosen.
            factor: attempt.preferred.filter(|_| attempt.flow == SignInFlow::UserAuth),
            attempt,
            state: State::Over,
            user: None,
            ways: Ways::default(),
            method: None,
            wants_choice: false,
            carried: None,
            email: None,
            device_lost: false,
            renewed: false,
            begun_anew: false,
            requests: 0,
        };
        let action = sign_in.begin(None, moment)?;
        Ok((sign_in, action))
    }

    /// The name signed in by, as typed.
    pub fn username(&self) -> &str {
        &self.attempt.username
    }

    /// The password, if the person gave one.
    pub fn password(&self) -> Option<&Password> {
        self.attempt.password.as_ref()
    }

    /// The device that the sign-in is made on, if the pool knows it.
    pub fn device_key(&self) -> Option<&str> {
        self.attempt.device_key()
    }

    /// Whether the pool no longer knows the device that it was told of.
    pub fn has_lost_device(&self) -> bool {
        self.device_lost
    }

    /// What the session in use is being raised to, if that is what it is for.
    pub fn step_up(&self) -> Option<&StepUp> {
        self.attempt.step_up.as_ref()
    }

    /// Goes on with a new access token of the session in use, if its factors count: the one before has expired.
    pub fn renew_access_token(&mut self, renewed: AccessToken) {
        if let Some(token) = self
            .attempt
            .step_up
            .as_mut()
            .and_then(|step_up| step_up.access_token.as_mut())
        {
            *token = renewed;
        }
    }

    /// Whether it waits for the person.
    pub fn is_asking(&self) -> bool {
        matches!(self.state, State::Asked(_))
    }

    /// Takes the service's answer.
    ///
    /// # Errors
    /// [`SignInError::Unexpected`] if no request is under way; nothing changes then. After
    /// [`SignInError::WrongCode`] the question stands. The others end the sign-in.
    pub fn on_reply(&mut self, reply: Reply, moment: Moment<'_>) -> Result<Action, SignInError> {
        let sent = self.take_sent().ok_or(SignInError::Unexpected)?;
        match reply {
            Reply::Auth(response) => self.on_auth(response, sent, moment),
            Reply::Associated(answer) => {
                let session = answer.session.ok_or(SignInError::Missing("Session"))?;
                Ok(self.ask(
                    Asks::SetUpTotp(answer.secret_code),
                    Some(session),
                    Via::Challenge("MFA_SETUP"),
                ))
            }
            Reply::Verified(answer) if answer.status == "SUCCESS" => {
                let session = answer.session.ok_or(SignInError::Missing("Session"))?;
                self.respond("MFA_SETUP", Some(session), Pairs::default(), sent)
            }
            Reply::Verified(answer) => {
                self.state = match sent.back_to {
                    Some(mut asked) => {
                        asked.session = answer.session.or(asked.session);
                        State::Asked(asked)
                    }
                    None => State::Over,
                };
                Err(SignInError::WrongCode)
            }
        }
    }

    /// Takes the service's refusal. Where the person's Session has run out, the flow begins anew.
    ///
    /// # Errors
    /// `error` itself. If the sign-in [`is_asking`](Self::is_asking) then, its question stands and can be answered
    /// again; otherwise it is over.
    pub fn on_error(&mut self, error: CognitoError, moment: Moment<'_>) -> Result<Action, CognitoError> {
        let Some(mut sent) = self.take_sent() else {
            return Err(error);
        };
        let device_refused = refuses_device(&error, &sent) && self.attempt.device.is_some();
        if device_refused {
            self.attempt.device = None;
            self.device_lost = true;
        }
        let run_out = has_run_out(&error) && sent.back_to.is_some() && !self.begun_anew;
        if run_out {
            (self.begun_anew, self.renewed) = (true, true);
            self.carried = sent.app_code.take();
        }
        // A device is refused but once: it is forgotten then.
        if run_out || device_refused {
            return self.begin(sent.back_to, moment).map_err(|_| error);
        }
        self.carried = None;
        if let Some(mut asked) = sent.back_to {
            if matches!(asked.asks, Asks::Password) {
                // The Session went with the wrong password.
                self.attempt.password = None;
                asked.via = Via::Beginning;
                self.factor = self.factor.or(Some(Factor::PasswordSrp));
            } else if sent.anew && is_not_authorized(&error) {
                // A password that was good before: it is asked for when the question is next answered.
                self.attempt.password = None;
            }
            self.state = State::Asked(asked);
        }
        Err(error)
    }

    /// Sends the flow's first request, or asks for the password that it needs.
    pub(super) fn begin(
        &mut self,
        back_to: Option<Asked>,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        self.user = None;
        let session = self.attempt.sign_up_session.take();
        let has_password = self.attempt.password.is_some();
        let (needs_password, by_srp) = match self.attempt.flow {
            SignInFlow::UserSrp | SignInFlow::CustomWithSrp => (true, true),
            SignInFlow::UserPassword => (true, false),
            SignInFlow::CustomWithoutSrp => (false, false),
            SignInFlow::UserAuth => {
                if session.is_none() && has_password && self.attempt.step_up.is_none() {
                    self.factor = self.factor.or(Some(Factor::PasswordSrp));
                }
                // The Session of the sign-up proves enough.
                let factor = self.factor.filter(|_| session.is_none());
                (
                    factor.is_some_and(Factor::is_password),
                    factor == Some(Factor::PasswordSrp),
                )
            }
        };
        if needs_password && !has_password {
            return Ok(self.ask(Asks::Password, None, Via::Beginning));
        }
        let srp = (by_srp && session.is_none())
            .then(|| new_srp(moment))
            .transpose()?;
        let srp_a = srp.as_ref().map(|srp| srp.public_value());
        let preferred = self.factor.filter(|_| session.is_none());
        let request = initiate(&self.attempt, preferred, srp_a.as_deref(), session);
        let sent = Sent {
            proving: srp.map(Proving::Password),
            anew: back_to.is_some(),
            back_to,
            ..Sent::default()
        };
        self.send(request, sent)
    }

    fn take_sent(&mut self) -> Option<Sent> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Sent(sent) => Some(sent),
            other => {
                self.state = other;
                None
            }
        }
    }

    pub(super) fn ask(&mut self, asks: Asks, session: Option<ChallengeSession>, via: Via) -> Action {
        self.carried = None;
        let challenge = Challenge {
            username: self.attempt.username.clone(),
            asks: asks.clone(),
            other_way: self.offers_another_way(&asks),
            renewed: std::mem::take(&mut self.renewed),
        };
        self.state = State::Asked(Asked { asks, session, via });
        Action::Ask(Box::new(challenge))
    }

    pub(super) fn respond(
        &mut self,
        challenge: &'static str,
        session: Option<ChallengeSession>,
        responses: Pairs,
        sent: Sent,
    ) -> Result<Action, SignInError> {
        let user = self.user.as_deref().unwrap_or(&self.attempt.username);
        let request = respond(&self.attempt, user, challenge, session, responses);
        self.send(request, sent)
    }

    pub(super) fn send(&mut self, request: Request, sent: Sent) -> Result<Action, SignInError> {
        self.requests += 1;
        if self.requests > MOST_REQUESTS {
            return Err(SignInError::Endless);
        }
        self.state = State::Sent(sent);
        Ok(Action::Send(Box::new(request)))
    }
}

impl Sent {
    pub(super) fn answering(asked: Asked) -> Self {
        Self {
            back_to: Some(asked),
            ..Self::default()
        }
    }
}

/// Whether the Session or the code that the person was asked with is void, through no fault of their answer.
fn has_run_out(error: &CognitoError) -> bool {
    match error {
        CognitoError::Service {
            kind: ErrorKind::NotAuthorized | ErrorKind::CodeMismatch,
            message,
        } => message.starts_with("Invalid session"),
        CognitoError::Service { kind, .. } => *kind == ErrorKind::ExpiredCode,
        _ => false,
    }
}

fn is_not_authorized(error: &CognitoError) -> bool {
    matches!(
        error,
        CognitoError::Service {
            kind: ErrorKind::NotAuthorized,
            ..
        }
    ) && !has_run_out(error)
}

fn refuses_device(error: &CognitoError, sent: &Sent) -> bool {
    let CognitoError::Service { kind, message } = error else {
        return false;
    };
    let names_device = *kind == ErrorKind::ResourceNotFound && message.contains("evice");
    let proving = matches!(sent.proving, Some(Proving::Device(_))) && !has_run_out(error);
    names_device || (proving && matches!(kind, ErrorKind::NotAuthorized | ErrorKind::ResourceNotFound))
}
