//! Whose code it is: known from the screen before, or asked for when a screen is opened by itself.

use yew::prelude::*;

use super::identifier::{Identifier, IdentifierState, use_identifier};
use crate::{
    auth::{CodeDelivery, use_auth},
    config::EmailDomains,
};

/// What the screen before knows.
#[derive(Clone, PartialEq)]
pub(super) struct Addressee {
    pub username: String,
    /// Where a code went; `None` if none was sent, or nobody knows.
    pub delivery: Option<CodeDelivery>,
}

#[derive(Clone, PartialEq)]
pub(super) struct CodeTarget {
    pub identifier: Identifier,
    /// The field for it, shown only while [`Self::known`] is `None`.
    pub who: IdentifierState,
    /// Who it is, from the screen before.
    pub known: Option<AttrValue>,
    /// Where the last code went.
    pub delivery: UseStateHandle<Option<CodeDelivery>>,
    came_with_code: bool,
    resent: UseStateHandle<u32>,
}

impl CodeTarget {
    /// Who it is, or `None` with an error shown beside the field.
    pub fn username(&self) -> Option<String> {
        match &self.known {
            Some(known) => Some(known.to_string()),
            None => self.who.check().then(|| self.who.username()),
        }
    }

    /// A code is on its way.
    pub fn code_sent(&self, delivery: CodeDelivery) {
        self.delivery.set(Some(delivery));
        self.resent.set(self.resent.wrapping_add(1));
    }

    /// How many codes have been sent that this screen knows of.
    pub fn sent(&self) -> u32 {
        self.resent.wrapping_add(u32::from(self.came_with_code))
    }

    /// Whether one was sent from this screen.
    pub fn is_resent(&self) -> bool {
        *self.resent > 0
    }
}

/// `addressee` counts when the screen appears.
#[hook]
pub(super) fn use_code_target(addressee: Option<Addressee>) -> CodeTarget {
    let identifier = Identifier::of(use_auth().handle().config());
    let who = use_identifier(identifier, EmailDomains::None);
    let addressee = use_memo((), |()| addressee);
    let delivery = use_state_eq(|| {
        addressee
            .as_ref()
            .as_ref()
            .and_then(|known| known.delivery.clone())
    });
    let resent = use_state_eq(|| 0_u32);
    let known = addressee.as_ref().as_ref();
    CodeTarget {
        identifier,
        who,
        known: known.map(|known| AttrValue::from(known.username.clone())),
        delivery,
        came_with_code: known.is_some_and(|known| known.delivery.is_some()),
        resent,
    }
}
