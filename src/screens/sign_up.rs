//! Create an account.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    attribute_fields::{AttributeQuestion, asked_at_sign_up, use_attributes},
    identifier::{Identifier, use_identifier},
    new_password_fields::{NewPasswordFields, use_new_password},
    organisation::{self, email_domains, use_organisation},
    provider_buttons::{LEAVING, provider_buttons},
    redirect::use_redirect,
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{Attribute, Factor, SignUpRequest, redirect::Via, use_auth, words::Input},
    config::Config,
    token::Password,
    ui::{Button, ButtonType, ButtonVariant, Form, separator},
};

/// Properties of [`SignUp`].
#[derive(Properties, Clone, PartialEq)]
pub struct SignUpProps {
    /// Attributes to ask for beside those that the pool requires: standard ones, or the pool's own (`custom:`).
    #[prop_or_default]
    pub attributes: Vec<AttributeQuestion>,
    /// For the pool's pre sign-up trigger, not kept (ValidationData).
    #[prop_or_default]
    pub validation_data: Vec<Attribute>,
}

/// The sign-up screen: who, what the pool requires besides, and a password by the pool's own rules; or an identity
/// provider, by which the first sign-in creates the account.
#[component]
pub fn SignUp(props: &SignUpProps) -> Html {
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = use_auth().handle();
    let identifier = Identifier::of(engine.config());
    let policy = engine.config().password_policy;
    let questions = asked_at_sign_up(engine.config(), &props.attributes);
    let domains = email_domains(engine.config());
    let who = use_identifier(identifier, domains.clone());
    let redirect = use_redirect(&submission);
    let organisation = redirect.organisation(use_organisation(&who.field, domains));
    let attributes = use_attributes();
    let password = use_new_password(policy);
    let can_do_without = can_do_without_password(engine.config());
    let without_password = use_state_eq(|| false);
    let has_password = !*without_password;

    let onsubmit = {
        let (journey, submission) = (journey.clone(), submission.clone());
        let validation_data = props.validation_data.clone();
        let (who, attributes, password) = (who.clone(), attributes.clone(), password.clone());
        let (redirect, organisation) = (redirect.clone(), organisation.clone());
        Callback::from(move |()| {
            if let Some(domain) = organisation.clone() {
                return redirect.start(Via::Identifier(domain), &who.field);
            }
            let password_is_right = !has_password || password.check();
            let all_right = [who.check(), attributes.check(), password_is_right];
            if all_right.contains(&false) {
                return submission.refuse();
            }
            let username = who.username();
            let secret = has_password.then(|| Password::from(password.value()));
            let mut values = attributes.values();
            values.extend(identifier.attribute(&username));
            let request = SignUpRequest {
                username,
                password: secret,
                attributes: values,
                validation_data: validation_data.clone(),
            };
            let (engine, journey) = (engine.clone(), journey.clone());
            submission.start(
                vec![
                    (Input::Username, who.field.clone()),
                    (Input::NewPassword, password.clone()),
                ],
                async move { engine.sign_up(request).await },
                move |step| journey.follow(step),
            );
        })
    };
    let remember = {
        let (journey, who) = (journey.clone(), who.clone());
        Callback::from(move |()| journey.remember(&who.username()))
    };
    let switch = {
        let (without_password, password) = (without_password.clone(), password.clone());
        Callback::from(move |_: MouseEvent| {
            password.set_error(None);
            without_password.set(has_password);
        })
    };
    let switch_label = if has_password {
        "Continue without a password"
    } else {
        "Choose a password after all"
    };
    let has_organisation = organisation.is_some();
    let description = if has_organisation {
        "The first sign-in creates it."
    } else if has_password {
        "We’ll send you a code to confirm it."
    } else {
        "We’ll send you a code to confirm it. There is no password: you sign in with a code each time."
    };
    let footer = html! {
        <>{ "Have an account? " }{ journey.link_after(Screen::SignIn, "Sign in", remember) }</>
    };
    let (go, going, busy) = if has_organisation {
        let going = redirect.busy_label(LEAVING.into());
        (organisation::GO, going, redirect.is_to_organisation())
    } else {
        let mine = submission.busy() && redirect.under_way().is_none();
        ("Create account", "Creating account…".into(), mine)
    };
    let hint = has_organisation.then_some(organisation::SIGNS_YOU_IN.into());
    let others = provider_buttons(&redirect, &who.field, "More ways to sign up");
    html! {
        <ScreenCard title="Create your account" {description} {footer}>
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.sign_in_field(who, &journey, false, hint) }
                // Hidden rather than gone, so that what was typed comes back with it.
                <div class="part" hidden={has_organisation}>
                    { attributes.fields(questions) }
                    <div class="part" hidden={!has_password}><NewPasswordFields state={password} {policy} /></div>
                </div>
                <Button label={go} busy_label={going} {busy} kind={ButtonType::Submit} wide=true />
                if has_organisation && busy { { redirect.cancel() } }
                if can_do_without && !has_organisation {
                    <Button label={switch_label} variant={ButtonVariant::Link} onclick={switch} />
                }
                if !has_organisation && !others.is_empty() {
                    { separator(Some("or".into())) }
                    { for others }
                }
            </Form>
        </ScreenCard>
    }
}

/// The pool takes people without a password where they can sign in by codes.
fn can_do_without_password(config: &Config) -> bool {
    let factors = config.factors_without_password();
    factors.contains(&Factor::EmailOtp) || factors.contains(&Factor::SmsOtp)
}
