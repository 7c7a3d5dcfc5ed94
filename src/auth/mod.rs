//! The Yew layer: [`AuthProvider`], the [`use_auth`] hook, and guards for routes.

mod environment;
mod guards;
mod handle;
mod in_page;
mod provider;
mod return_path;
pub mod words;

pub use guards::{GuestRoute, GuestRouteProps, ProtectedRoute, ProtectedRouteProps, go, replace};
pub use handle::{EngineHandle, EventSubscription, Host};
pub use in_page::start_in_page;
pub use provider::{Auth, AuthProvider, AuthProviderProps, use_auth};
pub use return_path::ReturnPath;

pub use crate::{
    cognito::{Attribute, CodeDelivery, Medium},
    engine::{
        AuthError, Renewal, Service, SessionState, SignOutScope, SignedIn, SignedOutWhy, Snapshot, Step,
    },
};
