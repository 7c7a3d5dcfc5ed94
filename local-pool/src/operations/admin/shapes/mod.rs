//! The pool's own types as AWS's shapes, and back: one file a shape.

pub(super) mod client;
pub(super) mod group;
pub(super) mod identity_provider;
pub(super) mod mfa;
pub(super) mod policies;
pub(super) mod pool;
pub(super) mod schema;
pub(super) mod user;
