//! A service that renews tokens as Cognito does, at next to no cost: its tokens are signed ahead, once for all runs.
//!
//! The engine counts a token's life from its request, so tokens with the same `iat` can be handed out for years. When
//! each one was issued in truth, and until when it is good, this pool keeps to itself, for tests to ask.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::Rc,
    sync::OnceLock,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::{FutureExt, future::LocalBoxFuture};
use rand::SeedableRng;
use rsa::{Pkcs1v15Sign, RsaPrivateKey, traits::PublicKeyParts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yew_cognito::ports::{Request, Response, Transport, Unreachable};

use super::support::{Simulation, operation_of, service_error, status};

pub const POOL_ID: &str = "us-east-1_StandIn01";
const ISSUER: &str = "http://127.0.0.1:1/us-east-1_StandIn01";
const ISSUED_AT: u64 = 1_700_000_000;
/// For how long a rotated refresh token may be used again.
const GRACE: Duration = Duration::from_secs(60);
/// More than are ever in use at the same time.
const VARIANTS: u64 = 4;

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It never arrives.
    Cut,
    /// It is carried out, and the answer is lost.
    Lost,
    /// It is carried out at once, and the answer comes after so many seconds.
    Late(u64),
    /// An error of the service.
    Service(String),
    /// An error page of something in between.
    Status(u16),
    /// Half of the answer.
    Truncated,
}

/// Whose tokens a renewal answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    Ours,
    AnothersSub,
    AnotherClient,
    AnotherPool,
}

pub struct StandIn {
    time: Rc<Simulation>,
    lifetime: u64,
    rotates: bool,
    state: Rc<RefCell<State>>,
    in_flight: Rc<Cell<u32>>,
}

#[derive(Default)]
struct State {
    faults: VecDeque<Fault>,
    offline: bool,
    whose: Option<Whose>,
    /// The refresh token that is good, and the one before with the moment it was rotated at.
    current: Option<String>,
    previous: Option<(String, Duration)>,
    tokens: u64,
    /// The access token of the answer that is being made, and until when it is good.
    issued: Option<(String, Duration)>,
    /// The same for the last of those that arrived.
    good_until: BTreeMap<String, Duration>,
    renewals: usize,
    most_in_flight: u32,
    revoked: Vec<String>,
    ended: Option<String>,
}

impl StandIn {
    pub fn new(time: Rc<Simulation>, lifetime: u64, rotates: bool) -> Self {
        Self {
            time,
            lifetime,
            rotates,
            state: Rc::default(),
            in_flight: Rc::default(),
        }
    }

    /// Spoils the next requests, one each.
    pub fn spoil(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.borrow_mut().faults.extend(faults);
    }

    pub fn offline(&self, offline: bool) {
        self.state.borrow_mut().offline = offline;
    }

    /// From now on all goes well.
    pub fn mend(&self) {
        let mut state = self.state.borrow_mut();
        state.faults.clear();
        state.offline = false;
    }

    /// From now on answers with somebody else's tokens.
    pub fn mix_up(&self, whose: Whose) {
        self.state.borrow_mut().whose = Some(whose);
    }

    /// The error by which the service ended the session, if it did.
    pub fn ended(&self) -> Option<String> {
        self.state.borrow().ended.clone()
    }

    /// Another session has begun.
    pub fn forget_end(&self) {
        self.state.borrow_mut().ended = None;
    }

    /// Until when `access_token` is good, since the Unix epoch.
    pub fn good_until(&self, access_token: &str) -> Duration {
        self.state.borrow().good_until[access_token]
    }

    pub fn renewals(&self) -> usize {
        self.state.borrow().renewals
    }

    pub fn most_in_flight(&self) -> u32 {
        self.state.borrow().most_in_flight
    }

    pub fn revoked(&self) -> Vec<String> {
        self.state.borrow().revoked.clone()
    }

