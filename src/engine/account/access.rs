//! Calls that carry an access token.

use super::super::{AuthError, SignedOutWhy, core::Engine};
use crate::{cognito::Operation, token::AccessToken};

/// The right to call once.
struct Access {
    /// The session that it is of.
    epoch: u64,
    token: AccessToken,
    /// It takes the place of one that the service refused.
    again: bool,
}

impl Engine {
    /// Sends what `request` makes of a valid access token.
    ///
    /// If the service takes the token no more, as after a revocation elsewhere, it is renewed and the request sent
    /// again: once. A session that cannot be renewed ends, and so does one whose new token is refused as well.
    ///
    /// # Errors
    /// [`AuthError`]; `NotSignedIn` if there is no session, or no longer.
    pub(in crate::engine) async fn with_access_token<O: Operation>(
        &self,
        request: impl Fn(AccessToken) -> O,
    ) -> Result<O::Response, AuthError> {
        let mut access = self.access().await?;
        loop {
            let answer = self.client().call(&request(access.token.clone())).await;
            match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => {
                    let error = AuthError::from_service(O::NAME, error);
                    access = self.access_after(error, access).await?;
                }
            }
        }
    }

    async fn access(&self) -> Result<Access, AuthError> {
        let epoch = self.state().epoch;
        let token = self.access_token().await?;
        self.check_current(epoch)?;
        Ok(Access {
            epoch,
            token,
            again: false,
        })
    }

    /// Access anew, if `error` was for want of it.
    async fn access_after(&self, error: AuthError, refused: Access) -> Result<Access, AuthError> {
        if !error.ends_session() {
            return Err(error);
        }
        self.check_current(refused.epoch)?;
        if refused.again {
            self.end_if_current(refused.epoch, SignedOutWhy::SessionEnded);
            return Err(AuthError::NotSignedIn);
        }
        let mut token = self.access_token().await?;
        // Somebody else may have had the same answer, and have renewed it by now.
        if token == refused.token {
            self.renew().await?;
            token = self.access_token().await?;
        }
        self.check_current(refused.epoch)?;
        Ok(Access {
            token,
            again: true,
            ..refused
        })
    }
}
