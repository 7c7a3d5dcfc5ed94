//! AWS credentials: fetched when somebody asks, and again once they are about to expire.

use std::time::Duration;

use futures::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};

use super::{AuthError, core::Engine};
use crate::{
    cognito::{CognitoError, ErrorKind},
    config::IdentityPool,
    credentials::{AwsCredentials, Client, GetCredentialsForIdentity, GetId, Operation},
    ports::UnixMillis,
    session::Reading,
    token::IdToken,
};

/// The longest time ahead of expiry at which they are fetched anew.
const MARGIN: Duration = Duration::from_secs(5 * 60);
/// How long credentials count as good where only the device's wall clock tells how long they are.
const UNVERIFIED_LIFE: Duration = Duration::from_secs(50 * 60);
/// What an identity pool says, by NotAuthorizedException, if it is not set up for this user pool and app client. No
/// other token changes that.
const SET_UP_OTHERWISE: [&str; 4] = [
    "not from a supported provider",
    "Unauthenticated access is not supported",
    "Issuer doesn't match",
    "token audience",
];

/// The one fetch under way, for all who need it.
type Fetch = Shared<LocalBoxFuture<'static, Result<AwsCredentials, AuthError>>>;

/// What is known for the person or guest of now. In memory only, and dropped with the session.
#[derive(Default)]
pub(super) struct Known {
    identity_id: Option<String>,
    current: Option<Current>,
    fetch: Option<(Option<IdToken>, Fetch)>,
    /// A token that was refused although it was new: another renewal would change nothing.
    hopeless: Option<IdToken>,
}

/// Credentials, and how old they are.
struct Current {
    /// What they were given for; none for a guest.
    token: Option<IdToken>,
    credentials: AwsCredentials,
    asked: Reading,
    life: Duration,
}

impl Current {
    fn left(&self, now: &Reading) -> Duration {
        self.life.saturating_sub(now.since(&self.asked))
    }

    fn is_fresh(&self, now: &Reading) -> bool {
        self.left(now) > MARGIN.min(self.life / 4)
    }
}

/// A refusal, as the answer to what.
struct Failure {
    operation: &'static str,
    error: CognitoError,
}

impl Engine {
    /// Credentials for whoever is signed in, or for a guest where the configuration lets guests in.
    ///
    /// Those at hand will do until shortly before they expire, or until the ID token is another: what it says may
    /// have changed the role.
    pub(super) async fn aws_credentials(&self) -> Result<AwsCredentials, AuthError> {
        let Some(pool) = self.config().identity_pool.clone() else {
            return Err(AuthError::Misconfigured(
                "amplify_outputs.json names no identity_pool_id".to_owned(),
            ));
        };
        let (epoch, is_guest) = {
            let state = self.state();
            (state.epoch, state.session.is_none())
        };
        let token = match is_guest {
            true if pool.allows_guests => None,
            true => return Err(AuthError::NotSignedIn),
            false => Some(self.id_token().await?),
        };
        self.check_current(epoch)?;
        if let Some(credentials) = self.at_hand(&token, Current::is_fresh) {
            return Ok(credentials);
        }
        let fetched = self.fetch_credentials(pool, epoch, token.clone()).await;
        // The device may have slept past the session's limits, and whoever shares a fetch may be woken too late.
        self.check_limits();
        match fetched {
            Ok(credentials) => self.check_current(epoch).map(|()| credentials),
            // Fetched ahead of time: those of before may do for a while.
            Err(error) if error.is_retryable() => self
                .at_hand(&token, |current, now| !current.left(now).is_zero())
                .ok_or(error),
            Err(error) => Err(error),
        }
    }

    fn at_hand(
        &self,
        token: &Option<IdToken>,
        will_do: impl Fn(&Current, &Reading) -> bool,
    ) -> Option<AwsCredentials> {
        let now = self.now();
        let state = self.state();
        let current = state.aws.current.as_ref()?;
        (current.token == *token && will_do(current, &now)).then(|| current.credentials.clone())
    }

    /// Whoever asks while a fetch for the same is under way waits for that one.
    fn fetch_credentials(&self, pool: IdentityPool, epoch: u64, token: Option<IdToken>) -> Fetch {
        if let Some((of, fetch)) = &self.state().aws.fetch
            && *of == token
            && fetch.peek().is_none()
        {
            return fetch.clone();
        }
        let engine = self.clone();
        let key = token.clone();
        let fetch = async move { engine.fetch_credentials_now(pool, epoch, token).await }
            .boxed_local()
            .shared();
        self.state().aws.fetch = Some((key, fetch.clone()));
        fetch
    }

