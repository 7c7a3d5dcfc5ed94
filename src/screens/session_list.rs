//! The sessions of somebody signed in, here and elsewhere.

use yew::prelude::*;

use super::{
    own_list::{Own, Words, use_own_list},
    words::local_time,
};
use crate::{
    auth::{AuthError, EngineHandle, SessionKind, SessionLocation, UserSession},
    ui::{BadgeTone, Item, badge, note},
};

const ONE: Words = Words {
    remove: "Sign out",
    question: "Sign out there? That browser or app may stay open until it next contacts the sign-in service, which most do within an hour.",
    confirm: "Sign out there",
    keep: "Leave it signed in",
    busy: "Signing out…",
    done: "That session is over. It can take a while to show there.",
};

const OTHERS: Words = Words {
    remove: "Sign out everywhere else",
    question: "Sign out everywhere but here? Other browsers and apps may stay open until they next contact the sign-in service, which most do within an hour.",
    confirm: "Sign out the others",
    keep: "Leave them signed in",
    busy: "Signing out…",
    done: "All other sessions are over. It can take a while to show there.",
};

/// In place of a SessionId, all but this one. The service's own begin with `tkn` or `sso`.
const ALL_OTHERS: &str = "*";

impl Own for UserSession {
    /// Pools that do not track sessions refuse to list them; should one answer, it has none to tell of, not even this.
    async fn read(engine: EngineHandle) -> Result<Vec<Self>, AuthError> {
        let mut sessions = engine.sessions().await?;
        if sessions.is_empty() {
            return Err(AuthError::Misconfigured(String::new()));
        }
        sessions.sort_by_key(|session| {
            (
                !session.is_current_session,
                std::cmp::Reverse(session.last_active_at),
            )
        });
        Ok(sessions)
    }

    async fn remove(engine: EngineHandle, id: String) -> Result<(), AuthError> {
        let sessions = engine.sessions().await?;
        let here = sessions.iter().find(|session| session.is_current_session);
        let came_through = here.and_then(|here| here.origin_session_id.as_deref());
        for session in &sessions {
            let is_meant = id == ALL_OTHERS || session.session_id == id;
            if session.is_current_session || !is_meant {
                continue;
            }
            // Whoever is still signed in at the hosted pages would be back without a password, and so would the apps
            // that came through them. Only this one may stay.
            let linked = came_through != Some(session.session_id.as_str());
            match engine.revoke_session(&session.session_id, linked).await {
                // One of those before it took it along, or somebody was quicker.
                Err(AuthError::AlreadyGone) => {}
                revoked => revoked?,
            }
        }
        Ok(())
    }

    fn key(&self) -> &str {
        &self.session_id
    }

    fn is_removable(&self) -> bool {
        !self.is_current_session
    }
}

/// Properties of [`SessionList`].
#[derive(Properties, Clone, PartialEq)]
pub struct SessionListProps {
    /// Called when it turns out that the pool does not track sessions: there is nothing to be seen then.
    #[prop_or_default]
    pub on_missing: Callback<()>,
}

/// The sessions of the person who is signed in, this one marked, each other with a button that ends it
/// (RevokeUserSession), and one that ends them all. It is for pools that track sessions.
#[component]
pub fn SessionList(props: &SessionListProps) -> Html {
    let list = use_own_list::<UserSession>();
    let on_missing = props.on_missing.clone();
    use_effect_with(list.is_missing(), move |is_missing| {
        if *is_missing {
            on_missing.emit(());
        }
    });
    let item = |session: &UserSession| Item {
        key: session.session_id.clone().into(),
        title: name(session),
        badges: match (session.is_current_session, session.kind) {
            (true, _) => badge("This session".into(), BadgeTone::Success),
            (false, SessionKind::Sso) => badge("Sign-in page".into(), BadgeTone::Neutral),
            (false, SessionKind::Token | SessionKind::Other) => Html::default(),
        },
        detail: detail(session).map(AttrValue::from),
        actions: Html::default(),
    };
    let others = list.all().iter().filter(|session| session.is_removable()).count();
    let more = match others {
        0 => note("You are signed in nowhere else.".into()),
        1 => Html::default(),
        _ => html! { <div>{ list.actions(ALL_OTHERS, &AttrValue::default(), &OTHERS) }</div> },
    };
    list.section("Where you’re signed in", &ONE, item, "", more)
}

/// The system and browser or app, as far as the service knows, or where it was last seen.
fn name(session: &UserSession) -> AttrValue {
    match (known(&session.device_type), known(&session.last_ip_address)) {
        (Some(device), _) => device.to_owned().into(),
        (None, Some(address)) => ["Browser or app at ", address].concat().into(),
        (None, None) => "Browser or app".into(),
    }
}

/// When and where it was last active.
fn detail(session: &UserSession) -> Option<String> {
    let time = session.last_active_at.or(session.created_at);
    let time = time.map(|time| ["Last active: ", &local_time(time.as_secs())].concat());
    let parts: Vec<_> = [time, session.last_location.as_ref().and_then(place)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn place(location: &SessionLocation) -> Option<String> {
    let parts: Vec<_> = [known(&location.city), known(&location.country)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A text that says something: the service writes `unknown` where it has nothing to say.
fn known(text: &Option<String>) -> Option<&str> {
    text.as_deref()
        .filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(device: &str, address: &str) -> UserSession {
        UserSession {
            session_id: "tkn1".to_owned(),
            kind: SessionKind::Token,
            client_id: None,
            created_at: None,
            last_active_at: None,
            device_type: Some(device.to_owned()),
            last_ip_address: Some(address.to_owned()),
            last_location: Some(SessionLocation {
                city: Some("Köln".to_owned()),
                country: Some("Unknown".to_owned()),
            }),
            origin_session_id: None,
            is_current_session: false,
        }
    }

    #[test]
    fn a_session_is_called_by_what_is_known_of_it() {
        assert_eq!(name(&session("macOS, Safari", "192.0.2.1")), "macOS, Safari");
        assert_eq!(
            name(&session("unknown", "192.0.2.1")),
            "Browser or app at 192.0.2.1"
        );
        assert_eq!(name(&session("", "unknown")), "Browser or app");
        assert_eq!(detail(&session("", "")).as_deref(), Some("Köln"));
    }
}
