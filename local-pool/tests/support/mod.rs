//! A pool, a plain HTTP client, and SRP's client side as RFC 5054 has it.
#![allow(dead_code, reason = "no test needs all of it")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use local_pool::{CLIENT_ID, Options, Server};
use num_bigint::BigUint;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// The public operations whose input has a ClientId.
const NAMES_A_CLIENT: [&str; 9] = [
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "ForgotPassword",
    "GetTokensFromRefreshToken",
    "InitiateAuth",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "SignUp",
];

pub struct Pool {
    pub server: Server,
}

impl Pool {
    pub fn start() -> Self {
        Self {
            server: Server::start(Options::default()).unwrap(),
        }
    }

    /// One request; `None` if the connection was closed without an answer.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Reply> {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.server.address());
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).ok()?;
        let (head, body) = response.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Reply {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "").unwrap()
    }

    pub fn control(&self, path: &str, body: &Value) -> Value {
        let reply = self
            .send("POST", &format!("/control/{path}"), &[], &body.to_string())
            .unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    pub fn call(&self, operation: &str, mut input: Value) -> Option<Reply> {
        if NAMES_A_CLIENT.contains(&operation) && input.get("ClientId").is_none() {
            input["ClientId"] = json!(CLIENT_ID);
        }
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let headers = [
            ("x-amz-target", target.as_str()),
            ("Content-Type", "application/x-amz-json-1.1"),
        ];
        self.send("POST", "/", &headers, &input.to_string())
    }

    pub fn ok(&self, operation: &str, input: Value) -> Value {
        let reply = self.call(operation, input).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    /// Exception and message of a refusal.
    pub fn refused(&self, operation: &str, input: Value) -> (String, String) {
        let reply = self.call(operation, input).unwrap();
        assert_eq!(reply.status, 400, "{}", reply.body);
        let body = reply.json();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        assert_eq!(
            reply.header("x-amzn-errortype"),
            Some(format!("{}:", text("__type")).as_str())
        );
        (text("__type"), text("message"))
    }

    /// The code of the newest mail to `email`.
    pub fn code(&self, email: &str) -> String {
        let mails = self.get(&format!("/control/mailbox?to={email}")).json();
        mails["mails"][0]["code"].as_str().unwrap().to_owned()
    }

    /// The answer to a PASSWORD_VERIFIER challenge for `email`.
    pub fn proof(&self, email: &str, password: &str) -> Value {
        let client = Srp::new();
        let challenge = self.ok("InitiateAuth", client.start(email));
        client.answer(&challenge["ChallengeParameters"], password, &self.timestamp())
    }

    pub fn sign_in(&self, email: &str, password: &str) -> Value {
        self.ok("RespondToAuthChallenge", self.proof(email, password))
    }

    /// TIMESTAMP of the pool's present.
    pub fn timestamp(&self) -> String {
        let now = self.control("clock", &json!({"advance_seconds": 0}))["now"]
            .as_i64()
            .unwrap();
        timestamp(now)
    }
}

/// Seconds since the epoch as TIMESTAMP, counted year by year: not the way the pool does it.
pub fn timestamp(seconds: i64) -> String {
    let days = seconds / 86_400;
    let (mut year, mut month, mut left) = (1970, 0, days);
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let lengths = [
        31,
        28 + i64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    while left >= lengths[month] {
        left -= lengths[month];
        month += 1;
    }
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let (weekday, of_day) = (weekdays[usize::try_from(days % 7).unwrap()], seconds % 86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!(
        "{weekday} {} {} {hour:02}:{minute:02}:{second:02} UTC {year}",
        months[month],
        left + 1
    )
}

const N_HEX: &str = "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// SRP's client side for one sign-in.
pub struct Srp {
    n: BigUint,
    secret: BigUint,
    public: BigUint,
}

fn hash(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(&parts.concat());
    mac.finalize().into_bytes().to_vec()
}

pub fn padded(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes[0] >= 0x80 {
        bytes.insert(0, 0);
    }
    bytes
}

fn integer(bytes: Vec<u8>) -> BigUint {
    BigUint::from_bytes_be(&bytes)
}

pub fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

/// Who has a password: a user of a pool, or a device of a group.
pub struct Identity<'a> {
    pub pool: &'a str,
    pub user: &'a str,
    pub password: &'a str,
}

impl Identity<'_> {
    /// SRP's `x`.
    fn private_key(&self, salt: &BigUint) -> BigUint {
        let parts = [self.pool, self.user, ":", self.password].map(str::as_bytes);
        integer(hash(&[&padded(salt), &hash(&parts)]))
    }

    /// SRP's `v`.
    pub fn verifier(&self, salt: &BigUint) -> BigUint {
        BigUint::from(2_u8).modpow(&self.private_key(salt), &number(N_HEX))
    }
}

impl Srp {
    pub fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        Self::with_secret(integer(hash(&[&now.to_be_bytes()])))
    }

    pub fn with_secret(secret: BigUint) -> Self {
        let n = number(N_HEX);
        let public = BigUint::from(2_u8).modpow(&secret, &n);
        Self { n, secret, public }
    }

    /// `SRP_A`, in hex.
    pub fn public_hex(&self) -> String {
        self.public.to_str_radix(16)
    }

    pub fn start(&self, email: &str) -> Value {
        let srp_a = self.public_hex();
        json!({"AuthFlow": "USER_SRP_AUTH", "AuthParameters": {"USERNAME": email, "SRP_A": srp_a}})
    }

    pub fn answer(&self, parameters: &Value, password: &str, timestamp: &str) -> Value {
        let identity = Identity {
            pool: "LocalPool",
            user: parameters["USER_ID_FOR_SRP"].as_str().unwrap(),
            password,
        };
        json!({
            "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": self.claim(&identity, parameters, timestamp),
        })
    }

    /// The members of an answer to `..._VERIFIER` that prove `identity`'s password.
    pub fn claim(&self, identity: &Identity, parameters: &Value, timestamp: &str) -> Value {
        let text = |name: &str| parameters[name].as_str().unwrap();
        let Identity { pool, user, .. } = identity;
        let (n, g) = (&self.n, BigUint::from(2_u8));
        let b = number(text("SRP_B"));
        let k = integer(hash(&[&padded(n), &padded(&g)]));
        let u = integer(hash(&[&padded(&self.public), &padded(&b)]));
        let x = identity.private_key(&number(text("SALT")));
        let base = (&b + n * &k - &k * g.modpow(&x, n)) % n;
        let shared = base.modpow(&(&self.secret + &u * &x), n);
        let key = mac(
            &mac(&padded(&u), &[&padded(&shared)]),
            &[b"Caldera Derived Key\x01"],
        );
        let block = STANDARD.decode(text("SECRET_BLOCK")).unwrap();
        let signature = mac(
            &key[..16],
            &[pool.as_bytes(), user.as_bytes(), &block, timestamp.as_bytes()],
        );
        json!({
            "USERNAME": parameters.get("USERNAME").unwrap_or(&json!(user)),
            "PASSWORD_CLAIM_SECRET_BLOCK": text("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE": STANDARD.encode(signature),
            "TIMESTAMP": timestamp,
        })
    }
}
