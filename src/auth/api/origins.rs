//! Which addresses are sent a token.

use super::{ApiError, OriginProblem};
use crate::config::is_loopback;

/// An address as the browser took it apart (URL Standard), so that what is checked is what is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The whole, written anew.
    pub href: String,
    /// The scheme with its colon.
    pub protocol: String,
    /// The host without its port.
    pub hostname: String,
    /// The host, with its port unless that is the scheme's own.
    pub host: String,
    /// Whether there is a user name or a password.
    pub has_user_info: bool,
    /// Whether there is a path, a query or a fragment.
    pub has_more: bool,
}

impl Address {
    /// The origin; none for what has none of its own, such as `blob:` and `data:`.
    pub fn origin(&self) -> Option<String> {
        let is_http = matches!(self.protocol.as_str(), "https:" | "http:");
        (is_http && !self.host.is_empty()).then(|| [&self.protocol, "//", &self.host].concat())
    }
}

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Origins(Vec<String>);

impl Origins {
    /// Puts an origin on the list.
    pub fn allow(&mut self, address: Option<Address>) -> Result<(), OriginProblem> {
        let address = address.ok_or(OriginProblem::NotAnOrigin)?;
        let origin = address.origin().ok_or(OriginProblem::NotAnOrigin)?;
        // To a browser a star is a letter like any other; whoever writes one means more than that.
        if address.hostname.contains('*') {
            return Err(OriginProblem::NotAnOrigin);
        }
        if address.has_user_info {
            return Err(OriginProblem::UserInfo);
        }
        if address.has_more {
            return Err(OriginProblem::MoreThanAnOrigin);
        }
        if address.protocol != "https:" && !is_loopback(&address.hostname) {
            return Err(OriginProblem::Plaintext);
        }
        if !self.0.contains(&origin) {
            self.0.push(origin);
        }
        Ok(())
    }

    /// Whether a call to `address` carries a token.
    ///
    /// # Errors
    /// [`ApiError::Url`] for what cannot be called at all, [`ApiError::NotAllowed`] for what is not on the list
    /// unless it `may_go_without`.
    pub fn takes_token(&self, address: &Address, may_go_without: bool) -> Result<bool, ApiError> {
        let origin = address.origin().filter(|_| !address.has_user_info);
        let origin = origin.ok_or(ApiError::Url)?;
        match (self.0.contains(&origin), may_go_without) {
            (true, _) => Ok(true),
            (false, true) => Ok(false),
            (false, false) => Err(ApiError::NotAllowed { origin }),
        }
    }
}
