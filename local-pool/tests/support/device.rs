//! A device that signs in as the user's client does, by SRP: its DeviceGroupKey stands for the pool and its
//! DeviceKey for the user.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{Identity, Pool, Srp, number, padded};

pub struct Device {
    pub key: String,
    pub group_key: String,
    pub password: String,
}

impl Device {
    /// The device that a sign-in was offered.
    pub fn offered(result: &Value) -> Self {
        let offer = &result["AuthenticationResult"]["NewDeviceMetadata"];
        let text = |name: &str| offer[name].as_str().unwrap().to_owned();
        Self {
            key: text("DeviceKey"),
            group_key: text("DeviceGroupKey"),
            password: "kqA2Ji0vN0v6oZzDQ0T5y3mVd1k=".to_owned(),
        }
    }

    pub fn identity(&self) -> Identity<'_> {
        Identity {
            pool: &self.group_key,
            user: &self.key,
            password: &self.password,
        }
    }

    /// ConfirmDevice.
    pub fn confirmation(&self, result: &Value) -> Value {
        let salt = number("f00dfacef00dfacef00dfacef00dface");
        json!({
            "AccessToken": result["AuthenticationResult"]["AccessToken"],
            "DeviceKey": self.key,
            "DeviceSecretVerifierConfig": {
                "Salt": STANDARD.encode(padded(&salt)),
                "PasswordVerifier": STANDARD.encode(padded(&self.identity().verifier(&salt))),
            },
        })
    }

    /// An answer to DEVICE_SRP_AUTH; clients of long standing send no Session.
    pub fn start(&self, srp: &Srp, challenge: &Value, with_session: bool) -> Value {
        assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH", "{challenge}");
        assert_eq!(challenge["ChallengeParameters"]["DEVICE_KEY"], self.key);
        let mut answer = json!({
            "ChallengeName": "DEVICE_SRP_AUTH",
            "ChallengeResponses": {
                "USERNAME": challenge["ChallengeParameters"]["USERNAME"],
                "DEVICE_KEY": self.key,
                "SRP_A": srp.public_hex(),
            },
        });
        if with_session {
            answer["Session"] = challenge["Session"].clone();
        }
        answer
    }

    /// An answer to DEVICE_PASSWORD_VERIFIER, after that to DEVICE_SRP_AUTH.
    pub fn proof(&self, pool: &Pool, challenge: &Value, with_session: bool) -> Value {
        let srp = Srp::new();
        let challenge = pool.ok(
            "RespondToAuthChallenge",
            self.start(&srp, challenge, with_session),
        );
        assert_eq!(challenge["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
        let parameters = &challenge["ChallengeParameters"];
        let mut responses = srp.claim(&self.identity(), parameters, &pool.timestamp());
        responses["DEVICE_KEY"] = json!(self.key);
        let mut answer = json!({
            "ChallengeName": "DEVICE_PASSWORD_VERIFIER",
            "ChallengeResponses": responses,
        });
        if with_session {
            answer["Session"] = challenge["Session"].clone();
        }
        answer
    }

    /// From DEVICE_SRP_AUTH to what follows the device's proof.
    pub fn prove(&self, pool: &Pool, challenge: &Value) -> Value {
        pool.ok("RespondToAuthChallenge", self.proof(pool, challenge, true))
    }
}
