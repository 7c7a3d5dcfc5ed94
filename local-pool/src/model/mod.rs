//! AWS's service models `cognito-idp/2016-04-18` and `cognito-identity/2014-06-30`: which operations there are, what
//! they take, answer and refuse with.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use self::check::Walk;
use self::shape::Shape;
use crate::protocol::ApiError;

mod check;
mod load;
mod pattern;
mod shape;
#[cfg(test)]
mod tests;
mod wording;

#[expect(
    clippy::expect_used,
    reason = "the data is part of the crate, and a test reads it"
)]
static OPERATIONS: LazyLock<BTreeMap<&'static str, Operation>> = LazyLock::new(|| {
    let models = [
        include_str!("../../data/cognito-idp.json"),
        include_str!("../../data/cognito-identity.json"),
    ];
    let models = models.map(|model| load::operations(model).expect("the service model is sound"));
    models.into_iter().flatten().collect()
});

/// That of the identity pools' operations.
const IDENTITY_TARGET_PREFIX: &str = "AWSCognitoIdentityService";

/// An operation as the model describes it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// Its service's, which precedes the name in `x-amz-target`.
    pub(crate) target_prefix: &'static str,
    /// Whether it needs no AWS signature.
    pub(crate) public: bool,
    input: Arc<Shape>,
    output: Option<Arc<Shape>>,
    errors: Vec<&'static str>,
}

/// The operation of that name; `None` where the pool's excerpt of the model lacks it.
pub(crate) fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.get(name)
}

/// Whether a service's operations have that prefix in `x-amz-target`.
pub(crate) fn has_target_prefix(prefix: &str) -> bool {
    OPERATIONS
        .values()
        .any(|operation| operation.target_prefix == prefix)
}

/// Every operation, by name.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static Operation> {
    OPERATIONS.values()
}

impl Operation {
    /// Passes input that fits the operation's shape. Members that the shape does not have are ignored, and
    /// `null` is the same as absent, as AWS does.
    ///
    /// # Errors
    /// `SerializationException` for a wrong JSON type, else `InvalidParameterException` that lists every
    /// constraint broken; identity pools call that `ValidationException`.
    pub(crate) fn check_input(&self, input: &Map<String, Value>) -> Result<(), ApiError> {
        let broken = Walk::lenient().run(&self.input, input);
        let broken = broken.map_err(|mismatch| ApiError::new("SerializationException", mismatch.message))?;
        if broken.is_empty() {
            Ok(())
        } else {
            let mut error = wording::report(&broken);
            if self.target_prefix == IDENTITY_TARGET_PREFIX {
                "ValidationException".clone_into(&mut error.kind);
            }
            Err(error)
        }
    }

    /// Passes a successful response that has what the model requires and nothing that it does not know.
    ///
    /// # Errors
    /// What is wrong and where, without the values; for the developer of the pool.
    pub(crate) fn check_output(&self, output: &Value) -> Result<(), String> {
        let output = output.as_object().ok_or("the body is no object")?;
        let Some(shape) = &self.output else {
            return if output.is_empty() {
                Ok(())
            } else {
                Err("the body has to be empty".to_owned())
            };
        };
        let broken = Walk::strict().run(shape, output);
        let broken = broken.map_err(|mismatch| format!("{}: wrong JSON type", mismatch.place.logged))?;
        if broken.is_empty() {
            return Ok(());
        }
        let broken = broken
            .iter()
            .map(|broken| format!("{}: {}", broken.place.logged, broken.constraint));
        Err(broken.collect::<Vec<_>>().join("; "))
    }

    /// Whether the model lists that exception.
    pub(crate) fn has_error(&self, kind: &str) -> bool {
        self.errors.contains(&kind)
    }
}
