use yew::{platform::spawn_local, prelude::*};

use super::{Arrival, Prompt, RedirectSignIn, arrival::Answer, silent};
use crate::{
    auth::{EngineHandle, use_auth},
    engine::{AuthError, AuthLevel, SessionState},
};

/// How the way back from an identity provider stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Return {
    /// There is none.
    None,
    /// The answer is being redeemed, or a session looked for.
    Finishing,
    /// Somebody has signed in.
    Done {
        /// Where they wanted to go, which nobody has checked yet: see
        /// [`ReturnPath::parse`](crate::auth::ReturnPath::parse).
        return_to: Option<String>,
        /// [`RedirectSignIn::custom_state`].
        custom_state: Option<String>,
    },
    /// Nobody has.
    Failed(Failed),
}

/// A sign-in that came to nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// Why.
    pub error: AuthError,
    /// How to try again, if it is known how it was tried.
    pub again: Option<RedirectSignIn>,
}

/// Redeems `arrival` and tells how that stands; looks for a session at the hosted pages where the configuration says so
/// and none is known. Call it once in an app, above its routes, and take its answer until it is [`Return::None`].
///
/// The second value puts it back to [`Return::None`].
#[hook]
pub fn use_redirect_return(arrival: Option<Arrival>) -> (Return, Callback<()>) {
    let auth = use_auth();
    let engine = auth.handle();
    let answer = use_mut_ref(|| arrival.and_then(|arrival| arrival.answer()));
    let state = use_state_eq(|| match *answer.borrow() {
        Some(_) => Return::Finishing,
        None => Return::None,
    });
    {
        let engine = engine.clone();
        use_effect_with((), move |()| {
            let watching = silent::watch(&engine);
            move || drop(watching)
        });
    }
    // A worker may still have to say whether there is a session.
    let is_known = *auth.state() != SessionState::Checking;
    let looked = use_state_eq(|| false);
    // Once, when it is known: before anything is shown that people would not see if it is found.
    let is_due = {
        let (answer, engine) = (answer.clone(), engine.clone());
        use_memo(is_known, move |is_known| {
            *is_known && answer.borrow().is_none() && silent::is_due(&engine)
        })
    };
    let is_looking = *is_due && !*looked;
    {
        let (state, looked) = (state.setter(), looked.setter());
        use_effect_with((is_known, is_looking), move |(is_known, is_looking)| {
            if *is_looking {
                spawn_local(async move {
                    // If it cannot be looked for, people sign in by hand, as without this.
                    let _ = silent::look(&engine).await;
                    looked.set(true);
                });
            } else if *is_known && let Some(answer) = answer.take() {
                spawn_local(async move { state.set(finish(&engine, answer).await) });
            }
        });
    }
    let reset = {
        let state = state.setter();
        use_callback((), move |(), ()| state.set(Return::None))
    };
    let shown = match is_looking {
        true => Return::Finishing,
        false => (*state).clone(),
    };
    (shown, reset)
}

async fn finish(engine: &EngineHandle, answer: Answer) -> Return {
    let Some(kept) = answer.kept else {
        return unexpected(engine);
    };
    let reauthenticates = kept.transaction.reauthenticates;
    let again = RedirectSignIn {
        via: kept.via,
        // Else the session over there would do, which shows nothing new.
        prompt: reauthenticates.then_some(Prompt::Login).into_iter().collect(),
        acr_values: kept.acr_values.clone(),
        max_age: kept.max_age,
        custom_state: kept.custom_state.clone(),
        return_to: kept.return_to.clone(),
        reauthenticates,
        ..RedirectSignIn::default()
    };
    let level = AuthLevel {
        acr_values: kept.acr_values,
        max_age: kept.max_age,
    };
    match engine
        .finish_authorization(kept.transaction, answer.response, level)
        .await
    {
        Ok(()) => Return::Done {
            return_to: kept.return_to,
            custom_state: kept.custom_state,
        },
        // People sign in by hand, as without it.
        Err(_) if kept.is_look => Return::Done {
            return_to: kept.return_to,
            custom_state: None,
        },
        Err(AuthError::Superseded) if is_signed_in(engine) => failed(AuthError::AlreadySignedIn, None),
        Err(error) => failed(error, Some(again)),
    }
}

/// An answer that nothing waits for. To somebody signed in it is an old one, which the back button has brought up.
fn unexpected(engine: &EngineHandle) -> Return {
    match is_signed_in(engine) {
        true => Return::Done {
            return_to: None,
            custom_state: None,
        },
        false => failed(AuthError::UnknownCallback, None),
    }
}

fn failed(error: AuthError, again: Option<RedirectSignIn>) -> Return {
    Return::Failed(Failed { error, again })
}

fn is_signed_in(engine: &EngineHandle) -> bool {
    matches!(engine.snapshot().session, SessionState::SignedIn(_))
}

#[cfg(test)]
mod tests;
