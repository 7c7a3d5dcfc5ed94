//! The organisation of the e-mail address being typed, where the configuration lists it.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    config::{Config, EmailDomains},
    ui::FieldState,
};

/// Below the name's field.
pub(super) const SIGNS_YOU_IN: &str = "Your organisation signs you in.";
/// The main button.
pub(super) const GO: &str = "Continue with single sign-on";

/// Whose addresses lead to their organisation.
pub(super) fn email_domains(config: &Config) -> EmailDomains {
    let oauth = config.oauth.as_ref();
    oauth.map(|oauth| oauth.email_domains.clone()).unwrap_or_default()
}

/// The domain of the address in `field`, as soon as it is one whose organisation signs its people in itself.
#[hook]
pub(super) fn use_organisation(field: &FieldState, domains: EmailDomains) -> Option<String> {
    let domain = use_state_eq(|| None::<String>);
    {
        let (domain, field) = (domain.clone(), field.clone());
        use_effect_with((), move |()| {
            let input = field.node().cast::<HtmlInputElement>();
            let is_listed = matches!(domains, EmailDomains::Listed(_));
            let watched = input.filter(|_| is_listed).map(|input| {
                let place = Place::of(&input);
                let look = {
                    let place = place.clone();
                    Rc::new(move || {
                        let found = domains.of_address(&field.value());
                        place.hold(found.is_some());
                        domain.set(found.map(str::to_owned));
                    })
                };
                look();
                let listeners = ["input", "change"].map(|event| {
                    let look = look.clone();
                    EventListener::new(&input, event, move |_| look())
                });
                (listeners, place)
            });
            move || {
                if let Some((_, place)) = watched {
                    place.hold(false);
                }
            }
        });
    }
    (*domain).clone()
}

/// What the card stands in, in the middle of the page. It keeps its height while most of the card gives way: the field
/// being typed into stays where it is.
#[derive(Clone)]
struct Place(Option<HtmlElement>);

impl Place {
    fn of(input: &Element) -> Self {
        let found = input.closest(".yc-page > main > div").ok().flatten();
        Self(found.and_then(|element| element.dyn_into().ok()))
    }

    fn hold(&self, holds: bool) {
        const HELD: &str = "--yc-held";
        let Some(element) = &self.0 else {
            return;
        };
        let style = element.style();
        let is_held = style
            .get_property_value(HELD)
            .is_ok_and(|height| !height.is_empty());
        // Neither fails: it is a property like any other.
        let _ = match holds {
            true if is_held => Ok(()),
            true => style.set_property(HELD, &[&element.offset_height().to_string(), "px"].concat()),
            false => style.remove_property(HELD).map(drop),
        };
    }
}
