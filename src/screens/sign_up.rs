//! Create an account.

use yew::prelude::*;

use super::{
    Screen, ScreenCard,
    attribute_fields::{AttributeQuestion, asked_at_sign_up, use_attributes},
    identifier::{Identifier, use_identifier},
    new_password_fields::{NewPasswordFields, use_new_password},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{Attribute, Factor, SignUpRequest, use_auth, words::Input},
    config::Config,
    token::Password,
    ui::{Button, ButtonType, ButtonVariant, Form},
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

/// The sign-up screen: who, what the pool requires besides, and a password by the pool's own rules.
#[component]
pub fn SignUp(props: &SignUpProps) -> Html {
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = use_auth().handle();
    let identifier = Identifier::of(engine.config());
    let policy = engine.config().password_policy;
    let questions = asked_at_sign_up(engine.config(), &props.attributes);
    let who = use_identifier(identifier);
    let attributes = use_attributes();
    let password = use_new_password(policy);
    let can_do_without = can_do_without_password(engine.config());
    let without_password = use_state_eq(|| false);
    let has_password = !*without_password;

    let onsubmit = {
        let (journey, submission) = (journey.clone(), submission.clone());
        let validation_data = props.validation_data.clone();
        let (who, attributes, password) = (who.clone(), attributes.clone(), password.clone());
        Callback::from(move |()| {
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
    let description = if has_password {
        "We’ll send you a code to confirm it."
    } else {
        "We’ll send you a code to confirm it. There is no password: you sign in with a code each time."
    };
    let footer = html! {
        <>{ "Have an account? " }{ journey.link_after(Screen::SignIn, "Sign in", remember) }</>
    };
    html! {
        <ScreenCard title="Create your account" {description} {footer}>
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { identifier.field(who, &journey) }
                { attributes.fields(questions) }
                // Hidden rather than gone, so that a password typed before comes back with it.
                <div class="part" hidden={!has_password}><NewPasswordFields state={password} {policy} /></div>
                <Button label="Create account" busy_label="Creating account…" busy={submission.busy()}
                    kind={ButtonType::Submit} wide=true />
                if can_do_without {
                    <Button label={switch_label} variant={ButtonVariant::Link} onclick={switch} />
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
