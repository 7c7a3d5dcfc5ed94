//! The pool's groups: the list `groups` of the file.

use serde::{Deserialize, Serialize};

/// A group of the user pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name, as in the claim `cognito:groups`.
    pub name: String,
    /// Its Precedence: 0 stands above all others. A group without one stands below all that have one.
    pub precedence: Option<u32>,
}
