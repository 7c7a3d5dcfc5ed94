use serde::{Deserialize, Serialize};

use super::{Endpoint, IdentityPoolId};

/// An identity pool, which gives AWS credentials to the people of the user pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityPool {
    /// `auth.identity_pool_id`.
    pub id: IdentityPoolId,
    /// Where its operations are sent: AWS's own endpoint of the pool's region, or `custom.cognito.identity_endpoint`.
    pub endpoint: Endpoint,
    /// `auth.unauthenticated_identities_enabled`: whether guests have credentials too.
    pub allows_guests: bool,
}
