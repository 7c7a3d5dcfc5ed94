//! The Yew layer: [`AuthProvider`], the [`use_auth`] hook, and guards for routes.

mod account;
mod environment;
mod guards;
mod handle;
mod in_page;
pub mod passkeys;
mod provider;
mod return_path;

pub use guards::{GuestRoute, GuestRouteProps, ProtectedRoute, ProtectedRouteProps, go, replace};
pub use handle::{EngineHandle, EventSubscription, Host};
pub use in_page::start_in_page;
pub use provider::{Auth, AuthProvider, AuthProviderProps, use_auth};
pub use return_path::ReturnPath;

pub use crate::{
    cognito::{
        Attribute, ClientMetadata, CodeDelivery, Device, Medium, RegisteredPasskey, SessionKind,
        SessionLocation, UserSession,
    },
    config::{Factor, MfaMethod, SignInFlow},
    engine::{
        Answer, Asks, AuthError, AuthFactors, AuthLevel, Challenge, CodeAsked, CodeFrom, MfaPreference,
        Renewal, Service, SessionState, SignInRequest, SignOutScope, SignUpRequest, SignedIn, SignedOutWhy,
        Snapshot, Step, words,
    },
};
