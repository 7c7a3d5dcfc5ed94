//! What a developer may do to a user from the user's page.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::html::escape;
use super::{no_such_user, user};
use crate::app::App;
use crate::pool::Pool;
use crate::pool::user::{Status, User};
use crate::protocol::ApiError;

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

    fn carry_out(self, pool: &mut Pool, username: &str) -> Result<(), ApiError> {
        match self {
            Self::Confirm => {
                pool.set_status(username, Status::Confirmed)?;
                let user = pool.user_mut(username)?;
                if let Some(contact) = user.sign_up_contact.take() {
                    user.set_verified(contact, true);
                }
            }
            Self::Disable => {
                pool.user_mut(username)?.enabled = false;
                pool.kept.tokens.revoke_all(username);
            }
            Self::Enable => pool.user_mut(username)?.enabled = true,
            Self::ResetLockout => {
                pool.lockouts.remove(username);
            }
            Self::SignOut => {
                pool.kept.tokens.revoke_all(username);
                pool.sso.retain(|_, session| session.username != username);
            }
            Self::Delete => pool.delete(username),
        }
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
    let done = found.and_then(|(pool, username)| {
        let pool = world.pool_mut(&pool).ok()?;
        action.carry_out(pool, &username).ok()
    });
    match (done, action) {
        (None, _) => no_such_user(),
        (Some(()), Action::Delete) => Redirect::to("/users").into_response(),
        (Some(()), _) => Redirect::to(&format!("/users/{sub}")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::user::Contact;
    use crate::seed;
    use crate::tokens::{self, SignedIn};
    use crate::world::World;

    fn with_user(check: impl FnOnce(&mut Pool, &str)) {
        let mut world = World::new("http://127.0.0.1:1", None);
        let pool = world.pools.get_mut(seed::POOL_ID).unwrap();
        let username = pool.find("user@example.com").unwrap().username.clone();
        check(pool, &username);
    }

    fn offered(pool: &Pool, username: &str, action: Action) -> bool {
        forms(pool, pool.user(username).unwrap()).contains(&format!("/{}\"", action.name()))
    }

    fn act_on(pool: &mut Pool, username: &str, action: Action) {
        assert!(offered(pool, username, action), "{}", action.name());
        action.carry_out(pool, username).unwrap();
        assert!(!offered(pool, username, action), "{}", action.name());
    }

    #[test]
    fn a_new_user_is_confirmed_with_the_contact_of_the_sign_up() {
        with_user(|pool, username| {
            pool.set_status(username, Status::Unconfirmed).unwrap();
            let user = pool.user_mut(username).unwrap();
            user.sign_up_contact = Some(Contact::Email);
            user.set_verified(Contact::Email, false);
            act_on(pool, username, Action::Confirm);
            let user = pool.user(username).unwrap();
            assert!(user.has_verified(Contact::Email) && user.status == Status::Confirmed);
        });
    }

    #[test]
    fn a_disabled_user_is_signed_out_and_can_be_enabled() {
        with_user(|pool, username| {
            let client = pool.kept.clients[seed::CLIENT_ID].clone();
            let signed_in = || SignedIn {
                username: username.to_owned(),
                ..SignedIn::default()
            };
            tokens::sign_in(pool, &client, signed_in()).unwrap();
            act_on(pool, username, Action::SignOut);
            tokens::sign_in(pool, &client, signed_in()).unwrap();
            act_on(pool, username, Action::Disable);
            assert!(!offered(pool, username, Action::SignOut));
            act_on(pool, username, Action::Enable);
        });
    }

    #[test]
    fn a_lockout_ends() {
        with_user(|pool, username| {
            assert!(pool.check_lockout(username).is_ok());
            (0..9).for_each(|_| pool.note_failure(username));
            assert!(pool.check_lockout(username).is_err());
            act_on(pool, username, Action::ResetLockout);
            assert!(pool.check_lockout(username).is_ok());
        });
    }

    #[test]
    fn deletion_is_asked_on_a_page_of_its_own() {
        with_user(|pool, username| {
            let html = forms(pool, pool.user(username).unwrap());
            assert!(html.contains("<a class=\"button quiet danger\"") && !html.contains("/delete\" data-id"));
            Action::Delete.carry_out(pool, username).unwrap();
            assert!(pool.user(username).is_err());
        });
    }
}
