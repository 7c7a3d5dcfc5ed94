//! `AuthParameters` and `ChallengeResponses`.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// Names and values, in JSON an object. Some values are secrets: `Debug` shows the names only, and the values are
/// wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(Cow<'static, str>, Zeroizing<String>)>);

impl Pairs {
    /// One more.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: &str) -> Self {
        self.0.push((name.into(), Zeroizing::new(value.to_owned())));
        self
    }

    /// One more, if there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value.as_str())))
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}
