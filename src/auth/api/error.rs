use crate::auth::AuthError;

/// Why a call got no response. A response of any status is none of these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// There is no token to send: nobody is signed in, or it cannot be renewed now. Nothing was sent with it.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The address is none that can be fetched, or holds a user name or password.
    #[error("the address cannot be called: it has to be http(s), without a user name or password")]
    Url,
    /// The origin of the address is not on the list.
    #[error(
        "{origin} is not on the list of origins that are sent a token: allow it by Api::origin(\"{origin}\") or \
         custom.cognito.api_origins in amplify_outputs.json, or call it or_without_token()"
    )]
    NotAllowed {
        /// The origin.
        origin: String,
    },
    /// This may not be put on the list.
    #[error(transparent)]
    Origin(#[from] OriginProblem),
    /// The body could not be written as JSON.
    #[error("the body cannot be written as JSON")]
    Body,
    /// The browser refuses the method, a header or the body: a GET has none.
    #[error("the browser refuses the method, a header or the body")]
    Refused,
    /// No response came that the page may see.
    #[error(
        "no response came: the network, the API's CORS headers, a redirect, or connect-src in the page's \
         Content-Security-Policy"
    )]
    Unreachable,
    /// The call was aborted.
    #[error("the call was aborted")]
    Aborted,
}

/// Why an origin may not be put on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginProblem {
    /// It is no address by `https` or `http`, or has a star in it: there are no patterns.
    #[error("an origin is written like https://api.example.com")]
    NotAnOrigin,
    /// It has a path, a query or a fragment: a whole origin is allowed, or nothing of it.
    #[error("an origin has no path, query or fragment")]
    MoreThanAnOrigin,
    /// It has a user name or a password.
    #[error("an origin has no user name or password")]
    UserInfo,
    /// It is `http` to another machine: the token would travel in the open.
    #[error("http:// is allowed only to this machine itself (localhost, 127.0.0.1, [::1])")]
    Plaintext,
}
