//! One type per operation, with the wire's own names. Source: the Cognito user pools API reference.

mod attributes;
mod devices;
mod document;
mod epoch_seconds;
mod mfa;
mod pairs;
mod passkeys;
mod recovery;
mod session;
mod sign_in;
mod sign_up;
mod user_sessions;

pub use attributes::*;
pub use devices::*;
pub use document::Document;
pub use mfa::*;
pub use pairs::Pairs;
pub use passkeys::*;
pub use recovery::*;
pub use session::*;
pub use sign_in::*;
pub use sign_up::*;
pub use user_sessions::*;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A request of the user pools API and what answers it.
pub trait Operation: Serialize {
    /// The operation's name, as in `X-Amz-Target`.
    const NAME: &'static str;
    /// Whether sending it twice does no more than sending it once, so that it may be sent again
    /// when it is not known to have arrived.
    const IDEMPOTENT: bool;
    /// The answer.
    type Response: DeserializeOwned;
}

macro_rules! operation {
    ($name:ident, idempotent: $idempotent:literal, $response:ty) => {
        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const IDEMPOTENT: bool = $idempotent;
            type Response = $response;
        }
    };
}
use operation;

/// An answer whose members, if any, are of no interest.
#[derive(Debug, Deserialize)]
pub struct Empty {}

/// What an app hands to the pool's Lambda triggers (`ClientMetadata`). Not for secrets.
pub type ClientMetadata = std::collections::BTreeMap<String, String>;

/// A user attribute (`AttributeType`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Attribute {
    /// Such as `email`, `given_name` or `custom:team`.
    pub name: String,
    /// The value, as text.
    #[serde(default)]
    pub value: String,
}

/// Where a code went (`CodeDeliveryDetailsType`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeDelivery {
    /// The address or number, masked by the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// How it was sent.
    #[serde(default, rename = "DeliveryMedium", skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// The attribute that it is to verify, where it is one that does.
    #[serde(default, rename = "AttributeName", skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
}

/// How a code is sent (`DeliveryMediumType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Medium {
    /// By e-mail.
    #[serde(rename = "EMAIL")]
    Email,
    /// By text message.
    #[serde(rename = "SMS")]
    Sms,
    /// A medium this version does not know.
    #[serde(other, rename = "OTHER")]
    Other,
}

/// The answer of the operations that send a code.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CodeSent {
    /// Where the code went.
    #[serde(default)]
    pub code_delivery_details: CodeDelivery,
}
