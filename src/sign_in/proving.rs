//! Proofs of a password: the person's and the device's.

use zeroize::Zeroizing;

use super::{
    Action, Moment, SignIn, SignInError,
    machine::{Asked, Sent, Via},
    parameters::Parameters,
};
use crate::{
    cognito::Pairs,
    config::Factor,
    srp,
    token::{ChallengeSession, Password},
};

/// The proof under way.
#[derive(Debug)]
pub(super) enum Proving {
    Password(Box<srp::Client>),
    Device(Box<srp::Client>),
}

impl SignIn {
    /// Sends the password that is known now to where it was asked for, or begins its proof there.
    pub(super) fn prove(&mut self, asked: Asked, moment: Moment<'_>) -> Result<Action, SignInError> {
        let (challenge, factor) = match asked.via {
            Via::Beginning => {
                self.factor = self.factor.filter(|factor| factor.is_password());
                return self.begin(Some(asked), moment);
            }
            Via::Select(factor) => ("SELECT_CHALLENGE", factor),
            Via::Challenge("PASSWORD") => ("PASSWORD", Factor::Password),
            Via::Challenge(_) => ("PASSWORD_SRP", Factor::PasswordSrp),
        };
        let answer = matches!(asked.via, Via::Select(_)).then_some(factor.name());
        let responses = Pairs::default().with_some("ANSWER", answer);
        let session = asked.session.clone();
        let mut sent = Sent::answering(asked);
        let responses = if factor == Factor::PasswordSrp {
            let srp = new_srp(moment)?;
            let responses = responses.with("SRP_A", &srp.public_value());
            sent.proving = Some(Proving::Password(srp));
            responses
        } else {
            responses.with_some("PASSWORD", self.attempt.password.as_ref().map(Password::expose))
        };
        self.respond(challenge, session, responses, sent)
    }

    pub(super) fn prove_password(
        &mut self,
        parameters: &Parameters,
        session: Option<ChallengeSession>,
        mut sent: Sent,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        let (Some(Proving::Password(srp)), Some(password)) = (sent.proving.take(), &self.attempt.password)
        else {
            return Err(SignInError::UnsupportedChallenge("PASSWORD_VERIFIER".to_owned()));
        };
        let user_id = parameters.require("USER_ID_FOR_SRP")?;
        let claim = claim(
            &srp,
            parameters,
            user_id,
            &self.attempt.pool_name,
            password.expose(),
            moment,
        )?;
        let responses = claim.with_some("DEVICE_KEY", self.attempt.device_key());
        self.user = Some(user_id.to_owned());
        self.respond("PASSWORD_VERIFIER", session, responses, sent)
    }

    pub(super) fn start_device(
        &mut self,
        session: Option<ChallengeSession>,
        mut sent: Sent,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        let Some(key) = self.attempt.device_key() else {
            return Err(SignInError::UnsupportedChallenge("DEVICE_SRP_AUTH".to_owned()));
        };
        let srp = new_srp(moment)?;
        let responses = Pairs::default()
            .with("DEVICE_KEY", key)
            .with("SRP_A", &srp.public_value());
        sent.proving = Some(Proving::Device(srp));
        self.respond("DEVICE_SRP_AUTH", session, responses, sent)
    }

    pub(super) fn prove_device(
        &mut self,
        parameters: &Parameters,
        session: Option<ChallengeSession>,
        mut sent: Sent,
        moment: Moment<'_>,
    ) -> Result<Action, SignInError> {
        let (Some(Proving::Device(srp)), Some(device)) = (sent.proving.take(), &self.attempt.device) else {
            return Err(SignInError::UnsupportedChallenge(
                "DEVICE_PASSWORD_VERIFIER".to_owned(),
            ));
        };
        let claim = claim(
            &srp,
            parameters,
            &device.key,
            &device.group_key,
            device.password.expose(),
            moment,
        )?;
        let responses = claim.with("DEVICE_KEY", &device.key);
        // Whoever refuses this refuses the device.
        sent.proving = Some(Proving::Device(srp));
        self.respond("DEVICE_PASSWORD_VERIFIER", session, responses, sent)
    }
}

pub(super) fn new_srp(moment: Moment<'_>) -> Result<Box<srp::Client>, SignInError> {
    let mut randomness = Zeroizing::new([0; 32]);
    moment.random.fill(randomness.as_mut())?;
    Ok(Box::new(srp::Client::new(randomness)))
}

fn claim(
    srp: &srp::Client,
    parameters: &Parameters,
    user_id: &str,
    pool_name: &str,
    password: &str,
    moment: Moment<'_>,
) -> Result<Pairs, SignInError> {
    let secret_block = parameters.require("SECRET_BLOCK")?;
    let timestamp = srp::Timestamp::from_unix_millis(moment.now.0);
    let challenge = srp::Challenge {
        user_id_for_srp: user_id,
        salt: parameters.require("SALT")?,
        srp_b: parameters.require("SRP_B")?,
        secret_block,
    };
    let signature = srp.prove(&challenge, pool_name, password, &timestamp)?;
    Ok(Pairs::default()
        .with("PASSWORD_CLAIM_SECRET_BLOCK", secret_block)
        .with("PASSWORD_CLAIM_SIGNATURE", signature.as_str())
        .with("TIMESTAMP", timestamp.as_str()))
}
