//! The Yew layer: [`AuthProvider`], the [`use_auth`] hook, and guards for routes.

mod account;
pub(crate) mod activity;
pub mod api;
mod curtain;
mod environment;
mod events;
mod guards;
mod handle;
mod in_page;
pub mod passkeys;
mod provider;
pub mod redirect;
mod require;
mod return_path;
mod shared;
#[cfg(test)]
mod testing;

pub use events::{AuthEvents, use_auth_events};
pub use guards::{GuestRoute, GuestRouteProps, ProtectedRoute, ProtectedRouteProps, go, replace};
pub(crate) use guards::{lead, replace_with};
pub use handle::{EngineHandle, EventSubscription, Host};
pub use in_page::start_in_page;
pub use provider::{Auth, AuthProvider, AuthProviderProps, use_auth, use_claims};
pub use require::{Require, RequireGroup, RequireGroupProps, RequireProps};
pub use return_path::ReturnPath;
pub use shared::{EngineScript, start_shared};

pub use crate::{
    cognito::{
        Attribute, ClientMetadata, CodeDelivery, Device, Medium, RegisteredPasskey, SessionKind,
        SessionLocation, UserSession,
    },
    config::{Factor, MfaMethod, SignInFlow},
    engine::{
        Answer, Asks, AuthError, AuthEvent, AuthFactors, AuthLevel, Challenge, CodeAsked, CodeFrom, Ending,
        EndingWhy, MfaPreference, Renewal, Service, SessionState, SignInRequest, SignOutScope, SignUpRequest,
        SignedIn, SignedOutWhy, Snapshot, Step, words,
    },
};
