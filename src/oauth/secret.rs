//! What an authorization request must not show of itself.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::token::secret;

secret!(
    /// What a code is bound to (`code_verifier`, RFC 7636, section 4.1).
    CodeVerifier
);
secret!(
    /// What an answer is recognised by (`state`, RFC 6749, section 10.12).
    State
);
secret!(
    /// What an ID token is recognised by (`nonce`, OpenID Connect Core 1.0, section 3.1.2.1).
    Nonce
);
secret!(
    /// An address at the authorization endpoint. It holds the `state` and the `nonce`.
    AuthorizationUrl
);