    async fn fetch_credentials_now(
        &self,
        pool: IdentityPool,
        epoch: u64,
        mut token: Option<IdToken>,
    ) -> Result<AwsCredentials, AuthError> {
        let client = Client::new(&pool, self.config(), self.client().clone());
        let mut again = false;
        loop {
            // They are at most as old as their request.
            let asked = self.now();
            let answer = self.exchange(&client, &pool, epoch, token.as_ref()).await;
            self.check_current(epoch)?;
            let failure = match answer {
                // The device slept in between.
                Ok(_) if self.now().since(&asked) >= UNVERIFIED_LIFE => return Err(AuthError::Timeout),
                Ok(credentials) => {
                    let current = Current {
                        life: self.life(credentials.expiration, &asked),
                        token,
                        credentials: credentials.clone(),
                        asked,
                    };
                    self.state().aws.current = Some(current);
                    return Ok(credentials);
                }
                Err(failure) => failure,
            };
            let of_the_token = failure.is_of_the_token();
            if again && of_the_token {
                self.state().aws.hopeless.clone_from(&token);
            }
            let hopeless = of_the_token && token.is_some() && self.state().aws.hopeless == token;
            if again || hopeless || !failure.may_pass_with_another_token_or_identity() {
                return Err(failure.meaning());
            }
            again = true;
            self.state().aws.identity_id = None;
            if let Some(refused) = token.take_if(|_| of_the_token) {
                token = Some(self.id_token_after(refused).await?);
                self.check_current(epoch)?;
            }
        }
    }

    /// An ID token other than the one that was refused, as after a sign-out elsewhere.
    async fn id_token_after(&self, refused: IdToken) -> Result<IdToken, AuthError> {
        let token = self.id_token().await?;
        if token != refused {
            return Ok(token);
        }
        self.renew().await?;
        self.id_token().await
    }

    async fn exchange(
        &self,
        client: &Client,
        pool: &IdentityPool,
        epoch: u64,
        token: Option<&IdToken>,
    ) -> Result<AwsCredentials, Failure> {
        let logins = || token.map(|token| client.logins(token));
        let known = self.state().aws.identity_id.clone();
        let identity_id = match known {
            Some(id) => id,
            None => {
                let request = GetId {
                    identity_pool_id: pool.id.to_string(),
                    logins: logins(),
                };
                let id = client
                    .call(&request)
                    .await
                    .map_err(Failure::of::<GetId>)?
                    .identity_id;
                let mut state = self.state();
                if state.epoch == epoch {
                    state.aws.identity_id = Some(id.clone());
                }
                id
            }
        };
        let request = GetCredentialsForIdentity {
            identity_id,
            logins: logins(),
        };
        let answer = client
            .call(&request)
            .await
            .map_err(Failure::of::<GetCredentialsForIdentity>)?;
        let given = answer.credentials;
        Ok(AwsCredentials {
            identity_id: answer.identity_id,
            access_key_id: given.access_key_id,
            secret_access_key: given.secret_key,
            session_token: given.session_token,
            expiration: millis(given.expiration),
        })
    }

    /// How long credentials are good for that were asked for at `asked`.
    fn life(&self, expiration: UnixMillis, asked: &Reading) -> Duration {
        let state = self.state();
        match &state.session {
            // By the service's clock, which the session's tokens tell.
            Some(session) => {
                let now = session.age.server_time(asked);
                Duration::from_secs(expiration.as_secs().saturating_sub(now))
            }
            // A guest has only the device's, which may be wrong.
            None => expiration.since(asked.wall).min(UNVERIFIED_LIFE),
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates"
)]
fn millis(seconds: f64) -> UnixMillis {
    UnixMillis((seconds * 1000.0).round() as u64)
}

impl Failure {
    fn of<O: Operation>(error: CognitoError) -> Self {
        Self {
            operation: O::NAME,
            error,
        }
    }

    fn service(&self) -> Option<(&ErrorKind, &str)> {
        match &self.error {
            CognitoError::Service { kind, message } => Some((kind, message)),
            _ => None,
        }
    }

    /// The token has expired, was revoked, or is signed by a key of the past.
    fn is_of_the_token(&self) -> bool {
        matches!(self.service(), Some((ErrorKind::NotAuthorized, _)))
    }

    fn may_pass_with_another_token_or_identity(&self) -> bool {
        match self.service() {
            Some((ErrorKind::NotAuthorized, message)) => !is_set_up_otherwise(message),
            // The identity was deleted.
            Some((ErrorKind::ResourceNotFound, _)) => self.operation == GetCredentialsForIdentity::NAME,
            _ => false,
        }
    }

    /// What it means to whoever asked for credentials. None of this ends a session.
    fn meaning(self) -> AuthError {
        let Some((kind, message)) = self.service() else {
            return AuthError::from_service(self.operation, self.error);
        };
        let message = message.to_owned();
        match kind {
            ErrorKind::NotAuthorized if is_set_up_otherwise(&message) => AuthError::Misconfigured(message),
            ErrorKind::NotAuthorized if message.starts_with("Invalid login token") => {
                AuthError::InvalidToken(message)
            }
            ErrorKind::NotAuthorized => AuthError::NotAllowed(message),
            // What was sent is the configuration's, but for the token. The limit is of the account's.
            ErrorKind::InvalidParameter
            | ErrorKind::Validation
            | ErrorKind::ResourceNotFound
            | ErrorKind::LimitExceeded => AuthError::Misconfigured(message),
            ErrorKind::Other(name) => match name.as_str() {
                "InvalidIdentityPoolConfigurationException" => AuthError::Misconfigured(message),
                // The login belongs to another identity.
                "ResourceConflictException" => AuthError::NotAllowed(message),
                // The identity pool cannot reach the user pool.
                "ExternalServiceException" => AuthError::ServiceFailure,
                _ => AuthError::from_service(self.operation, self.error),
            },
            _ => AuthError::from_service(self.operation, self.error),
        }
    }
}

fn is_set_up_otherwise(message: &str) -> bool {
    SET_UP_OTHERWISE.iter().any(|words| message.contains(words))
}
