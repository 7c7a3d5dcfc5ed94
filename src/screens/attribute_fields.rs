//! The attributes that a pool requires besides the user name.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use crate::{
    auth::Attribute,
    config::{Config, VerificationType},
    ui::{Field, FieldState, use_field},
};

use super::identifier::Identifier;

/// The fields shown for attributes, by attribute name.
#[derive(Clone, Default)]
pub(super) struct Attributes(Rc<RefCell<Vec<(AttrValue, FieldState)>>>);

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Attributes {
    /// One field for each of `names`.
    pub fn fields(&self, names: Vec<String>) -> Html {
        let field = |name: String| {
            let key = name.clone();
            html! { <AttributeField {key} {name} attributes={self.clone()} /> }
        };
        html! { <>{ for names.into_iter().map(field) }</> }
    }

    /// Checks every field, and shows what is wrong.
    pub fn check(&self) -> bool {
        let fields = self.0.borrow();
        fields
            .iter()
            .fold(true, |all_right, (_, field)| field.check() && all_right)
    }

    /// What has been filled in.
    pub fn values(&self) -> Vec<Attribute> {
        let fields = self.0.borrow();
        let attribute = |(name, field): &(AttrValue, FieldState)| Attribute {
            name: name.to_string(),
            value: field.value().trim().to_owned(),
        };
        fields.iter().map(attribute).collect()
    }
}

#[hook]
pub(super) fn use_attributes() -> Attributes {
    (*use_memo((), |()| Attributes::default())).clone()
}

/// The names of the attributes that sign-up asks for in fields of their own.
pub(super) fn required_at_sign_up(config: &Config) -> Vec<String> {
    let identifier = Identifier::of(config);
    let mut names = config.standard_required_attributes.clone();
    if identifier == Identifier::Username {
        // Without an address there is nowhere to send the code to.
        for (kind, name) in [
            (VerificationType::Email, "email"),
            (VerificationType::PhoneNumber, "phone_number"),
        ] {
            if config.user_verification_types.contains(&kind) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names.retain(|name| match name.as_str() {
        "email" => !matches!(identifier, Identifier::Email | Identifier::EmailOrPhone),
        "phone_number" => !matches!(identifier, Identifier::Phone | Identifier::EmailOrPhone),
        // Set by the pool itself.
        "sub" | "updated_at" => false,
        _ => true,
    });
    names
}

#[derive(Properties, Clone, PartialEq)]
struct AttributeFieldProps {
    name: AttrValue,
    attributes: Attributes,
}

#[component]
fn AttributeField(props: &AttributeFieldProps) -> Html {
    let AttributeFieldProps { name, attributes } = props.clone();
    let look = Look::of(&name);
    let (email, phone) = (look.kind == "email", look.kind == "tel");
    let state = use_field(move |value| {
        let problem = match () {
            () if email => Identifier::Email.problem(value),
            () if phone => Identifier::Phone.problem(value),
            () => value.trim().is_empty().then_some("Fill this in."),
        };
        problem.map(AttrValue::Static)
    });
    {
        let state = state.clone();
        use_effect_with(name.clone(), move |name| {
            let name = name.clone();
            attributes.0.borrow_mut().push((name.clone(), state));
            move || attributes.0.borrow_mut().retain(|(known, _)| *known != name)
        });
    }
    let label = look.label.map_or_else(|| spoken(&name), AttrValue::Static);
    html! {
        <Field {state} {label} {name} kind={look.kind} autocomplete={look.autocomplete} prose={look.kind == "text"} />
    }
}

struct Look {
    label: Option<&'static str>,
    kind: &'static str,
    autocomplete: &'static str,
}

impl Look {
    /// By the names of OpenID Connect's standard claims, which Cognito's standard attributes have.
    fn of(name: &str) -> Self {
        let (label, kind, autocomplete) = match name {
            "email" => ("Email", "email", "email"),
            "phone_number" => ("Phone number", "tel", "tel"),
            "name" => ("Name", "text", "name"),
            "given_name" => ("First name", "text", "given-name"),
            "family_name" => ("Last name", "text", "family-name"),
            "middle_name" => ("Middle name", "text", "additional-name"),
            "nickname" => ("Nickname", "text", "nickname"),
            "preferred_username" => ("What should we call you?", "text", "nickname"),
            "birthdate" => ("Date of birth", "date", "bday"),
            "address" => ("Address", "text", "street-address"),
            "website" => ("Website", "url", "url"),
            "profile" => ("Profile page", "url", "off"),
            "picture" => ("Picture address", "url", "photo"),
            "gender" => ("Gender", "text", "sex"),
            "locale" => ("Language", "text", "language"),
            "zoneinfo" => ("Time zone", "text", "off"),
            _ => {
                return Self {
                    label: None,
                    kind: "text",
                    autocomplete: "off",
                };
            }
        };
        Self {
            label: Some(label),
            kind,
            autocomplete,
        }
    }
}

/// "custom:cost_centre" -> "cost centre".
fn spoken(name: &str) -> AttrValue {
    name.strip_prefix("custom:")
        .unwrap_or(name)
        .replace('_', " ")
        .into()
}
