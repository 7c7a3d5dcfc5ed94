//! What the person's answers lead to.

use super::{
    Action, Answer, Asks, CodeAsked, CodeFrom, Moment, Request, SignIn, SignInError,
    challenges::code_name,
    machine::{Asked, Sent, State, Via},
};
use crate::{
    cognito::{Pairs, VerifySoftwareToken},
    config::{Factor, MfaMethod, SignInFlow},
};

impl SignIn {
    /// Takes the person's answer.
    ///
    /// # Errors
    /// [`SignInError::OutOfOrder`] if it does not fit what is asked, which stands. The others end the sign-in.
    pub fn answer(&mut self, answer: Answer, moment: Moment<'_>) -> Result<Action, SignInError> {
        let asked = match std::mem::replace(&mut self.state, State::Over) {
            State::Asked(asked) => asked,
            other => {
                self.state = other;
                return Err(SignInError::OutOfOrder);
            }
        };
        (self.requests, self.begun_anew, self.renewed) = (0, false, false);
        let session = asked.session.clone();
        let chooses_freely = self.attempt.flow == SignInFlow::UserAuth;
        match (&asked.asks, answer) {
            (Asks::Password, Answer::Password(password)) => {
                self.attempt.password = Some(password);
                self.prove(asked, moment)
            }
            (
                Asks::NewPassword { .. },
                Answer::NewPassword {
                    new_password,
                    attributes,
                },
            ) => {
                let responses = attributes.into_iter().fold(
                    Pairs::default().with("NEW_PASSWORD", new_password.expose()),
                    |pairs, (name, value)| pairs.with(["userAttributes.", &name].concat(), &value),
                );
                let sent = Sent {
                    new_password: Some(new_password),
                    ..Sent::answering(asked)
                };
                self.respond("NEW_PASSWORD_REQUIRED", session, responses, sent)
            }
            (Asks::Code(code), Answer::Code(given)) => {
                let Via::Challenge(challenge) = asked.via else {
                    return Err(SignInError::Unexpected);
                };
                let responses = Pairs::default().with(code_name(challenge), given.expose());
                let by_app = matches!(code.from, CodeFrom::App(_));
                let sent = Sent {
                    app_code: by_app.then_some(given),
                    ..Sent::answering(asked)
                };
                self.respond(challenge, session, responses, sent)
            }
            (Asks::SetUpTotp(_), Answer::Code(user_code)) => {
                let request = VerifySoftwareToken {
                    access_token: None,
                    session,
                    user_code,
                    friendly_device_name: None,
                };
                self.send(Request::Verify(request), Sent::answering(asked))
            }
            (Asks::ChooseFactor(factors), Answer::Factor(factor))
                if factors.contains(&factor) && session.is_some() =>
            {
                self.choose(factor, asked, moment)
            }
            (Asks::ChooseMfa(methods), Answer::Mfa(method))
                if methods.contains(&method) && session.is_some() =>
            {
                self.method = Some(method);
                self.choose_mfa(method, session, Sent::answering(asked))
            }
            (Asks::ChooseMfaSetup(methods), Answer::Mfa(method))
                if methods.contains(&method) && session.is_some() =>
            {
                (self.method, self.email) = (Some(method), None);
                self.set_up(method, session, Sent::answering(asked))
            }
            (Asks::SetUpEmail, Answer::Email(email)) => {
                let responses = Pairs::default().with("EMAIL", &email);
                self.email = Some(email);
                self.respond("MFA_SETUP", session, responses, Sent::answering(asked))
            }
            (Asks::Custom { .. }, Answer::Custom(answer)) => {
                let responses = Pairs::default()
                    .with("ANSWER", answer.expose())
                    .with_some("DEVICE_KEY", self.attempt.device_key());
                self.respond("CUSTOM_CHALLENGE", session, responses, Sent::answering(asked))
            }
            (Asks::Passkey { .. }, Answer::Passkey(credential)) => {
                let responses = Pairs::default().with("CREDENTIAL", credential.expose());
                self.respond("WEB_AUTHN", session, responses, Sent::answering(asked))
            }
            // Another way than the one under way: from here on the flow has to begin anew.
            (_, Answer::Factor(factor)) if chooses_freely => {
                self.factor = Some(factor);
                if factor.is_password() {
                    self.attempt.password = None;
                }
                self.begin(Some(asked), moment)
            }
            (_, Answer::Password(password)) if chooses_freely => {
                self.factor = Some(Factor::PasswordSrp);
                self.attempt.password = Some(password);
                self.begin(Some(asked), moment)
            }
            (_, Answer::Mfa(method)) if self.ways.methods.contains(&method) => {
                (self.method, self.email) = (Some(method), None);
                self.begin(Some(asked), moment)
            }
            // Codes went to an address that was mistyped.
            (_, Answer::Email(email)) if self.email.is_some() => {
                self.method = Some(MfaMethod::Email);
                self.email = Some(email);
                self.begin(Some(asked), moment)
            }
            (
                Asks::Code(CodeAsked {
                    from: CodeFrom::Sent(_),
                    ..
                }),
                Answer::Resend,
            ) => self.begin(Some(asked), moment),
            (asks, Answer::AnotherWay) if self.offers_another_way(asks) => self.choose_again(asked, moment),
            _ => {
                self.state = State::Asked(asked);
                Err(SignInError::OutOfOrder)
            }
        }
    }

    pub(super) fn offers_another_way(&self, asks: &Asks) -> bool {
        let is_choice = matches!(
            asks,
            Asks::ChooseFactor(_) | Asks::ChooseMfa(_) | Asks::ChooseMfaSetup(_) | Asks::NewPassword { .. }
        );
        !is_choice && (self.attempt.flow == SignInFlow::UserAuth || self.has_other_method(asks))
    }

    /// Asks again what was chosen before; where nothing was, the flow begins anew without a preference.
    fn choose_again(&mut self, asked: Asked, moment: Moment<'_>) -> Result<Action, SignInError> {
        let methods = self.ways.methods.clone();
        let by_method = self.has_other_method(&asked.asks);
        let asks = match () {
            () if by_method && self.ways.setup => Asks::ChooseMfaSetup(methods),
            () if by_method => Asks::ChooseMfa(methods),
            () if self.ways.factors.len() > 1 => Asks::ChooseFactor(self.ways.factors.clone()),
            () => {
                (self.factor, self.attempt.password, self.wants_choice) = (None, None, true);
                return self.begin(Some(asked), moment);
            }
        };
        Ok(self.ask(asks, None, Via::Beginning))
    }

    /// Whether there is another second factor than the one that `asks` is about.
    fn has_other_method(&self, asks: &Asks) -> bool {
        let is_first_factor = match asks {
            Asks::Password | Asks::Passkey { .. } => true,
            Asks::Code(code) => !code.is_mfa,
            _ => false,
        };
        !is_first_factor && self.ways.methods.len() > 1
    }
}
