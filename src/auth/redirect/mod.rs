//! Sign-in through the hosted pages and identity providers: the browser goes there and comes back, or a popup does.
//!
//! All that waits for the answer is one [`Transaction`], in this tab's sessionStorage, or with a popup in memory.

mod arrival;
mod logout;
mod place;
mod popup;
mod returned;
mod silent;
mod storage;

use std::time::Duration;

pub use arrival::Arrival;
pub use popup::hand_over;
pub use returned::{Failed, Return, use_redirect_return};

pub(super) use self::logout::Leaving;
use self::storage::Kept;
use super::EngineHandle;
pub use crate::oauth::{Prompt, Via};
use crate::{
    engine::{AuthError, AuthLevel, Authorization, Command, Reply, Step},
    oauth::{self, AuthorizationRequest, AuthorizationResponse, Transaction},
};

/// How to sign in through the hosted pages: by which door, and what to tell them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedirectSignIn {
    /// By which door.
    pub via: Via,
    /// Who it probably is (`login_hint`): an e-mail address or a user name.
    pub login_hint: Option<String>,
    /// The language of the hosted pages (`lang`), such as `de`; the page's own if there is none.
    pub lang: Option<String>,
    /// What may be shown (`prompt`).
    pub prompt: Vec<Prompt>,
    /// Levels that will do (`acr_values`), the most wanted first.
    pub acr_values: Vec<String>,
    /// The longest time since the person last proved who they are (`max_age`).
    pub max_age: Option<Duration>,
    /// Whoever is signed in shows again who they are; another person is refused. Without it a session in use is in
    /// the way.
    pub reauthenticates: bool,
    /// Comes back with the answer. It is not for secrets: it waits in sessionStorage.
    pub custom_state: Option<String>,
    /// Where to go once signed in: a path of this app, with its query. Without one, the page's own `?return_to=`, or
    /// this very page for somebody who shows again who they are.
    pub return_to: Option<String>,
}

impl RedirectSignIn {
    /// By that door.
    pub fn via(via: Via) -> Self {
        Self {
            via,
            ..Self::default()
        }
    }
}

impl EngineHandle {
    /// Whether this app signs in through a popup: because the configuration says so, or the page cannot leave for
    /// another since it stands in a frame.
    pub fn uses_popup(&self) -> bool {
        let oauth = self.config().oauth.as_ref();
        oauth.is_some_and(|oauth| oauth.popup) || place::is_framed()
    }

    /// Leaves this page for the hosted pages or an identity provider (developer guide, "The redirect and authorization
    /// endpoint"). The way back leads through [`Arrival`].
    ///
    /// It resolves only if the person comes back without an answer, by the back button, or the page is still there after
    /// some time.
    ///
    /// # Errors
    /// [`AuthError`]: `Misconfigured` without a fitting `redirect_sign_in_uri`, `NoStorage` where the browser bars
    /// sessionStorage, `AlreadySignedIn`.
    pub async fn sign_in_with_redirect(&self, sign_in: RedirectSignIn) -> Result<(), AuthError> {
        let Authorization { url, transaction } = self.start_authorization(&sign_in, false).await?;
        let is_look = sign_in.prompt == [Prompt::None];
        let on_its_way = || match sign_in.reauthenticates {
            true => place::path_and_query(),
            false => place::return_to(),
        };
        storage::keep(&Kept {
            return_to: sign_in.return_to.or_else(on_its_way),
            transaction,
            via: sign_in.via,
            acr_values: sign_in.acr_values,
            max_age: sign_in.max_age,
            custom_state: sign_in.custom_state,
            is_look,
        })?;
        // There is a session to keep only then: one of another tab ends as ever.
        if sign_in.reauthenticates {
            self.away(oauth::LIFETIME);
        }
        // Back would lead to a page that only looks again.
        let here = place::leave_for(url.expose(), is_look).await;
        if here == Some(place::Here::Back) {
            storage::forget();
        }
        here.map(drop).ok_or(AuthError::EngineGone)
    }

    /// By redirect or popup, as [`uses_popup`](Self::uses_popup) says. None if the person has come back as they went.
    pub(crate) async fn sign_in_there(&self, sign_in: RedirectSignIn) -> Result<Option<Step>, AuthError> {
        match self.uses_popup() {
            true => self
                .sign_in_with_popup(sign_in)
                .await
                .map(|_| Some(Step::SignedIn)),
            false => self.sign_in_with_redirect(sign_in).await.map(|()| None),
        }
    }

    async fn start_authorization(
        &self,
        sign_in: &RedirectSignIn,
        in_popup: bool,
    ) -> Result<Authorization, AuthError> {
        let sign_in = sign_in.clone();
        let request = AuthorizationRequest {
            via: sign_in.via,
            redirect_uri: self.redirect_uri()?,
            login_hint: sign_in.login_hint,
            lang: sign_in.lang.or_else(place::language),
            prompt: sign_in.prompt,
            acr_values: sign_in.acr_values,
            max_age: sign_in.max_age,
            in_popup,
            reauthenticates: sign_in.reauthenticates,
        };
        match self.execute(Command::StartAuthorization(request)).await? {
            Reply::Authorization(authorization) => Ok(authorization),
            _ => Err(AuthError::EngineGone),
        }
    }

    /// Redeems an answer. Where whoever is signed in was to show again who they are, they have to have shown `level`.
    async fn finish_authorization(
        &self,
        transaction: Transaction,
        response: AuthorizationResponse,
        level: AuthLevel,
    ) -> Result<(), AuthError> {
        let reauthenticates = transaction.reauthenticates;
        let command = Command::FinishAuthorization {
            transaction,
            response,
        };
        self.execute(command).await?;
        if !reauthenticates || self.shows_auth_level(level.clone()).await? {
            return Ok(());
        }
        // The service may not know what it was asked for, or not care.
        let any_age = AuthLevel {
            max_age: None,
            ..level
        };
        Err(match self.shows_auth_level(any_age).await? {
            true => {
                AuthError::ProviderRefused("the sign-in over there is older than this page takes".to_owned())
            }
            false => AuthError::LevelOutOfReach,
        })
    }

    /// The one of the app client's callback addresses that leads back to this app.
    fn redirect_uri(&self) -> Result<String, AuthError> {
        let oauth = self.config().oauth.as_ref();
        let oauth = oauth
            .ok_or_else(|| AuthError::Misconfigured("amplify_outputs.json has no auth.oauth".to_owned()))?;
        let base = place::base().ok_or(AuthError::EngineGone)?;
        let found = oauth::for_page(&oauth.redirect_sign_in, &base).map(str::to_owned);
        found.ok_or_else(|| {
            let reason = ["auth.oauth.redirect_sign_in_uri lists no address at ", &base];
            AuthError::Misconfigured(reason.concat())
        })
    }
}
