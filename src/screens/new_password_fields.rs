//! A new password, with the pool's own rules ticked off while it is typed.

use yew::prelude::*;

use crate::{
    config::{PasswordPolicy, Rule},
    ui::{FieldState, PasswordField, password_checklist, use_field, visually_hidden},
};

/// The state of the field for it.
#[hook]
pub(super) fn use_new_password(policy: PasswordPolicy) -> FieldState {
    use_field(move |password| {
        if password.is_empty() {
            return Some("Choose a password.".into());
        }
        let broken = policy.check(password).find(|(_, met)| !met)?;
        Some(match broken.0 {
            Rule::MaxLength => "This is too long: 256 characters are the most.".into(),
            Rule::NoOuterSpace => "Take away the space at the start or the end.".into(),
            _ => "Some of this is still missing:".into(),
        })
    })
}

#[derive(Properties, Clone, PartialEq)]
pub(super) struct NewPasswordFieldsProps {
    pub state: FieldState,
    pub policy: PasswordPolicy,
    #[prop_or(AttrValue::Static("Password"))]
    pub label: AttrValue,
    /// Whose password it is, where no field shows it: password managers save both together.
    #[prop_or_default]
    pub username: Option<AttrValue>,
}

/// The field and the list.
#[component]
pub(super) fn NewPasswordFields(props: &NewPasswordFieldsProps) -> Html {
    let NewPasswordFieldsProps {
        state,
        policy,
        label,
        username,
    } = props.clone();
    // Which rules are met, and never the password itself.
    let rules = use_state_eq(|| listed(policy, ""));
    let oninput = {
        let rules = rules.clone();
        Callback::from(move |password: String| rules.set(listed(policy, &password)))
    };
    html! {
        <>
            if let Some(username) = username {
                { visually_hidden(html! {
                    <input type="text" name="username" autocomplete="username" aria-label="Account" tabindex="-1"
                        readonly=true value={username} />
                }) }
            }
            <PasswordField {state} {label} name="new-password" autocomplete="new-password"
                described_by="password-rules" hint="It needs:" {oninput} />
            { password_checklist("password-rules", &rules) }
        </>
    }
}

fn listed(policy: PasswordPolicy, password: &str) -> Vec<(AttrValue, bool)> {
    policy
        .check(password)
        .filter(|(rule, met)| rule.is_listed() || !met)
        .map(|(rule, met)| (words(rule), met))
        .collect()
}

fn words(rule: Rule) -> AttrValue {
    match rule {
        Rule::MinLength(length) => [&length.to_string(), " characters or more"].concat().into(),
        Rule::Lowercase => "A small letter".into(),
        Rule::Uppercase => "A capital letter".into(),
        Rule::Number => "A number".into(),
        Rule::Symbol => "A symbol, such as ! or #".into(),
        Rule::MaxLength => "256 characters at most".into(),
        Rule::NoOuterSpace => "No space at either end".into(),
    }
}
