//! Secrets that no log line, error text or `Debug` output may show.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// `Debug` prints `[redacted]`, and the memory is overwritten when the value is dropped. It
        /// is serialised as the plain text, so that it can be sent to the engine and to Cognito.
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The secret itself: for a request's body, and for nothing that is kept or shown.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[redacted]")
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }
    };
}
pub(crate) use secret;

secret!(
    /// An ID token: who the person is, as a signed JSON Web Token.
    IdToken
);
secret!(
    /// An access token: what the person may do, as a signed JSON Web Token.
    AccessToken
);
secret!(
    /// A refresh token, opaque to everyone but Cognito.
    RefreshToken
);
secret!(
    /// A password.
    Password
);
secret!(
    /// A one-time code: of a confirmation, a second factor or an authorisation.
    Code
);
secret!(
    /// Cognito's `Session`, which ties one challenge of a sign-in to the next.
    ChallengeSession
);
secret!(
    /// The shared secret of an authenticator app, base32.
    TotpSecret
);
secret!(
    /// An `otpauth://` URI, which holds such a secret.
    OtpauthUri
);
secret!(
    /// An answer to a pool's own challenge (CUSTOM_CHALLENGE).
    CustomAnswer
);
secret!(
    /// A credential's JSON: what a passkey answers, or is registered by (`AuthenticationResponseJSON`,
    /// `RegistrationResponseJSON`, WebAuthn Level 3, section 5.1).
    PasskeyAnswer
);
secret!(
    /// What a remembered device proves itself by.
    DevicePassword
);