    fn perform(&self, operation: &str, body: &Value) -> Result<Response, Unreachable> {
        let refresh = match operation {
            "GetTokensFromRefreshToken" => body["RefreshToken"].as_str(),
            _ => body["AuthParameters"]["REFRESH_TOKEN"].as_str(),
        };
        match (operation, refresh) {
            ("jwks", _) => answer(&keys().set),
            ("GetTokensFromRefreshToken" | "InitiateAuth", Some(token)) => self.renew(token),
            ("InitiateAuth", None) => {
                let mut state = self.state.borrow_mut();
                state.previous = None;
                self.issue(&mut state, true)
            }
            ("RevokeToken", _) => {
                let token = body["Token"].as_str().unwrap().to_owned();
                self.state.borrow_mut().revoked.push(token);
                answer(&json!({}))
            }
            _ => panic!("the stand-in knows no {operation}"),
        }
    }

    fn renew(&self, token: &str) -> Result<Response, Unreachable> {
        let now = self.time.now();
        let mut state = self.state.borrow_mut();
        state.renewals += 1;
        if state.revoked.iter().any(|revoked| revoked == token) {
            return self.end(&mut state, "TokenRevokedException");
        }
        if state.current.as_deref() == Some(token) {
            state.previous = Some((token.to_owned(), now));
        } else {
            let rotated_at = state.previous.as_ref().filter(|(previous, _)| previous == token);
            match rotated_at.map(|(_, at)| *at) {
                Some(at) if now < at + GRACE => {}
                Some(_) => return self.end(&mut state, "RefreshTokenReuseException"),
                None => return self.end(&mut state, "NotAuthorizedException"),
            }
        }
        let rotates = self.rotates;
        self.issue(&mut state, rotates)
    }

    fn end(&self, state: &mut State, error: &str) -> Result<Response, Unreachable> {
        state.ended = Some(error.to_owned());
        service_error(error, "no")
    }

    fn issue(&self, state: &mut State, with_refresh_token: bool) -> Result<Response, Unreachable> {
        state.tokens += 1;
        let whose = state.whose.unwrap_or(Whose::Ours);
        let variant = state.tokens % VARIANTS;
        let access_token = keys().token(whose, self.lifetime, Some(variant));
        let good_until = self.time.now() + Duration::from_secs(self.lifetime);
        state.issued = Some((access_token.clone(), good_until));
        let mut result = json!({
            "IdToken": keys().token(whose, self.lifetime, None),
            "AccessToken": access_token,
            "ExpiresIn": self.lifetime,
            "TokenType": "Bearer",
        });
        if with_refresh_token {
            let token = format!("refresh-{}", state.tokens);
            result["RefreshToken"] = json!(token);
            state.current = Some(token);
        }
        answer(&json!({"AuthenticationResult": result, "ChallengeParameters": {}}))
    }

    /// The answer, and how long it takes.
    fn exchange(&self, operation: &str, body: &Value) -> (Result<Response, Unreachable>, Duration) {
        let soon = Duration::from_millis(80);
        if self.state.borrow().offline {
            return (Err(Unreachable), soon);
        }
        // The key set can be had.
        let fault = (operation != "jwks")
            .then(|| self.state.borrow_mut().faults.pop_front())
            .flatten();
        let ends = |kind: &str| ENDS.contains(&kind) && operation != "RevokeToken";
        match fault {
            None => (self.perform(operation, body), soon),
            Some(Fault::Cut) => (Err(Unreachable), soon),
            Some(Fault::Lost) => (self.perform(operation, body).and(Err(Unreachable)), soon),
            Some(Fault::Late(seconds)) => (self.perform(operation, body), Duration::from_secs(seconds)),
            Some(Fault::Status(code)) => (status(code), soon),
            Some(Fault::Truncated) => {
                let answer = self.perform(operation, body).map(|mut response| {
                    response.body = response.body[..response.body.len() / 2].to_owned().into();
                    response
                });
                (answer, soon)
            }
            Some(Fault::Service(kind)) => {
                if ends(&kind) {
                    self.state.borrow_mut().ended = Some(kind.clone());
                }
                (service_error(&kind, "spoilt"), soon)
            }
        }
    }
}

/// The errors that end a session.
pub const ENDS: [&str; 6] = [
    "NotAuthorizedException",
    "TokenRevokedException",
    "UserNotFoundException",
    "PasswordResetRequiredException",
    "UserNotConfirmedException",
    "RefreshTokenReuseException",
];

