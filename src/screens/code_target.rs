//! Whose code it is: known from the screen before, or asked for when a screen is opened by itself.

use yew::prelude::*;

use super::{
    identifier::{Identifier, use_identifier},
    use_journey,
};
use crate::{
    auth::{CodeDelivery, use_auth},
    ui::FieldState,
};

#[derive(Clone, PartialEq)]
pub(super) struct CodeTarget {
    pub identifier: Identifier,
    /// The field for it, shown only while [`Self::known`] is `None`.
    pub field: FieldState,
    /// Who it is, from the screen before.
    pub known: Option<AttrValue>,
    /// Where the last code went.
    pub delivery: UseStateHandle<Option<CodeDelivery>>,
    /// How many codes have been sent that this screen knows of.
    pub sent: UseStateHandle<u32>,
}

impl CodeTarget {
    /// Who it is, or `None` with an error shown beside the field.
    pub fn username(&self) -> Option<String> {
        match &self.known {
            Some(known) => Some(known.to_string()),
            None => self.field.check().then(|| self.field.value().trim().to_owned()),
        }
    }

    /// A code is on its way.
    pub fn code_sent(&self, delivery: CodeDelivery) {
        self.delivery.set(Some(delivery));
        self.sent.set(self.sent.wrapping_add(1));
    }
}

#[hook]
pub(super) fn use_code_target() -> CodeTarget {
    let journey = use_journey();
    let identifier = Identifier::of(use_auth().handle().config());
    let field = use_identifier(identifier);
    let known = use_memo((), |()| {
        journey.delivery().map(|_| AttrValue::from(journey.username()))
    });
    let delivery = use_state_eq(|| journey.delivery());
    let sent = use_state_eq(|| u32::from(journey.delivery().is_some()));
    CodeTarget {
        identifier,
        field,
        known: (*known).clone(),
        delivery,
        sent,
    }
}
