//! Timestamps, in AWS's JSON protocols seconds since the Unix epoch with or without a fraction.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ports::UnixMillis;

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates"
)]
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<UnixMillis>, D::Error> {
    let seconds = Option::<f64>::deserialize(deserializer)?;
    Ok(seconds.map(|seconds| UnixMillis((seconds * 1000.0).round() as u64)))
}

#[allow(clippy::cast_precision_loss, reason = "exact for 200 000 years")]
pub(super) fn serialize<S: Serializer>(time: &Option<UnixMillis>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| time.0 as f64 / 1000.0).serialize(serializer)
}
