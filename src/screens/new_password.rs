//! Choose a password of one's own, because an administrator set the first.

use yew::{platform::spawn_local, prelude::*};

use super::{
    Screen, ScreenCard,
    attribute_fields::use_attributes,
    new_password_fields::{NewPasswordFields, use_new_password},
    submission::use_sign_in_submission,
    use_journey,
};
use crate::{
    auth::{Step, use_auth, words::Input},
    token::Password,
    ui::{Button, ButtonType, Form},
};

/// The screen for a first password of one's own. Opened without a sign-in under way, it leads to that.
#[component]
pub fn NewPassword() -> Html {
    let journey = use_journey();
    let submission = use_sign_in_submission();
    let engine = use_auth().handle();
    let policy = engine.config().password_policy;
    let password = use_new_password(policy);
    let attributes = use_attributes();
    let missing = use_memo((), |()| match journey.step() {
        Some(Step::NewPassword {
            missing_attributes, ..
        }) => Some(missing_attributes),
        _ => None,
    });
    {
        let journey = journey.clone();
        use_effect_with(missing.is_none(), move |nothing_asked| {
            if *nothing_asked {
                journey.replace(Screen::SignIn);
            }
        });
    }
    let Some(names) = (*missing).clone() else {
        return Html::default();
    };

    let onsubmit = {
        let (engine, journey, submission) = (engine.clone(), journey.clone(), submission.clone());
        let (attributes, password) = (attributes.clone(), password.clone());
        Callback::from(move |()| {
            let all_right = [attributes.check(), password.check()];
            if all_right.contains(&false) {
                return submission.refuse();
            }
            let secret = Password::from(password.value());
            let (engine, journey, values) = (engine.clone(), journey.clone(), attributes.values());
            submission.start(
                vec![(Input::NewPassword, password.clone())],
                async move { engine.set_new_password(secret, values).await },
                move |step| journey.follow(step),
            );
        })
    };
    let giving_up = journey.clone();
    let cancel = Callback::from(move |()| {
        giving_up.give_up_step();
        let engine = engine.clone();
        spawn_local(async move { engine.cancel_sign_in().await });
    });
    let footer = journey.link_after(Screen::SignIn, "Back to sign in", cancel);
    html! {
        <ScreenCard title="Choose your own password" description="The one you have was set for you. Only you will know the new one."
            {footer}>
            <Form {onsubmit} busy={submission.busy()} failures={submission.failures()}>
                { submission.alert() }
                { attributes.fields(names) }
                <NewPasswordFields state={password} {policy} label="New password"
                    username={AttrValue::from(journey.username())} />
                <Button label="Save and sign in" busy_label="Saving…" busy={submission.busy()}
                    kind={ButtonType::Submit} wide=true />
            </Form>
        </ScreenCard>
    }
}
