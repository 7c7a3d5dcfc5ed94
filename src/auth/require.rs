//! Who sees what, by groups and claims.

use std::rc::Rc;

use yew::prelude::*;

use super::{SessionState, use_auth, use_claims};
use crate::{roles, token::IdClaims};

/// Props of [`RequireGroup`].
#[derive(Properties, PartialEq)]
pub struct RequireGroupProps {
    /// Groups of which one is enough.
    #[prop_or_default]
    pub any: Option<Vec<AttrValue>>,
    /// Groups of which each is needed.
    #[prop_or_default]
    pub all: Option<Vec<AttrValue>>,
    /// What to show to everybody else, people who are not signed in among them.
    #[prop_or_default]
    pub otherwise: Html,
    /// What to show until it is known who is signed in.
    #[prop_or_default]
    pub checking: Html,
    /// What only people in the groups see.
    pub children: Html,
}

/// Shows its children to people in the groups; with `any` and `all` they have to fit both. Without either it shows them
/// to nobody, and so it does with a list that is empty: nobody gets in by accident.
///
/// Groups are those of the ID token's `cognito:groups`, letter by letter. A change of them in the pool is seen at the
/// next renewal; [`refresh_now`](super::EngineHandle::refresh_now) does not wait for it.
///
/// ```
/// # use yew::prelude::*;
/// # use yew_cognito::auth::RequireGroup;
/// # let _ =
/// html! {
///     <RequireGroup any={vec![AttrValue::from("admins"), AttrValue::from("staff")]} otherwise={html! { "Ask us." }}>
///         { "Reports" }
///     </RequireGroup>
/// }
/// # ;
/// ```
///
/// This is for display. An API that is for a group checks the access token's `cognito:groups` for itself.
#[component]
pub fn RequireGroup(props: &RequireGroupProps) -> Html {
    let auth = use_auth();
    match auth.state() {
        SessionState::Checking => props.checking.clone(),
        SessionState::SignedIn(session)
            if roles::lets_in(&session.claims.groups, props.any.as_deref(), props.all.as_deref()) =>
        {
            props.children.clone()
        }
        SessionState::SignedIn(_) | SessionState::SignedOut { .. } => props.otherwise.clone(),
    }
}

/// Props of [`Require`].
#[derive(Properties, PartialEq)]
pub struct RequireProps {
    /// Whether people with these claims see the children. It is asked at every render: it should be quick.
    pub policy: Callback<Rc<IdClaims>, bool>,
    /// What to show to everybody else, people who are not signed in among them.
    #[prop_or_default]
    pub otherwise: Html,
    /// What to show until it is known who is signed in.
    #[prop_or_default]
    pub checking: Html,
    /// What only people whom the policy lets in see.
    pub children: Html,
}

/// Shows its children to people whose claims satisfy a policy, for anything finer than [`RequireGroup`].
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use yew_cognito::{auth::Require, token::IdClaims};
/// # let _ =
/// html! {
///     <Require policy={|claims: Rc<IdClaims>| claims.email_verified && claims.custom("plan") == Some("pro")}>
///         { "Reports" }
///     </Require>
/// }
/// # ;
/// ```
///
/// This is for display. An API checks for itself, by the access token that it is sent.
#[component]
pub fn Require(props: &RequireProps) -> Html {
    let (auth, claims) = (use_auth(), use_claims());
    match claims {
        Some(claims) if props.policy.emit(claims.clone()) => props.children.clone(),
        None if *auth.state() == SessionState::Checking => props.checking.clone(),
        _ => props.otherwise.clone(),
    }
}
