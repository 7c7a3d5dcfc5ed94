//! CreateIdentityProvider, DescribeIdentityProvider, ListIdentityProviders.

use std::collections::BTreeMap;

use serde_json::json;

use super::page::page;
use super::shapes;
use crate::pool::Pool;
use crate::pool::identity_provider::{IdentityProvider, ProviderType};
use crate::protocol::{ApiError, Outcome, Request, invalid_parameter};

pub(super) fn create(pool: &mut Pool, request: &Request) -> Outcome {
    let name = request.text("ProviderName");
    let kind = request.text("ProviderType");
    let provider_type =
        ProviderType::named(kind).ok_or_else(|| invalid_parameter("Unknown provider type."))?;
    if provider_type.is_social() && name != kind {
        return Err(invalid_parameter(format!(
            "The ProviderName of a provider of type {kind} has to be {kind}."
        )));
    }
    if name == "COGNITO" || pool.kept.identity_providers.contains_key(name) {
        let message = "A provider with the same name already exists.";
        return Err(ApiError::new("DuplicateProviderException", message));
    }
    let identifiers: Vec<String> = request.texts("IdpIdentifiers").map(str::to_owned).collect();
    let mut others = pool.kept.identity_providers.values();
    if others.any(|other| other.idp_identifiers.iter().any(|id| identifiers.contains(id))) {
        let message = "An identifier belongs to another provider already.";
        return Err(ApiError::new("DuplicateProviderException", message));
    }
    let attribute_mapping = texts(request, "AttributeMapping");
    let schema = &pool.settings().schema;
    let is_known = |name: &String| {
        name == "username" || crate::pool::schema::is_own(name) || schema.attribute(name).is_some()
    };
    if !attribute_mapping.keys().all(is_known) {
        return Err(invalid_parameter(
            "AttributeMapping names an attribute that the user pool does not have.",
        ));
    }
    let now = pool.now();
    let provider = IdentityProvider {
        name: name.to_owned(),
        provider_type,
        details: texts(request, "ProviderDetails"),
        attribute_mapping,
        idp_identifiers: identifiers,
        created_at: now,
        modified_at: now,
    };
    let answer =
        json!({"IdentityProvider": shapes::identity_provider::identity_provider(&pool.kept.id, &provider)});
    pool.kept
        .identity_providers
        .insert(provider.name.clone(), provider);
    Ok(answer)
}

fn texts(request: &Request, map: &str) -> BTreeMap<String, String> {
    let entries = request.entries(map);
    entries
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

pub(super) fn describe(pool: &mut Pool, request: &Request) -> Outcome {
    let provider = pool.kept.identity_providers.get(request.text("ProviderName"));
    let provider = provider
        .ok_or_else(|| ApiError::new("ResourceNotFoundException", "Identity provider does not exist."))?;
    Ok(json!({"IdentityProvider": shapes::identity_provider::identity_provider(&pool.kept.id, provider)}))
}

pub(super) fn list(pool: &mut Pool, request: &Request) -> Outcome {
    let providers = pool.kept.identity_providers.values();
    let providers = providers.map(|provider| {
        (
            provider.name.as_str(),
            shapes::identity_provider::description(provider),
        )
    });
    let page = page(request, "MaxResults", "NextToken", providers)?;
    let mut answer = json!({"Providers": page.entries});
    if let Some(next) = page.next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}