/// Counts a renewal that is under way; one whose future is dropped is over as well.
struct InFlight(Rc<Cell<u32>>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Transport for StandIn {
    fn send(&self, request: Request) -> LocalBoxFuture<'static, Result<Response, Unreachable>> {
        let operation = operation_of(&request);
        let body: Value = request
            .body
            .as_ref()
            .map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
        let is_renewal = operation == "GetTokensFromRefreshToken" || body["AuthFlow"] == "REFRESH_TOKEN_AUTH";
        let in_flight = is_renewal.then(|| {
            self.in_flight.set(self.in_flight.get() + 1);
            let mut state = self.state.borrow_mut();
            state.most_in_flight = state.most_in_flight.max(self.in_flight.get());
            InFlight(self.in_flight.clone())
        });
        let (answer, delay) = self.exchange(&operation, &body);
        let arrival = self.time.wake_after(delay);
        let state = self.state.clone();
        let issued = state.borrow_mut().issued.take();
        async move {
            arrival.await;
            drop(in_flight);
            if answer.is_ok() {
                state.borrow_mut().good_until.extend(issued);
            }
            answer
        }
        .boxed_local()
    }
}

fn answer(body: &Value) -> Result<Response, Unreachable> {
    Ok(Response {
        status: 200,
        error_type: None,
        date: None,
        body: body.to_string().into(),
    })
}

/// The key, and the tokens that it has signed.
struct Keys {
    set: Value,
    tokens: BTreeMap<(Whose, u64, Option<u64>), String>,
}

pub const LIFETIMES: [u64; 3] = [300, 3600, 24 * 3600];

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let key = RsaPrivateKey::new(&mut rand::rngs::StdRng::seed_from_u64(7), 2048).unwrap();
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let set = json!({"keys": [{
            "kid": "stand-in", "kty": "RSA", "alg": "RS256", "use": "sig",
            "n": encode(&key.n().to_bytes_be()), "e": encode(&key.e().to_bytes_be()),
        }]});
        let mut tokens = BTreeMap::new();
        for whose in [
            Whose::Ours,
            Whose::AnothersSub,
            Whose::AnotherClient,
            Whose::AnotherPool,
        ] {
            let lifetimes = if whose == Whose::Ours {
                &LIFETIMES[..]
            } else {
                &LIFETIMES[1..2]
            };
            for (lifetime, variant) in lifetimes.iter().flat_map(|lifetime| {
                std::iter::once(None)
                    .chain((0..VARIANTS).map(Some))
                    .map(move |variant| (*lifetime, variant))
            }) {
                tokens.insert(
                    (whose, lifetime, variant),
                    sign(&key, &claims(whose, lifetime, variant)),
                );
            }
        }
        Keys { set, tokens }
    })
}

impl Keys {
    /// An access token, or without a variant the ID token.
    fn token(&self, whose: Whose, lifetime: u64, variant: Option<u64>) -> String {
        self.tokens[&(whose, lifetime, variant)].clone()
    }
}

fn claims(whose: Whose, lifetime: u64, variant: Option<u64>) -> Value {
    let client = match whose {
        Whose::AnotherClient => "anotherclient000000000001",
        _ => local_pool::CLIENT_ID,
    };
    let mut claims = json!({
        "iss": match whose { Whose::AnotherPool => "http://127.0.0.1:1/us-east-1_Another01", _ => ISSUER },
        "sub": match whose { Whose::AnothersSub => "sub-2", _ => "sub-1" },
        "auth_time": ISSUED_AT, "iat": ISSUED_AT, "exp": ISSUED_AT + lifetime,
    });
    match variant {
        Some(variant) => {
            claims["token_use"] = json!("access");
            claims["client_id"] = json!(client);
            claims["username"] = json!("user");
            claims["jti"] = json!(variant.to_string());
        }
        None => {
            claims["token_use"] = json!("id");
            claims["aud"] = json!(client);
            claims["cognito:username"] = json!("user");
        }
    }
    claims
}

fn sign(key: &RsaPrivateKey, claims: &Value) -> String {
    let header = json!({"kid": "stand-in", "alg": "RS256"});
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = [encode(&header), encode(claims)].join(".");
    let digest = Sha256::digest(&message);
    let signature = key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest).unwrap();
    [message, URL_SAFE_NO_PAD.encode(signature)].join(".")
}
