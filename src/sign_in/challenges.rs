//! What the service asks: answered at once where that is possible, else put to the person.

use super::{
    Action, Asks, CodeAsked, CodeFrom, Moment, Request, SignIn, SignInError,
    machine::{Asked, Sent, Via},
    parameters::Parameters,
};
use crate::{
    cognito::{AssociateSoftwareToken, AuthResponse, Pairs},
    config::{Factor, MfaMethod, known},
    token::ChallengeSession,
};

impl SignIn {
    pub(super) fn on_auth(
        &mut self,
        response: AuthResponse,
        mut sent: Sent,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        if let Some(result) = response.authentication_result {
            return Ok(Action::Finish(Box::new(result)));
        }
        let name = response
            .challenge_name
            .ok_or(SignInError::Missing("ChallengeName"))?;
        let parameters = Parameters(response.challenge_parameters);
        if let Some(user) = parameters.user() {
            self.user = Some(user.to_owned());
        }
        if let Some(accepted) = sent.new_password.take() {
            self.attempt.password = Some(accepted);
        }
        sent.app_code = None;
        let session = response.session;
        if name == "PASSWORD_VERIFIER" {
            return self.prove_password(&parameters, session, sent, moment);
        }
        if name == "DEVICE_SRP_AUTH" {
            return self.start_device(session, sent, moment);
        }
        if name == "DEVICE_PASSWORD_VERIFIER" {
            return self.prove_device(&parameters, session, sent, moment);
        }
        // Every other challenge is answered with its Session.
        let session = Some(session.ok_or(SignInError::Missing("Session"))?);
        match name.as_str() {
            "SELECT_CHALLENGE" => {
                let factors = factors(&response.available_challenges);
                self.offer(factors, &response.available_challenges, session, moment)
            }
            "PASSWORD" => self.asked_for_password("PASSWORD", Factor::Password, session, moment),
            "PASSWORD_SRP" => self.asked_for_password("PASSWORD_SRP", Factor::PasswordSrp, session, moment),
            "SMS_MFA" => Ok(self.ask_code("SMS_MFA", &parameters, session)),
            "SMS_OTP" => Ok(self.ask_code("SMS_OTP", &parameters, session)),
            "EMAIL_OTP" => Ok(self.ask_code("EMAIL_OTP", &parameters, session)),
            "SOFTWARE_TOKEN_MFA" => match self.carried.take() {
                Some(code) => {
                    self.renewed = false;
                    let responses = Pairs::default().with(code_name("SOFTWARE_TOKEN_MFA"), code.expose());
                    let asked = Asked {
                        asks: app_code(&parameters),
                        session: session.clone(),
                        via: Via::Challenge("SOFTWARE_TOKEN_MFA"),
                    };
                    self.respond("SOFTWARE_TOKEN_MFA", session, responses, Sent::answering(asked))
                }
                None => Ok(self.ask(
                    app_code(&parameters),
                    session,
                    Via::Challenge("SOFTWARE_TOKEN_MFA"),
                )),
            },
            "SELECT_MFA_TYPE" => {
                let names = parameters.require_list("MFAS_CAN_CHOOSE")?;
                let methods = methods(&names);
                (self.ways.methods, self.ways.setup) = (methods.clone(), false);
                match (
                    self.method.filter(|method| methods.contains(method)),
                    methods.as_slice(),
                ) {
                    (Some(method), _) => self.choose_mfa(method, session, sent),
                    (None, [method]) => self.choose_mfa(*method, session, sent),
                    (None, []) => Err(SignInError::NothingToChoose(names.join(", "))),
                    (None, _) => Ok(self.ask(
                        Asks::ChooseMfa(methods),
                        session,
                        Via::Challenge("SELECT_MFA_TYPE"),
                    )),
                }
            }
            "MFA_SETUP" => {
                let names = parameters.require_list("MFAS_CAN_SETUP")?;
                // A phone number cannot be set up on the way in.
                let methods: Vec<_> = methods(&names)
                    .into_iter()
                    .filter(|method| *method != MfaMethod::Sms)
                    .collect();
                (self.ways.methods, self.ways.setup) = (methods.clone(), true);
                match (
                    self.method.filter(|method| methods.contains(method)),
                    methods.as_slice(),
                ) {
                    (Some(method), _) => self.set_up(method, session, sent),
                    (None, [method]) => self.set_up(*method, session, sent),
                    (None, []) => Err(SignInError::NothingToChoose(names.join(", "))),
                    (None, _) => Ok(self.ask(
                        Asks::ChooseMfaSetup(methods),
                        session,
                        Via::Challenge("MFA_SETUP"),
                    )),
                }
            }
            "NEW_PASSWORD_REQUIRED" => {
                let missing_attributes = parameters
                    .list("requiredAttributes")
                    .unwrap_or_default()
                    .iter()
                    .map(|name| name.strip_prefix("userAttributes.").unwrap_or(name).to_owned())
                    .collect();
                Ok(self.ask(
                    Asks::NewPassword { missing_attributes },
                    session,
                    Via::Challenge("NEW_PASSWORD_REQUIRED"),
                ))
            }
            "CUSTOM_CHALLENGE" => {
                // An answer that came too late was not refused.
                let again = !sent.anew
                    && matches!(&sent.back_to, Some(Asked { asks: Asks::Custom { parameters: before, .. }, .. })
                    if *before == parameters.0);
                let asks = Asks::Custom {
                    parameters: parameters.0,
                    again,
                };
                Ok(self.ask(asks, session, Via::Challenge("CUSTOM_CHALLENGE")))
            }
            "WEB_AUTHN" => {
                let options = parameters.require("CREDENTIAL_REQUEST_OPTIONS")?.to_owned();
                Ok(self.ask(Asks::Passkey { options }, session, Via::Challenge("WEB_AUTHN")))
            }
            _ => Err(SignInError::UnsupportedChallenge(name)),
        }
    }

