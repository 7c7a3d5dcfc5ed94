use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use super::{Ending, EngineHandle, Service, SessionState, Snapshot, environment};
use crate::{roles, token::IdClaims};

/// What [`use_auth`] gives: the state, and the way to act on it.
///
/// Cheap to clone. It changes, and components render again, only when the state does.
#[derive(Clone, PartialEq)]
pub struct Auth {
    snapshot: Rc<Snapshot>,
    engine: EngineHandle,
}

impl Auth {
    /// Whether anyone is signed in.
    pub fn state(&self) -> &SessionState {
        &self.snapshot.session
    }

    /// True if somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.claims().is_some()
    }

    /// Who is signed in, by the ID token's verified claims.
    pub fn claims(&self) -> Option<&IdClaims> {
        match self.state() {
            SessionState::SignedIn(session) => Some(&session.claims),
            SessionState::Checking | SessionState::SignedOut { .. } => None,
        }
    }

    /// The groups of whoever is signed in, in order of their precedence in the configuration
    /// ([`roles::by_precedence`]), without those that Cognito makes for the people of each identity provider.
    pub fn groups(&self) -> Vec<&str> {
        let config = self.engine.config();
        let groups = self.claims().map(|claims| claims.groups.as_slice());
        let mut groups = roles::by_precedence(groups.unwrap_or_default(), &config.groups);
        groups.retain(|group| !roles::is_of_provider(group, &config.user_pool_id));
        groups
    }

    /// The first of [`groups`](Self::groups): as who somebody acts who can act as one only.
    pub fn role(&self) -> Option<&str> {
        self.groups().first().copied()
    }

    /// The end of the session, if it is near.
    pub fn ending(&self) -> Option<Ending> {
        match self.state() {
            SessionState::SignedIn(session) => session.ending,
            SessionState::Checking | SessionState::SignedOut { .. } => None,
        }
    }

    /// Whether the device is on a network.
    pub fn is_online(&self) -> bool {
        self.snapshot.online
    }

    /// Whether the user pool answers.
    pub fn service(&self) -> Service {
        self.snapshot.service
    }

    /// The way to act. It stays the same for as long as the provider does.
    pub fn handle(&self) -> EngineHandle {
        self.engine.clone()
    }
}

/// What [`use_claims`] gives.
type Claims = Option<Rc<IdClaims>>;

/// Props of [`AuthProvider`].
#[derive(Properties, PartialEq)]
pub struct AuthProviderProps {
    /// The engine, from [`start_in_page`](super::start_in_page). It must stay the same.
    pub engine: EngineHandle,
    /// What may call [`use_auth`].
    pub children: Html,
}

/// Gives authentication to everything inside it.
#[component]
pub fn AuthProvider(props: &AuthProviderProps) -> Html {
    let snapshot = use_state_eq(|| Rc::new(props.engine.snapshot()));
    {
        let snapshot = snapshot.setter();
        use_effect_with(props.engine.clone(), move |engine| {
            // The engine may have changed between the first render and now.
            let current = Rc::new(RefCell::new(engine.snapshot()));
            snapshot.set(Rc::new(current.borrow().clone()));
            let subscription = engine.subscribe(move |event| {
                if current.borrow_mut().apply(event) {
                    snapshot.set(Rc::new(current.borrow().clone()));
                }
            });
            let listeners = environment::watch(engine);
            move || drop((subscription, listeners))
        });
    }
    let leaving = use_state_eq(|| props.engine.leaving().get());
    {
        let leaving = leaving.setter();
        use_effect_with(props.engine.clone(), move |engine| {
            engine
                .leaving()
                .listen(Callback::from(move |is_leaving| leaving.set(is_leaving)));
            let engine = engine.clone();
            move || engine.leaving().listen(Callback::noop())
        });
    }
    // On the way to the hosted logout nobody is to be led anywhere else.
    let snapshot = match *leaving {
        true => Rc::new(Snapshot {
            session: SessionState::Checking,
            ..(**snapshot).clone()
        }),
        false => (*snapshot).clone(),
    };
    let auth = Auth {
        snapshot,
        engine: props.engine.clone(),
    };
    // A context of its own: the session's state changes more often.
    let claims: Claims = auth.claims().cloned().map(Rc::new);
    html! {
        <ContextProvider<Auth> context={auth}>
            <ContextProvider<Claims> context={claims}>{ props.children.clone() }</ContextProvider<Claims>>
        </ContextProvider<Auth>>
    }
}

/// Authentication: who is signed in, and the actions.
///
/// # Panics
/// If the component is not inside an [`AuthProvider`]: a mistake of the program, seen at its first render.
#[hook]
#[allow(clippy::expect_used, reason = "no input reaches it")]
pub fn use_auth() -> Auth {
    use_context::<Auth>().expect("use_auth() needs an <AuthProvider> around the component")
}

/// The verified claims of the ID token of whoever is signed in. The component renders again when they change and only
/// then, as they do with every renewal: a group that was given or taken away shows then.
///
/// # Panics
/// As [`use_auth`].
#[hook]
#[allow(clippy::expect_used, reason = "no input reaches it")]
pub fn use_claims() -> Option<Rc<IdClaims>> {
    use_context::<Claims>().expect("use_claims() needs an <AuthProvider> around the component")
}
