//! The attributes that a pool requires besides the user name.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use crate::{
    auth::Attribute,
    config::{Config, VerificationType},
    ui::{Field, FieldState, PhoneField, PhoneProblem, PhoneState, use_field, use_phone},
};

use super::identifier::{Identifier, email_problem, phone_problem};

/// An attribute to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeQuestion {
    /// As the pool has it: `given_name`, `custom:team`, …
    pub name: AttrValue,
    /// The words above its field; made of the name if there are none.
    pub label: Option<AttrValue>,
    /// Whether it has to be filled in.
    pub required: bool,
}

impl AttributeQuestion {
    pub(super) fn required(name: String) -> Self {
        Self {
            name: name.into(),
            label: None,
            required: true,
        }
    }
}

/// The fields shown for attributes, by attribute name.
#[derive(Clone, Default)]
pub(super) struct Attributes(Rc<RefCell<Vec<(AttrValue, Input)>>>);

enum Input {
    Text(FieldState),
    Phone(PhoneState),
}

impl Input {
    fn check(&self) -> bool {
        match self {
            Self::Text(field) => field.check(),
            Self::Phone(phone) => phone.check(),
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Text(field) => field.value().trim().to_owned(),
            Self::Phone(phone) => phone.e164().unwrap_or_default(),
        }
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Attributes {
    /// One field for each of `questions`.
    pub fn fields(&self, questions: Vec<AttributeQuestion>) -> Html {
        let field = |question: AttributeQuestion| {
            let key = question.name.to_string();
            let attributes = self.clone();
            match question.name.as_str() {
                "phone_number" => html! { <PhoneAttribute {key} {question} {attributes} /> },
                _ => html! { <AttributeField {key} {question} {attributes} /> },
            }
        };
        html! { <>{ for questions.into_iter().map(field) }</> }
    }

    /// Checks every field, and shows what is wrong.
    pub fn check(&self) -> bool {
        let fields = self.0.borrow();
        fields
            .iter()
            .fold(true, |all_right, (_, input)| input.check() && all_right)
    }

    /// What has been filled in.
    pub fn values(&self) -> Vec<Attribute> {
        let fields = self.0.borrow();
        let attribute = |(name, input): &(AttrValue, Input)| Attribute {
            name: name.to_string(),
            value: input.value(),
        };
        fields
            .iter()
            .map(attribute)
            .filter(|attribute| !attribute.value.is_empty())
            .collect()
    }
}

#[hook]
pub(super) fn use_attributes() -> Attributes {
    (*use_memo((), |()| Attributes::default())).clone()
}

/// What sign-up asks for in fields of their own: what the pool requires, then what the app wants to know.
pub(super) fn asked_at_sign_up(config: &Config, wanted: &[AttributeQuestion]) -> Vec<AttributeQuestion> {
    let required = required_at_sign_up(config);
    let mut questions: Vec<_> = required.into_iter().map(AttributeQuestion::required).collect();
    for question in wanted {
        match questions.iter_mut().find(|known| known.name == question.name) {
            // In the app's words, but no less required.
            Some(known) => known.label = question.label.clone(),
            None => questions.push(question.clone()),
        }
    }
    questions
}

/// The names of the attributes that the pool requires in fields of their own.
fn required_at_sign_up(config: &Config) -> Vec<String> {
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
    question: AttributeQuestion,
    attributes: Attributes,
}

#[component]
fn AttributeField(props: &AttributeFieldProps) -> Html {
    let AttributeFieldProps { question, attributes } = props.clone();
    let AttributeQuestion {
        name,
        label,
        required,
    } = question;
    let look = Look::of(&name);
    let email = look.kind == "email";
    let state = use_field(move |value| {
        let problem = if !required && value.trim().is_empty() {
            None
        } else if email {
            email_problem(value)
        } else {
            value.trim().is_empty().then_some("Fill this in.")
        };
        problem.map(AttrValue::Static)
    });
    use_entry(attributes, name.clone(), Input::Text(state.clone()));
    let label = label.unwrap_or_else(|| look.label.map_or_else(|| spoken(&name), AttrValue::Static));
    let hint = (!required).then_some(AttrValue::Static("Optional"));
    html! {
        <Field {state} {label} {name} kind={look.kind} autocomplete={look.autocomplete} prose={look.kind == "text"}
            {required} {hint} />
    }
}

#[component]
fn PhoneAttribute(props: &AttributeFieldProps) -> Html {
    let AttributeFieldProps { question, attributes } = props.clone();
    let AttributeQuestion { name, required, .. } = question;
    let state = use_phone(move |problem| {
        let is_missing = required || problem != PhoneProblem::Empty;
        is_missing.then(|| phone_problem(problem).into())
    });
    use_entry(attributes, name.clone(), Input::Phone(state.clone()));
    let hint = (!required).then_some(AttrValue::Static("Optional"));
    html! { <PhoneField {state} {name} {required} {hint} /> }
}

/// Has `input` among `attributes` while it is shown.
#[hook]
fn use_entry(attributes: Attributes, name: AttrValue, input: Input) {
    use_effect_with(name, move |name| {
        let name = name.clone();
        attributes.0.borrow_mut().push((name.clone(), input));
        move || attributes.0.borrow_mut().retain(|(known, _)| *known != name)
    });
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

/// "custom:cost_centre" -> "Cost centre".
fn spoken(name: &str) -> AttrValue {
    let name = name.strip_prefix("custom:").unwrap_or(name).replace('_', " ");
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(auth: &str) -> Config {
        let text = [
            r#"{"version":"1.4","auth":{"aws_region":"us-east-1","user_pool_id":"us-east-1_LocalPool","#,
            r#""user_pool_client_id":"localspaclient000000000001","#,
            auth,
            "}}",
        ];
        Config::parse(&text.concat()).unwrap()
    }

    fn question(name: &'static str, label: Option<&'static str>) -> AttributeQuestion {
        AttributeQuestion {
            name: name.into(),
            label: label.map(AttrValue::Static),
            required: false,
        }
    }

    #[test]
    fn what_the_pool_requires_comes_first_and_stays_required() {
        let config = config(
            r#""username_attributes":["email"],"standard_required_attributes":["email","given_name","sub"]"#,
        );
        let wanted = [
            question("custom:team", Some("Team")),
            question("given_name", Some("What are you called?")),
        ];
        let asked = asked_at_sign_up(&config, &wanted);
        assert_eq!(
            asked,
            [
                AttributeQuestion {
                    required: true,
                    ..question("given_name", Some("What are you called?"))
                },
                question("custom:team", Some("Team")),
            ],
            "the address is asked for as the name, and the pool itself gives the sub"
        );
    }

    #[test]
    fn where_a_name_is_chosen_freely_the_address_for_the_code_is_asked_for_too() {
        let config = config(r#""username_attributes":["username"],"user_verification_types":["email"]"#);
        let asked = asked_at_sign_up(&config, &[]);
        assert_eq!(asked, [AttributeQuestion::required("email".to_owned())]);
    }

    #[test]
    fn a_custom_attribute_is_spoken_of_by_its_name() {
        assert_eq!(spoken("custom:cost_centre"), "Cost centre");
        assert_eq!(spoken("custom:"), "");
    }
}