    /// SELECT_CHALLENGE: what is known already is chosen at once, for the rest the person is asked.
    fn offer(
        &mut self,
        factors: Vec<Factor>,
        names: &[String],
        session: Option<ChallengeSession>,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        self.ways.factors = factors.clone();
        let wanted = self.factor.take();
        let asks_first = std::mem::take(&mut self.wants_choice) || wanted.is_some();
        let asked = Asked {
            asks: Asks::ChooseFactor(factors.clone()),
            session: session.clone(),
            via: Via::Challenge("SELECT_CHALLENGE"),
        };
        let password = factors.iter().find(|factor| factor.is_password());
        match (factors.as_slice(), asks_first) {
            ([], _) => Err(SignInError::NothingToChoose(names.join(", "))),
            (_, false) if self.attempt.password.is_some() && password.is_some() => {
                let factor = password.copied().unwrap_or(Factor::PasswordSrp);
                self.factor = Some(factor);
                let asked = Asked {
                    asks: Asks::Password,
                    session,
                    via: Via::Select(factor),
                };
                self.prove(asked, moment)
            }
            // A way that was not asked for sends no code by itself.
            ([only], false) => self.choose(*only, asked, moment),
            _ => {
                let Asked { asks, session, via } = asked;
                Ok(self.ask(asks, session, via))
            }
        }
    }

    pub(super) fn choose(
        &mut self,
        factor: Factor,
        asked: Asked,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        self.factor = Some(factor);
        let session = asked.session.clone();
        if factor.is_password() {
            return match self.attempt.password {
                Some(_) => {
                    let asked = Asked {
                        asks: Asks::Password,
                        session,
                        via: Via::Select(factor),
                    };
                    self.prove(asked, moment)
                }
                None => Ok(self.ask(Asks::Password, session, Via::Select(factor))),
            };
        }
        let responses = Pairs::default().with("ANSWER", factor.name());
        self.respond("SELECT_CHALLENGE", session, responses, Sent::answering(asked))
    }

