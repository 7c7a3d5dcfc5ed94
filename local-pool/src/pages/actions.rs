//! What a developer may do to a user from the user's page.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde_json::json;

use super::html::escape;
use super::{no_such_user, user};
use crate::app::App;
use crate::operations;
use crate::pool::Pool;
use crate::pool::user::{Status, User};
use crate::protocol::{ApiError, Request};
use crate::world::World;

/// One of the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Confirm,
    Disable,
    Enable,
    ResetLockout,
    SignOut,
    Delete,
}

impl Action {
    const ALL: [Self; 6] = [
        Self::Confirm,
        Self::Enable,
        Self::ResetLockout,
        Self::SignOut,
        Self::Disable,
        Self::Delete,
    ];

    /// As it stands in the address.
    fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::ResetLockout => "reset-lockout",
            Self::SignOut => "sign-out",
            Self::Delete => "delete",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Confirm => "Confirm",
            Self::Disable => "Disable",
            Self::Enable => "Enable",
            Self::ResetLockout => "End the lockout",
            Self::SignOut => "Sign out everywhere",
            Self::Delete => "Delete …",
        }
    }

    /// Whether it would change anything.
    fn applies(self, pool: &Pool, user: &User) -> bool {
        match self {
            Self::Confirm => user.status == Status::Unconfirmed,
            Self::Disable => user.enabled,
            Self::Enable => !user.enabled,
            Self::ResetLockout => pool
                .lockouts
                .get(&user.username)
                .is_some_and(|lockout| lockout.until(pool.now()).is_some()),
            Self::SignOut => pool
                .kept
                .tokens
                .active(&user.username, pool.now())
                .next()
                .is_some(),
            Self::Delete => true,
        }
    }

    /// The administrator's operation that it is; a lockout has none.
    fn operation(self) -> Option<&'static str> {
        match self {
            Self::Confirm => Some("AdminConfirmSignUp"),
            Self::Disable => Some("AdminDisableUser"),
            Self::Enable => Some("AdminEnableUser"),
            Self::ResetLockout => None,
            Self::SignOut => Some("AdminUserGlobalSignOut"),
            Self::Delete => Some("AdminDeleteUser"),
        }
    }

    fn carry_out(self, world: &mut World, pool: &str, username: &str) -> Result<(), ApiError> {
        let Some(operation) = self.operation().and_then(operations::named) else {
            world.pool_mut(pool)?.lockouts.remove(username);
            return Ok(());
        };
        let input = [("UserPoolId", pool), ("Username", username)];
        let input = input.map(|(name, value)| (name.to_owned(), json!(value)));
        operation.perform(world, &Request::new(input.into_iter().collect()))?;
        Ok(())
    }
}

/// The buttons that would change something for that user.
pub(super) fn forms(pool: &Pool, user: &User) -> String {
    let sub = escape(&user.sub);
    let form = |action: Action| {
        let (name, words) = (action.name(), action.words());
        match action {
            // Asked once more on a page of its own.
            Action::Delete => {
                format!("<a class=\"button quiet danger\" href=\"/users/{sub}/{name}\">{words}</a>")
            }
            _ => format!(
                "<form method=\"post\" action=\"/users/{sub}/{name}\" data-id=\"{name}\">\
                 <button class=\"quiet\">{words}</button></form>"
            ),
        }
    };
    let forms: String = Action::ALL
        .into_iter()
        .filter(|action| action.applies(pool, user))
        .map(form)
        .collect();
    format!("<div class=\"actions\">{forms}</div>")
}

/// POST /users/{sub}/{action}
pub(super) async fn act(State(app): State<App>, Path((sub, action)): Path<(String, String)>) -> Response {
    match Action::ALL.into_iter().find(|known| known.name() == action) {
        Some(action) => carried_out(&app, &sub, action),
        None => (StatusCode::NOT_FOUND, "There is no such action").into_response(),
    }
}

/// POST /users/{sub}/delete
pub(super) async fn delete(State(app): State<App>, Path(sub): Path<String>) -> Response {
    carried_out(&app, &sub, Action::Delete)
}

fn carried_out(app: &App, sub: &str, action: Action) -> Response {
    let mut world = app.world();
    let found = user::find(&world, sub).map(|(pool, user)| (pool.kept.id.clone(), user.username.clone()));
    let done = found.and_then(|(pool, username)| action.carry_out(&mut world, &pool, &username).ok());
    match (done, action) {
        (None, _) => no_such_user(),
        (Some(()), Action::Delete) => Redirect::to("/users").into_response(),
        (Some(()), _) => Redirect::to(&format!("/users/{sub}")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::contact::Contact;
    use crate::seed;
    use crate::tokens::{self, SignedIn};
    use crate::world::World;

    fn with_user(check: impl FnOnce(&mut World, &str)) {
        let mut world = World::new("http://127.0.0.1:1", None);
        let username = pool(&mut world)
            .find("user@example.com")
            .unwrap()
            .username
            .clone();
        check(&mut world, &username);
    }

    fn pool(world: &mut World) -> &mut Pool {
        world.pool_mut(seed::POOL_ID).unwrap()
    }

    fn offered(world: &mut World, username: &str, action: Action) -> bool {
        let pool = pool(world);
        forms(pool, pool.user(username).unwrap()).contains(&format!("/{}\"", action.name()))
    }

    fn act_on(world: &mut World, username: &str, action: Action) {
        assert!(offered(world, username, action), "{}", action.name());
        action.carry_out(world, seed::POOL_ID, username).unwrap();
        assert!(!offered(world, username, action), "{}", action.name());
    }

    #[test]
    fn a_new_user_is_confirmed_without_an_address_being_verified() {
        with_user(|world, username| {
            pool(world).set_status(username, Status::Unconfirmed).unwrap();
            let user = pool(world).user_mut(username).unwrap();
            user.set_verified(Contact::Email, false);
            act_on(world, username, Action::Confirm);
            let user = pool(world).user(username).unwrap();
            assert!(!user.has_verified(Contact::Email) && user.status == Status::Confirmed);
        });
    }

    #[test]
    fn a_disabled_user_is_signed_out_and_can_be_enabled() {
        with_user(|world, username| {
            let sign_in = |world: &mut World| {
                let client = pool(world).kept.clients[seed::CLIENT_ID].clone();
                let signed_in = SignedIn {
                    username: username.to_owned(),
                    ..SignedIn::default()
                };
                tokens::sign_in(pool(world), &client, signed_in).unwrap();
            };
            sign_in(world);
            act_on(world, username, Action::SignOut);
            sign_in(world);
            act_on(world, username, Action::Disable);
            assert!(!offered(world, username, Action::SignOut));
            act_on(world, username, Action::Enable);
        });
    }

    #[test]
    fn a_lockout_ends() {
        with_user(|world, username| {
            assert!(pool(world).check_lockout(username).is_ok());
            (0..9).for_each(|_| pool(world).note_failure(username));
            assert!(pool(world).check_lockout(username).is_err());
            act_on(world, username, Action::ResetLockout);
            assert!(pool(world).check_lockout(username).is_ok());
        });
    }

    #[test]
    fn deletion_is_asked_on_a_page_of_its_own() {
        with_user(|world, username| {
            let pool = pool(world);
            let html = forms(pool, pool.user(username).unwrap());
            assert!(html.contains("<a class=\"button quiet danger\"") && !html.contains("/delete\" data-id"));
            Action::Delete.carry_out(world, seed::POOL_ID, username).unwrap();
            assert!(world.pool_mut(seed::POOL_ID).unwrap().user(username).is_err());
        });
    }
}
