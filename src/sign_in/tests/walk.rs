//! A walk through the machine: what a test answers, and what comes of it.

use serde_json::{Value, json};

use crate::{
    cognito::{ClientMetadata, CognitoError, ErrorKind},
    config::SignInFlow,
    ports::{NoRandomness, Random, UnixMillis},
    sign_in::{
        Action, Answer, Asks, Attempt, Challenge, Moment, RememberedDevice, Reply, Request, SignIn,
        SignInError,
    },
    token::{Code, CustomAnswer, DevicePassword, PasskeyAnswer, Password},
};

/// Every secret of these tests begins so, and none may be seen in `Debug` output.
pub const SECRET: &str = "SECRET-";
pub const PASSWORD: &str = "SECRET-Sunflower-42!";
pub const USER_ID: &str = "3f1c9a50-user-id";
pub const DEVICE: &str = "us-east-1_device";

struct Sevens;

impl Random for Sevens {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        bytes.fill(7);
        Ok(())
    }
}

pub const MOMENT: Moment<'static> = Moment {
    now: UnixMillis(1_800_000_000_000),
    random: &Sevens,
};

pub fn attempt(flow: SignInFlow) -> Attempt {
    Attempt {
        password: Some(PASSWORD.to_owned().into()),
        ..without_password(flow)
    }
}

pub fn without_password(flow: SignInFlow) -> Attempt {
    Attempt {
        client_id: "client".to_owned(),
        pool_name: "LocalPool".to_owned(),
        username: "ada@example.com".to_owned(),
        flow,
        password: None,
        preferred: None,
        sign_up_session: None,
        step_up: None,
        device: None,
        client_metadata: ClientMetadata::new(),
    }
}

pub fn on_device(flow: SignInFlow) -> Attempt {
    Attempt {
        device: Some(RememberedDevice {
            key: DEVICE.to_owned(),
            group_key: "-group".to_owned(),
            password: DevicePassword::from("SECRET-device".to_owned()),
        }),
        ..attempt(flow)
    }
}

pub fn password(text: &str) -> Answer {
    Answer::Password(Password::from(text.to_owned()))
}

pub fn code(text: &str) -> Answer {
    Answer::Code(Code::from(text.to_owned()))
}

pub fn new_password(text: &str) -> Answer {
    Answer::NewPassword {
        new_password: Password::from(text.to_owned()),
        attributes: vec![("name".to_owned(), "Ada".to_owned())],
    }
}

pub fn custom(text: &str) -> Answer {
    Answer::Custom(CustomAnswer::from(text.to_owned()))
}

pub fn passkey() -> Answer {
    Answer::Passkey(PasskeyAnswer::from("SECRET-credential".to_owned()))
}

/// A challenge with a Session.
pub fn asked(name: &str, session: &str, parameters: Value) -> Value {
    json!({"ChallengeName": name, "Session": session, "ChallengeParameters": parameters})
}

pub fn choice(session: &str, names: &[&str]) -> Value {
    json!({"ChallengeName": "SELECT_CHALLENGE", "Session": session, "AvailableChallenges": names})
}

/// What a proof by SRP is made of.
pub fn srp_parameters() -> Value {
    json!({"USER_ID_FOR_SRP": USER_ID, "USERNAME": USER_ID, "SALT": "1550e295534ee52c1d38585d8e73693f",
           "SRP_B": "ab".repeat(384), "SECRET_BLOCK": "c2VjcmV0"})
}

/// PASSWORD_VERIFIER as it answers USER_SRP_AUTH: without a Session.
pub fn verifier() -> Value {
    json!({"ChallengeName": "PASSWORD_VERIFIER", "ChallengeParameters": srp_parameters()})
}

pub fn tokens() -> Value {
    json!({"AuthenticationResult": {"IdToken": "SECRET-id", "AccessToken": "SECRET-access",
                                    "RefreshToken": "SECRET-refresh"}})
}

pub fn refusal(kind: ErrorKind, message: &str) -> CognitoError {
    CognitoError::Service {
        kind,
        message: message.to_owned(),
    }
}

pub fn expired() -> CognitoError {
    refusal(
        ErrorKind::NotAuthorized,
        "Invalid session for the user, session is expired.",
    )
}

pub fn incorrect() -> CognitoError {
    refusal(ErrorKind::NotAuthorized, "Incorrect username or password.")
}

pub fn wrong_code() -> CognitoError {
    refusal(ErrorKind::CodeMismatch, "Invalid code received for user")
}

pub struct Walk {
    pub sign_in: SignIn,
    action: Action,
}