    /// PASSWORD or PASSWORD_SRP.
    fn asked_for_password(
        &mut self,
        challenge: &'static str,
        factor: Factor,
        session: Option<ChallengeSession>,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        self.factor = Some(factor);
        let via = Via::Challenge(challenge);
        if self.attempt.password.is_some() {
            self.prove(
                Asked {
                    asks: Asks::Password,
                    session,
                    via,
                },
                moment,
            )
        } else {
            Ok(self.ask(Asks::Password, session, via))
        }
    }

    pub(super) fn choose_mfa(
        &mut self,
        method: MfaMethod,
        session: Option<ChallengeSession>,
        sent: Sent,
    ) -> Result<Action, SignInError> {
        let responses = Pairs::default().with("ANSWER", method.name());
        self.respond("SELECT_MFA_TYPE", session, responses, sent)
    }

    pub(super) fn set_up(
        &mut self,
        method: MfaMethod,
        session: Option<ChallengeSession>,
        sent: Sent,
    ) -> Result<Action, SignInError> {
        let email = self.email.clone();
        match method {
            MfaMethod::Totp => {
                let request = AssociateSoftwareToken {
                    access_token: None,
                    session,
                };
                self.send(Request::Associate(request), sent)
            }
            MfaMethod::Email | MfaMethod::Sms => match email {
                Some(email) => {
                    let responses = Pairs::default().with("EMAIL", &email);
                    let asked = Asked {
                        asks: Asks::SetUpEmail,
                        session: session.clone(),
                        via: Via::Challenge("MFA_SETUP"),
                    };
                    self.respond("MFA_SETUP", session, responses, Sent::answering(asked))
                }
                None => Ok(self.ask(Asks::SetUpEmail, session, Via::Challenge("MFA_SETUP"))),
            },
        }
    }

    fn ask_code(
        &mut self,
        challenge: &'static str,
        parameters: &Parameters,
        session: Option<ChallengeSession>,
    ) -> Action {
        let stands_for_password = match challenge {
            "SMS_OTP" => true,
            "EMAIL_OTP" => self.factor == Some(Factor::EmailOtp),
            _ => false,
        };
        if !stands_for_password {
            // Another code by the same way, should one be asked for.
            let method = if challenge == "SMS_MFA" {
                MfaMethod::Sms
            } else {
                MfaMethod::Email
            };
            self.method = Some(method);
        }
        let asks = Asks::Code(CodeAsked {
            from: CodeFrom::Sent(parameters.delivery()),
            digits: if stands_for_password { 8 } else { 6 },
            is_mfa: !stands_for_password,
        });
        self.ask(asks, session, Via::Challenge(challenge))
    }
}

/// The member that takes a challenge's code.
pub(super) fn code_name(challenge: &'static str) -> &'static str {
    match challenge {
        "SMS_MFA" => "SMS_MFA_CODE",
        "SMS_OTP" => "SMS_OTP_CODE",
        "EMAIL_OTP" => "EMAIL_OTP_CODE",
        _ => "SOFTWARE_TOKEN_MFA_CODE",
    }
}

fn app_code(parameters: &Parameters) -> Asks {
    Asks::Code(CodeAsked {
        from: CodeFrom::App(parameters.get("FRIENDLY_DEVICE_NAME").map(str::to_owned)),
        digits: 6,
        is_mfa: true,
    })
}

/// What can be chosen, in the service's order. A password is one way, however it is proved.
fn factors(names: &[String]) -> Vec<Factor> {
    let mut factors: Vec<Factor> = known(names);
    if factors.contains(&Factor::PasswordSrp) {
        factors.retain(|factor| *factor != Factor::Password);
    }
    factors
}

fn methods(names: &[String]) -> Vec<MfaMethod> {
    let names: Vec<_> = names
        .iter()
        .map(|name| {
            if name == "EMAIL_MFA" {
                "EMAIL_OTP".to_owned()
            } else {
                name.clone()
            }
        })
        .collect();
    known(&names)
}
