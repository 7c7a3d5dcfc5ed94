//! The accounts at identity providers by which somebody can sign in.

use yew::prelude::*;

use super::words::local_time;
use crate::{
    auth::use_auth,
    token::{IdClaims, Identity},
    ui::{BadgeTone, Item, badge, item_list, section},
};

/// The accounts at identity providers that are linked to the person who is signed in (the claim `identities`). Nothing
/// where there are none. They are linked and parted by the pool's administrators (AdminLinkProviderForUser).
#[component]
pub fn Identities() -> Html {
    let auth = use_auth();
    let engine = auth.handle();
    let identities = auth.claims().map(IdClaims::identities);
    let identities = identities.unwrap_or_default();
    if identities.is_empty() {
        return Html::default();
    }
    let oauth = engine.config().oauth.as_ref();
    let item = |identity: &Identity| {
        let name = identity.provider_name.as_str();
        let title = oauth.map_or(name, |oauth| oauth.label_of(name)).to_owned();
        let since = identity
            .date_created
            .map(|time| ["Since ", &local_time(time.as_secs())].concat());
        // Some providers' ids are addresses, which people know themselves by.
        let address = Some(identity.user_id.clone()).filter(|id| id.contains('@'));
        let detail: Vec<String> = address.into_iter().chain(since).collect();
        Item {
            key: [name, "/", &identity.user_id].concat().into(),
            title: title.into(),
            badges: if identity.primary {
                badge("Signed up with".into(), BadgeTone::Neutral)
            } else {
                Html::default()
            },
            detail: (!detail.is_empty()).then(|| detail.join(" · ").into()),
            actions: Html::default(),
        }
    };
    section(
        "Linked accounts".into(),
        NodeRef::default(),
        item_list(identities.iter().map(item).collect()),
    )
}
