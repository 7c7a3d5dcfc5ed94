//! What people are offered once they have signed in, before they go on.

use std::pin::pin;

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use yew::{platform::spawn_local, prelude::*};

use super::{
    PasskeyOffer, passkey_offer_is_due, remember_device::RememberDevice, use_journey,
    verify_contact::VerifyContact,
};
use crate::{
    auth::{EngineHandle, SessionState, SignedIn, use_auth},
    ui::{narrow, skeleton},
};

/// How long people wait to be offered a passkey, in milliseconds: it is not what they came for.
const PATIENCE: u32 = 5_000;

/// Properties of [`SignInOffers`].
#[derive(Properties, Clone, PartialEq)]
pub struct SignInOffersProps {
    /// What people sign in for.
    pub children: Html,
}

/// Shows its children to people who are signed in, but first makes them the offers that are due: to remember this
/// device, where the pool has people asked; to verify an address or a phone number, if none is verified; to create a
/// passkey, where the pool has them and the person has none. The last two are not for people who exist by an account
/// at an identity provider. Each stands in place of the children, without an address
/// of its own, and comes once until they sign out.
///
/// It stands inside a [`ProtectedRoute`](crate::auth::ProtectedRoute) and a
/// [`JourneyProvider`](super::JourneyProvider), around everything that a sign-in can lead to. People for whom nothing
/// is due see the children at once, in pools with passkeys as soon as that is known.
///
/// ```
/// # use yew::prelude::*;
/// # use yew_cognito::screens::{Dashboard, SignInOffers};
/// # let _ =
/// html! { <SignInOffers><Dashboard /></SignInOffers> }
/// # ;
/// ```
#[component]
pub fn SignInOffers(props: &SignInOffersProps) -> Html {
    let auth = use_auth();
    let journey = use_journey();
    let update = use_force_update();
    let made = use_callback((), {
        let (journey, update) = (journey.clone(), update.clone());
        move |offer: Offer, ()| {
            journey.offered(offer.name());
            update.force_update();
        }
    });
    let next = match auth.state() {
        SessionState::SignedIn(session) => Offer::ALL
            .into_iter()
            .find(|offer| !journey.has_offered(offer.name()) && offer.may_be_due(session, &auth.handle())),
        _ => None,
    };
    let passkey_is_due = use_state_eq(|| false);
    {
        let (engine, made, due) = (auth.handle(), made.clone(), passkey_is_due.setter());
        use_effect_with(next == Some(Offer::Passkey), move |is_next| {
            due.set(false);
            if *is_next {
                spawn_local(async move {
                    let is_due = pin!(passkey_offer_is_due(&engine));
                    match select(is_due, TimeoutFuture::new(PATIENCE)).await {
                        Either::Left((true, _)) => due.set(true),
                        Either::Left((false, _)) | Either::Right(_) => made.emit(Offer::Passkey),
                    }
                });
            }
        });
    }
    let (Some(offer), SessionState::SignedIn(session)) = (next, auth.state()) else {
        return props.children.clone();
    };
    let on_done = made.reform(move |()| offer);
    narrow(match offer {
        Offer::Device => html! { <RememberDevice {on_done} /> },
        Offer::Contact => {
            let (email, phone_number) = (session.claims.email.clone(), session.claims.phone_number.clone());
            html! {
                <VerifyContact email={email.map(AttrValue::from)} phone_number={phone_number.map(AttrValue::from)}
                    {on_done} />
            }
        }
        Offer::Passkey if *passkey_is_due => html! { <PasskeyOffer {on_done} /> },
        Offer::Passkey => skeleton("Loading", 4),
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Offer {
    Device,
    Contact,
    Passkey,
}

impl Offer {
    const ALL: [Self; 3] = [Self::Device, Self::Contact, Self::Passkey];

    fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Contact => "contact",
            Self::Passkey => "passkey",
        }
    }

    /// Whether it is due, as far as that is known without asking.
    fn may_be_due(self, session: &SignedIn, engine: &EngineHandle) -> bool {
        let claims = &session.claims;
        // Who exists by an account elsewhere has nothing here to lose or to sign in by.
        let is_own = claims.external_identity().is_none();
        match self {
            Self::Device => session.asks_to_remember_device,
            Self::Contact => {
                let is_reachable = claims.email.is_some() || claims.phone_number.is_some();
                is_own && is_reachable && !claims.email_verified && !claims.phone_number_verified
            }
            Self::Passkey => {
                let passwordless = engine.config().passwordless.as_ref();
                is_own && passwordless.is_some_and(|ways| ways.passkey.is_some())
            }
        }
    }
}
