use super::*;
use crate::operations::testing::{has_password, user, world};

fn provider(name: &str) -> Value {
    json!({
        "ProviderName": name,
        "ProviderType": "OIDC",
        "ProviderDetails": {"client_id": "app", "oidc_issuer": "https://idp.example.com"},
        "AttributeMapping": {"email": "email", "username": "sub"},
        "IdpIdentifiers": [format!("{name}.example.com")],
        "AcrMapping": {"Level2": "gold"},
    })
}

#[test]
fn a_provider_is_told_as_it_was_made() {
    let mut world = world();
    let made = done(&mut world, "CreateIdentityProvider", provider("Corp"));
    for (member, value) in provider("Corp").as_object().unwrap() {
        assert_eq!(&made["IdentityProvider"][member], value, "{member}");
    }
    let told = done(
        &mut world,
        "DescribeIdentityProvider",
        json!({"ProviderName": "Corp"}),
    );
    assert_eq!(told, made);
    let listed = done(&mut world, "ListIdentityProviders", json!({}));
    assert_eq!(listed["Providers"][0]["ProviderName"], "Corp");
    let unknown = denied(
        &mut world,
        "DescribeIdentityProvider",
        json!({"ProviderName": "Other"}),
    );
    assert_eq!(unknown.0, "ResourceNotFoundException");
}

#[test]
fn providers_do_not_share_names_or_identifiers_and_map_known_attributes() {
    let mut world = world();
    done(&mut world, "CreateIdentityProvider", provider("Corp"));
    let again = denied(&mut world, "CreateIdentityProvider", provider("Corp"));
    assert_eq!(again.0, "DuplicateProviderException");
    let mut other = provider("Other");
    other["IdpIdentifiers"] = json!(["Corp.example.com"]);
    assert_eq!(
        denied(&mut world, "CreateIdentityProvider", other).0,
        "DuplicateProviderException"
    );
    let mut social = provider("Corp2");
    social["ProviderType"] = json!("Google");
    let mut mapped = provider("Corp3");
    mapped["AttributeMapping"] = json!({"custom:plan": "plan"});
    for wrong in [social, mapped] {
        assert_eq!(
            denied(&mut world, "CreateIdentityProvider", wrong).0,
            "InvalidParameterException"
        );
    }
}

fn link(user: &str, subject: &str) -> Value {
    json!({
        "DestinationUser": {"ProviderName": "Cognito", "ProviderAttributeValue": user},
        "SourceUser": {
            "ProviderName": "Corp",
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": subject,
        },
    })
}

#[test]
fn accounts_are_linked_and_unlinked() {
    let mut world = world();
    assert_eq!(
        denied(&mut world, "AdminLinkProviderForUser", link(USER, "1")).0,
        "ResourceNotFoundException"
    );
    done(&mut world, "CreateIdentityProvider", provider("Corp"));
    done(&mut world, "AdminLinkProviderForUser", link(USER, "1"));
    let told = done(&mut world, "AdminGetUser", json!({"Username": USER}));
    let identities: Value =
        serde_json::from_str(attribute(&told["UserAttributes"], "identities").unwrap()).unwrap();
    assert_eq!(identities[0]["userId"], "1");
    assert_eq!(identities[0]["providerType"], "OIDC");
    assert_eq!(
        denied(&mut world, "AdminLinkProviderForUser", link(USER, "1")).1,
        "SourceUser is already linked to DestinationUser"
    );
    let merging = denied(
        &mut world,
        "AdminLinkProviderForUser",
        link("admin@example.com", "1"),
    );
    assert!(
        merging.1.starts_with("Merging is not currently supported"),
        "{}",
        merging.1
    );
    for subject in ["2", "3", "4", "5"] {
        done(&mut world, "AdminLinkProviderForUser", link(USER, subject));
    }
    assert_eq!(
        denied(&mut world, "AdminLinkProviderForUser", link(USER, "6")).0,
        "LimitExceededException"
    );
    let nobody = denied(
        &mut world,
        "AdminLinkProviderForUser",
        link("nobody@example.com", "7"),
    );
    assert_eq!(nobody.0, "UserNotFoundException");
    let mut by_email = link(USER, "8");
    by_email["SourceUser"]["ProviderAttributeName"] = json!("email");
    assert_eq!(
        denied(&mut world, "AdminLinkProviderForUser", by_email).0,
        "InvalidParameterException"
    );

    let source = json!({"User": link(USER, "1")["SourceUser"]});
    done(&mut world, "AdminDisableProviderForUser", source.clone());
    assert_eq!(user(&world, USER).identities.len(), 4);
    assert_eq!(
        denied(&mut world, "AdminDisableProviderForUser", source).0,
        "UserNotFoundException"
    );
    let native = json!({"User": link(USER, "1")["DestinationUser"]});
    done(&mut world, "AdminDisableProviderForUser", native);
    assert!(!has_password(&world, USER, "Sunflower-42!"));
}