impl Walk {
    pub fn start(attempt: Attempt) -> Self {
        let (sign_in, action) = SignIn::start(attempt, MOMENT).unwrap();
        Self { sign_in, action }
    }

    /// USER_PASSWORD_AUTH, answered with this challenge.
    pub fn to(challenge: Value) -> Self {
        let mut walk = Self::start(attempt(SignInFlow::UserPassword));
        walk.reply(challenge);
        walk
    }

    /// USER_AUTH without a password, answered with this challenge.
    pub fn chosen(challenge: Value) -> Self {
        let mut walk = Self::start(without_password(SignInFlow::UserAuth));
        walk.reply(challenge);
        walk
    }

    pub fn reply(&mut self, response: Value) -> &mut Self {
        self.action = self
            .sign_in
            .on_reply(Reply::Auth(serde_json::from_value(response).unwrap()), MOMENT)
            .unwrap();
        self
    }

    pub fn reply_fails(&mut self, response: Value) -> SignInError {
        let reply = Reply::Auth(serde_json::from_value(response).unwrap());
        self.sign_in.on_reply(reply, MOMENT).unwrap_err()
    }

    pub fn associated(&mut self, response: Value) -> &mut Self {
        let reply = Reply::Associated(serde_json::from_value(response).unwrap());
        self.action = self.sign_in.on_reply(reply, MOMENT).unwrap();
        self
    }

    pub fn verified(&mut self, response: Value) -> Result<(), SignInError> {
        let reply = Reply::Verified(serde_json::from_value(response).unwrap());
        self.action = self.sign_in.on_reply(reply, MOMENT)?;
        Ok(())
    }

    /// Refused, and told so.
    pub fn refuse(&mut self, error: CognitoError) -> &mut Self {
        assert_eq!(
            self.sign_in.on_error(error.clone(), MOMENT).unwrap_err(),
            error,
            "the error itself comes back"
        );
        self
    }

    /// Refused, and something else is tried.
    pub fn retry(&mut self, error: CognitoError) -> &mut Self {
        self.action = self.sign_in.on_error(error, MOMENT).unwrap();
        self
    }

    pub fn answer(&mut self, answer: Answer) -> &mut Self {
        self.action = self.sign_in.answer(answer, MOMENT).unwrap();
        self
    }

    pub fn answer_fails(&mut self, answer: Answer) -> SignInError {
        self.sign_in.answer(answer, MOMENT).unwrap_err()
    }

    /// The body of the request to be sent.
    pub fn body(&self) -> Value {
        let Action::Send(request) = &self.action else {
            panic!("no request: {:?}", self.action)
        };
        match request.as_ref() {
            Request::Initiate(request) => serde_json::to_value(request),
            Request::Respond(request) => serde_json::to_value(request),
            Request::Associate(request) => serde_json::to_value(request),
            Request::Verify(request) => serde_json::to_value(request),
        }
        .unwrap()
    }

    /// AuthParameters; SRP_A, which is as random as the exponent, reads "A".
    pub fn initiates(&self, flow: &str) -> Value {
        let body = self.body();
        assert_eq!(body["AuthFlow"], flow);
        assert_eq!(body["ClientId"], "client");
        without_proof(body["AuthParameters"].clone())
    }

    /// ChallengeResponses, likewise; PASSWORD_CLAIM_SIGNATURE reads "signature".
    pub fn responds(&self, challenge: &str, session: Option<&str>) -> Value {
        let body = self.body();
        assert_eq!(body["ChallengeName"], challenge);
        assert_eq!(body["ClientId"], "client");
        assert_eq!(body.get("Session").and_then(Value::as_str), session);
        without_proof(body["ChallengeResponses"].clone())
    }

    pub fn challenge(&self) -> &Challenge {
        let Action::Ask(challenge) = &self.action else {
            panic!("no question: {:?}", self.action)
        };
        assert!(self.sign_in.is_asking());
        challenge
    }

    pub fn asks(&self) -> &Asks {
        &self.challenge().asks
    }

    pub fn finishes(&self) {
        assert!(matches!(self.action, Action::Finish(_)), "{:?}", self.action);
        assert!(!self.sign_in.is_asking());
    }
}

fn without_proof(mut members: Value) -> Value {
    for (name, instead) in [("SRP_A", "A"), ("PASSWORD_CLAIM_SIGNATURE", "signature")] {
        if let Some(value) = members.get_mut(name) {
            assert!(value.as_str().is_some_and(|text| text.len() > 40), "{name}");
            *value = instead.into();
        }
    }
    members
}
