//! IdentityProviderType and ProviderDescription.

use serde_json::{Value, json};

use super::put;
use crate::pool::identity_provider::IdentityProvider;

/// As the pool of that id describes the provider.
pub(in super::super) fn identity_provider(pool_id: &str, provider: &IdentityProvider) -> Value {
    let mut shape = description(provider);
    put(&mut shape, "UserPoolId", json!(pool_id));
    put(&mut shape, "ProviderDetails", json!(provider.details));
    put(&mut shape, "AttributeMapping", json!(provider.attribute_mapping));
    put(&mut shape, "IdpIdentifiers", json!(provider.idp_identifiers));
    if !provider.acr_mapping.is_empty() {
        put(&mut shape, "AcrMapping", json!(provider.acr_mapping));
    }
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
