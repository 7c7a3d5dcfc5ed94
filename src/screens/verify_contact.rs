//! Verify an e-mail address or a phone number after a sign-in: without one, nobody can be sent a code.

use yew::prelude::*;

use super::{ScreenCard, code_sent::code_problem, resend_code::ResendCode, submission::use_submission};
use crate::{
    auth::{CodeDelivery, use_auth, words::Input},
    token::Code,
    ui::{
        AlertKind, Button, ButtonType, Choice, CodeField, Form, Shape, alert, choice_list, icon_hero,
        text_link, use_field,
    },
};

#[derive(Properties, Clone, PartialEq)]
pub(super) struct VerifyContactProps {
    /// The address, if there is one.
    pub email: Option<AttrValue>,
    /// The phone number, if there is one.
    pub phone_number: Option<AttrValue>,
    /// Called when the person has verified one, or will not now.
    pub on_done: Callback<()>,
}

/// What can be verified.
#[derive(Clone, Copy, PartialEq)]
enum Contact {
    Email,
    PhoneNumber,
}

impl Contact {
    fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }
}

#[component]
pub(super) fn VerifyContact(props: &VerifyContactProps) -> Html {
    let VerifyContactProps {
        email,
        phone_number,
        on_done,
    } = props.clone();
    let engine = use_auth().handle();
    let sending = use_submission();
    let chosen = use_state_eq(|| None);
    let sent = use_state_eq(|| None);
    let send = use_callback((), {
        let (sending, chosen, sent) = (sending.clone(), chosen.setter(), sent.setter());
        move |contact: Contact, ()| {
            chosen.set(Some(contact));
            let (engine, sent) = (engine.clone(), sent.clone());
            let work = async move { engine.send_attribute_code(contact.attribute()).await };
            sending.start(Vec::new(), work, move |delivery| {
                sent.set(Some((contact, delivery)));
                false
            });
        }
    });
    let skip = text_link(None, on_done.clone(), "Skip for now".into());
    if let Some((contact, delivery)) = (*sent).clone() {
        return html! { <VerifyByCode {contact} {delivery} {on_done} {skip} /> };
    }
    let busy = |contact| sending.busy() && *chosen == Some(contact);
    let content = match (email, phone_number) {
        (Some(email), Some(phone_number)) => choice_list(vec![
            Choice {
                shape: Shape::Mail,
                title: "By email".into(),
                detail: Some(email),
                busy: busy(Contact::Email),
                disabled: false,
                onclick: send.reform(|()| Contact::Email),
            },
            Choice {
                shape: Shape::Phone,
                title: "By text message".into(),
                detail: Some(phone_number),
                busy: busy(Contact::PhoneNumber),
                disabled: false,
                onclick: send.reform(|()| Contact::PhoneNumber),
            },
        ]),
        (email, phone_number) => {
            let (contact, lead) = match email {
                Some(_) => (Contact::Email, "The code goes to "),
                None => (Contact::PhoneNumber, "The code goes by text message to "),
            };
            let to = email.or(phone_number).unwrap_or_default();
            html! {
                <>
                    <p>{ [lead, to.as_str(), "."].concat() }</p>
                    <Button label="Send me a code" busy_label="Sending…" busy={sending.busy()} wide=true
                        onclick={send.reform(move |_: MouseEvent| contact)} />
                </>
            }
        }
    };
    html! {
        <ScreenCard title="Verify how we can reach you" footer={skip}
            description="If you forget your password, a code is the way back in. Show now that it would reach you.">
            { icon_hero(Shape::Shield) }
            { sending.alert() }
            { content }
        </ScreenCard>
    }
}

#[derive(Properties, Clone, PartialEq)]
struct VerifyByCodeProps {
    contact: Contact,
    delivery: CodeDelivery,
    on_done: Callback<()>,
    skip: Html,
}

#[component]
fn VerifyByCode(props: &VerifyByCodeProps) -> Html {
    let VerifyByCodeProps {
        contact,
        delivery,
        on_done,
        skip,
    } = props.clone();
    let engine = use_auth().handle();
    let (verifying, resending) = (use_submission(), use_submission());
    let sent = use_state_eq(|| 1_u32);
    let code = use_field(|value| code_problem(value, 6).map(AttrValue::Static));
    let onsubmit = {
        let (engine, verifying, code) = (engine.clone(), verifying.clone(), code.clone());
        Callback::from(move |()| {
            if !code.check() {
                return verifying.refuse();
            }
            let secret = Code::from(code.value());
            let (engine, on_done) = (engine.clone(), on_done.clone());
            verifying.start(
                vec![(Input::Code, code.clone())],
                async move { engine.confirm_attribute(contact.attribute(), secret).await },
                move |()| {
                    on_done.emit(());
                    true
                },
            );
        })
    };
    let resend = {
        let (resending, sent) = (resending.clone(), sent.clone());
        Callback::from(move |()| {
            let (engine, sent) = (engine.clone(), sent.clone());
            let work = async move { engine.send_attribute_code(contact.attribute()).await };
            resending.start(Vec::new(), work, move |_| {
                sent.set(sent.wrapping_add(1));
                false
            });
        })
    };
    let (title, lead, fallback) = match contact {
        Contact::Email => ("Verify your email address", "We sent a code to ", "you"),
        Contact::PhoneNumber => ("Verify your phone number", "We texted a code to ", "you"),
    };
    let to = delivery.destination.as_deref().unwrap_or(fallback);
    let description = [lead, to, ". It may take a minute to arrive."].concat();
    let failures = verifying.failures().wrapping_add(resending.failures());
    html! {
        <ScreenCard {title} {description} footer={skip}>
            <Form onsubmit={onsubmit.clone()} busy={verifying.busy()} {failures}>
                { verifying.alert() }
                { resending.alert() }
                if *sent > 1 && !resending.busy() {
                    { alert(AlertKind::Success, "A new code is on its way.".into()) }
                }
                <CodeField state={code} autofocus=true on_complete={onsubmit} />
                <Button label="Verify" busy_label="Verifying…" busy={verifying.busy()} kind={ButtonType::Submit}
                    wide=true />
                <ResendCode sent={*sent} busy={resending.busy()} onclick={resend} />
            </Form>
        </ScreenCard>
    }
}
