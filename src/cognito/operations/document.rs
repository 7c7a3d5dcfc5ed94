//! JSON within JSON: what passes between the service and the browser's passkeys.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JSON document of no concern to anyone on the way (`Document`). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(Value);

impl Document {
    /// The document that `text` is, if it is JSON.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The document as text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
