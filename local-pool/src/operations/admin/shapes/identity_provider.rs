//! IdentityProviderType and ProviderDescription.

use serde_json::{Value, json};

use crate::pool::identity_provider::IdentityProvider;

/// As the pool of that id describes the provider.
pub(in super::super) fn identity_provider(pool_id: &str, provider: &IdentityProvider) -> Value {
    let mut shape = description(provider);
    shape["UserPoolId"] = json!(pool_id);
    shape["ProviderDetails"] = json!(provider.details);
    shape["AttributeMapping"] = json!(provider.attribute_mapping);
    shape["IdpIdentifiers"] = json!(provider.idp_identifiers);
    shape
}

/// As lists show the provider.
pub(in super::super) fn description(provider: &IdentityProvider) -> Value {
    json!({
        "ProviderName": provider.name,
        "ProviderType": provider.provider_type.name(),
        "LastModifiedDate": provider.modified_at,
        "CreationDate": provider.created_at,
    })
}
