//! Who may come in: access tokens, held against the pool's keys.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use tokio::sync::Mutex;
use yew_cognito::token::{AccessClaims, AccessToken, Jwks, TokenError, Verifier};

use super::api::AnyError;

/// Keys are fetched no more often than this, whatever tokens come: anybody can name a key that does not exist.
pub const FETCH_PAUSE: Duration = Duration::from_secs(10);
/// Keys older than this are asked for anew, so that those which the pool has dropped go. Where they cannot be had, the
/// old ones stay: an outage of the pool's is none of this service's.
const KEYS_MAX_AGE: Duration = Duration::from_secs(3600);

/// Why somebody may not come in.
#[derive(Debug)]
pub enum Refusal {
    /// There is no token, or a bad one.
    Token(TokenError),
    /// The pool's keys cannot be had, so that nothing can be said about the token.
    NoKeys,
}

/// What is known of the pool, and how to know it.
pub struct Access {
    issuer: String,
    client_id: String,
    pause: Duration,
    keys: RwLock<Option<Keys>>,
    /// When keys were asked for last. Whoever holds it is asking.
    asked: Mutex<Option<Instant>>,
}

#[derive(Clone)]
struct Keys {
    verifier: Arc<Verifier>,
    since: Instant,
}

impl Access {
    /// For access tokens of `issuer` to one app client.
    pub fn new(issuer: String, client_id: String) -> Self {
        Self {
            issuer,
            client_id,
            pause: FETCH_PAUSE,
            keys: RwLock::default(),
            asked: Mutex::default(),
        }
    }

    /// The same with another pause between two requests for keys.
    #[allow(dead_code, reason = "for its tests")]
    pub fn with_pause(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// The claims of a token that is valid now.
    pub async fn check(&self, token: &AccessToken) -> Result<AccessClaims, Refusal> {
        let known = self.keys();
        let fresh = known.as_ref().filter(|keys| keys.since.elapsed() < KEYS_MAX_AGE);
        if let Some(keys) = fresh {
            match keys.verifier.verify_access(token, now()) {
                // The pool may have new keys.
                Err(TokenError::UnknownKey) => {}
                checked => return checked.map_err(Refusal::Token),
            }
        }
        self.fetch().await;
        let keys = self.keys().ok_or(Refusal::NoKeys)?;
        let checked = keys.verifier.verify_access(token, now());
        checked.map_err(Refusal::Token)
    }

    fn keys(&self) -> Option<Keys> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.clone()
    }

    /// Fetches the keys, unless that has just been done. If it fails, those from before stay.
    async fn fetch(&self) {
        let mut asked = self.asked.lock().await;
        if asked.is_some_and(|asked| asked.elapsed() < self.pause) {
            return;
        }
        let url = [&self.issuer, "/.well-known/jwks.json"].concat();
        let fetched = tokio::task::spawn_blocking(move || jwks(&url)).await;
        *asked = Some(Instant::now());
        match fetched.map_err(AnyError::from).flatten() {
            Ok(jwks) => {
                let verifier = Verifier::new(&self.issuer, &self.client_id, jwks);
                let keys = Keys {
                    verifier: Arc::new(verifier),
                    since: Instant::now(),
                };
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some(keys);
            }
            Err(error) => eprintln!("the pool’s keys cannot be had: {error}"),
        }
    }
}

fn jwks(url: &str) -> Result<Jwks, AnyError> {
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5)));
    let mut response = ureq::Agent::new_with_config(config.build()).get(url).call()?;
    let text = response
        .body_mut()
        .with_config()
        .limit(64 * 1024)
        .read_to_string()?;
    Ok(Jwks::parse(&text)?)
}

/// Seconds since 1970 (UTC).
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
