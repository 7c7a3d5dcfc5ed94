//! Whether this device is to be remembered.

use yew::{platform::spawn_local, prelude::*};

use super::{ScreenCard, submission::use_submission};
use crate::{
    auth::use_auth,
    ui::{Button, ButtonVariant, Shape, button_row, icon_hero},
};

#[derive(Properties, Clone, PartialEq)]
pub(super) struct RememberDeviceProps {
    /// Called when the person has answered.
    pub on_done: Callback<()>,
}

#[component]
pub(super) fn RememberDevice(props: &RememberDeviceProps) -> Html {
    let engine = use_auth().handle();
    let submission = use_submission();
    let remember = {
        let (engine, submission, on_done) = (engine.clone(), submission.clone(), props.on_done.clone());
        Callback::from(move |_: MouseEvent| {
            let (engine, on_done) = (engine.clone(), on_done.clone());
            let work = async move { engine.remember_device(true).await };
            submission.start(Vec::new(), work, move |()| {
                on_done.emit(());
                true
            });
        })
    };
    let not_here = props.on_done.reform(move |_: MouseEvent| {
        let engine = engine.clone();
        // It is not remembered unless somebody says so: if this is lost, nothing is.
        spawn_local(async move { drop(engine.remember_device(false).await) });
    });
    let buttons = html! {
        <>
            <Button label="Yes, remember it" busy_label="Remembering…" busy={submission.busy()} onclick={remember} />
            <Button label="Not on this one" variant={ButtonVariant::Secondary} onclick={not_here} />
        </>
    };
    html! {
        <ScreenCard title="Remember this device?"
            description="If it is yours alone, you need no code the next time you sign in on it.">
            { icon_hero(Shape::Devices) }
            { submission.alert() }
            { button_row(buttons) }
        </ScreenCard>
    }
}
