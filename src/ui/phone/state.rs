//! What a form knows of a phone number's field.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::{Country, PhoneProblem, e164, home_country, international};
use crate::ui::{FieldState, use_field};

#[wasm_bindgen]
extern "C" {
    type Select;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Select) -> String;

    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Select, value: &str);
}

/// A handle on the choice of a country. Made by [`use_phone_country`].
///
/// As with a [`FieldState`], what is chosen stays in the document, where the browser may fill it in as well.
#[derive(Clone, PartialEq)]
pub struct PhoneCountry {
    select: NodeRef,
    shown: UseStateHandle<Country>,
}

impl PhoneCountry {
    /// What is chosen now; the person's own country while there is no field.
    pub fn get(&self) -> Country {
        self.element()
            .and_then(|select| Country::of(&select.value()))
            .unwrap_or(*self.shown)
    }

    /// Chooses.
    pub fn set(&self, country: Country) {
        if let Some(select) = self.element() {
            select.set_value(country.region);
        }
        self.shown.set(country);
    }

    /// What was chosen when this was drawn.
    pub(in crate::ui) fn shown(&self) -> Country {
        *self.shown
    }

    /// The `<select>`'s place in the document.
    pub(in crate::ui) fn node(&self) -> NodeRef {
        self.select.clone()
    }

    fn element(&self) -> Option<Select> {
        self.select.get().map(JsCast::unchecked_into)
    }
}

/// A handle on a phone number's field: its text, its country and its error. Made by [`use_phone`].
#[derive(Clone, PartialEq)]
pub struct PhoneState {
    field: FieldState,
    country: PhoneCountry,
}

impl PhoneState {
    /// Of a field whose rule asks `country` itself; else see [`use_phone`].
    pub fn new(field: FieldState, country: PhoneCountry) -> Self {
        Self { field, country }
    }

    /// The number's input, for its error and its focus. Its value is what was typed.
    pub fn field(&self) -> FieldState {
        self.field.clone()
    }

    /// The country chosen.
    pub fn country(&self) -> PhoneCountry {
        self.country.clone()
    }

    /// The number in E.164 form, if it is one.
    pub fn e164(&self) -> Option<String> {
        e164(&self.field.value(), self.country.get().calling_code).ok()
    }

    /// Checks the number, shows what is wrong with it, and returns whether it is right. For submitting: the number
    /// then stands in the input in full, so that a password manager keeps it with its country.
    pub fn check(&self) -> bool {
        let is_right = self.field.check();
        if let Some(number) = self.e164().filter(|_| is_right) {
            self.field.set_value(&number);
        }
        is_right
    }

    /// Shows a number in E.164 form as a country and the rest; any other text as it is.
    pub fn set_number(&self, number: &str) {
        self.field.set_value(number);
        self.follow();
        self.shorten();
    }

    /// Something was typed, pasted or filled in.
    pub(in crate::ui) fn typed(&self) {
        self.follow();
        self.field.typed();
    }

    /// Another country was chosen: of a number written with its calling code only the rest can be meant.
    pub(in crate::ui) fn picked(&self) {
        self.shorten();
        self.country.set(self.country.get());
        self.field.typed();
    }

    /// Chooses the country of a number that is written with its calling code.
    pub(in crate::ui) fn follow(&self) {
        let (text, before) = (self.field.value(), self.country.get());
        let Some(digits) = international(&text, before.calling_code) else {
            return;
        };
        let Some(country) = Country::dialled(&digits, Some(before)).filter(|country| *country != before)
        else {
            return;
        };
        self.country.set(country);
        // "011 44 20" is international only as seen from North America.
        if international(&text, country.calling_code).as_ref() != Some(&digits) {
            self.field.set_value(&["+", &digits].concat());
        }
    }

    /// Takes the calling code off the text.
    fn shorten(&self) {
        let text = self.field.value();
        let digits = international(&text, self.country.get().calling_code).unwrap_or_default();
        let national =
            Country::dialled(&digits, None).and_then(|country| digits.strip_prefix(country.calling_code));
        if let Some(national) = national {
            self.field.set_value(national);
        }
    }
}

/// The state of the choice of a country, which starts with the person's own.
#[hook]
pub fn use_phone_country() -> PhoneCountry {
    PhoneCountry {
        select: use_node_ref(),
        shown: use_state_eq(home_country),
    }
}

/// The state of a phone number's field. `words` says what is wrong, in words for people, or nothing where that is
/// all right.
#[hook]
pub fn use_phone(words: impl Fn(PhoneProblem) -> Option<AttrValue> + 'static) -> PhoneState {
    let country = use_phone_country();
    let field = {
        let country = country.clone();
        use_field(move |text| e164(text, country.get().calling_code).err().and_then(&words))
    };
    PhoneState::new(field, country)
}
