//! What of the credentials no log line may show.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::token::secret;

secret!(
    /// The secret key of AWS credentials.
    SecretAccessKey
);
secret!(
    /// The session token of AWS credentials, without which the keys are worth nothing.
    SessionToken
);
