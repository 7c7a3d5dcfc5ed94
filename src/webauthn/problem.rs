use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest error name that is passed on; the longest of the browsers' own has 26 letters.
const MAX_NAME: usize = 40;

/// Why there is no passkey to answer with.
///
/// That a device has no passkey for the site is not among them: browsers say the same then as when a person
/// cancels, so that a site cannot find out what is on a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum PasskeyProblem {
    /// The person cancelled, had no passkey, or took too long; browsers do not tell which.
    #[error("cancelled or timed out")]
    Cancelled,
    /// The device has a passkey of this user already.
    #[error("the device has a passkey of this user already")]
    AlreadyRegistered,
    /// The relying party id does not fit the page's address, or the page is not in a secure context.
    #[error("passkeys of this user pool are not for this site")]
    WrongSite,
    /// The browser has no WebAuthn, or the device cannot do what the user pool asks for.
    #[error("the browser or the device does not support this")]
    Unsupported,
    /// The page itself gave up, or asked for something else meanwhile.
    #[error("given up by the page")]
    Aborted,
    /// The service's options make no sense.
    #[error("the options for the passkey were not understood")]
    Malformed,
    /// Anything else: the browser's error by its name, `NoCredential` or `IncompleteCredential` where it
    /// answered without one.
    #[error("the passkey failed: {0}")]
    Failed(String),
}

impl PasskeyProblem {
    /// What an exception of the browser means, by the `name` of the `DOMException` (WebAuthn Level 3, sections
    /// 5.1.3 and 5.1.4). `creating` says that it came from `navigator.credentials.create()`.
    pub fn from_error_name(name: &str, creating: bool) -> Self {
        match name {
            "NotAllowedError" => Self::Cancelled,
            "InvalidStateError" if creating => Self::AlreadyRegistered,
            "SecurityError" => Self::WrongSite,
            "NotSupportedError" | "ConstraintError" => Self::Unsupported,
            "AbortError" => Self::Aborted,
            // The browser could not read the options.
            "TypeError" => Self::Malformed,
            _ => Self::failed(name),
        }
    }

    /// A stable name for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "passkey_cancelled",
            Self::AlreadyRegistered => "passkey_already_registered",
            Self::WrongSite => "passkey_wrong_site",
            Self::Unsupported => "passkey_unsupported",
            Self::Aborted => "passkey_aborted",
            Self::Malformed => "passkey_malformed",
            Self::Failed(_) => "passkey_failed",
        }
    }

    /// Any script can throw an error with a text for a name: only what looks like a name is kept.
    fn failed(name: &str) -> Self {
        let is_name =
            (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Self::Failed(if is_name { name } else { "Error" }.to_owned())
    }
}
