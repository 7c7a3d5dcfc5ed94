//! What all screens of a sign-in under way share: the challenge they show, and how its answer is sent.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    AuthenticatorCode, ChooseFactor, ChooseMfa, Code, CustomChallenge, Journey, NewPassword, Passkey,
    PasswordStep, Screen, SetUpAuthenticator, SetUpEmail,
    submission::{Submission, use_sign_in_submission},
    use_journey,
};
use crate::{
    auth::{Answer, Asks, AuthError, Challenge, EngineHandle, Step, use_auth, words, words::Input},
    ui::FieldState,
};

impl Screen {
    /// The screen for a challenge.
    pub fn of(asks: &Asks) -> Self {
        match asks {
            Asks::Password => Self::Password,
            Asks::NewPassword { .. } => Self::NewPassword,
            Asks::Code(code) => match code.from {
                crate::auth::CodeFrom::Sent(_) => Self::Code,
                crate::auth::CodeFrom::App(_) => Self::AuthenticatorCode,
            },
            Asks::ChooseFactor(_) => Self::ChooseFactor,
            Asks::ChooseMfa(_) | Asks::ChooseMfaSetup(_) => Self::ChooseMfa,
            Asks::SetUpTotp(_) => Self::SetUpAuthenticator,
            Asks::SetUpEmail => Self::SetUpEmail,
            Asks::Custom { .. } => Self::CustomChallenge,
            Asks::Passkey { .. } => Self::Passkey,
        }
    }
}

/// The screen for a step of a sign-in under way; nothing for the other screens.
pub fn challenge_screen(screen: Screen) -> Html {
    match screen {
        Screen::Password => html! { <PasswordStep /> },
        Screen::NewPassword => html! { <NewPassword /> },
        Screen::ChooseFactor => html! { <ChooseFactor /> },
        Screen::Passkey => html! { <Passkey /> },
        Screen::Code => html! { <Code /> },
        Screen::AuthenticatorCode => html! { <AuthenticatorCode /> },
        Screen::ChooseMfa => html! { <ChooseMfa /> },
        Screen::SetUpAuthenticator => html! { <SetUpAuthenticator /> },
        Screen::SetUpEmail => html! { <SetUpEmail /> },
        Screen::CustomChallenge => html! { <CustomChallenge /> },
        _ => Html::default(),
    }
}

/// A challenge on the screen.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    pub challenge: Rc<Challenge>,
    /// Counts the challenges of the journey: with it as key a form begins empty for each.
    pub key: u32,
}

/// The challenge that `screen` is to show. Without one, which a reload brings about, it leads to the sign-in screen
/// and says why.
#[hook]
pub(super) fn use_challenge(screen: Screen) -> Option<Shown> {
    let journey = use_journey();
    let shown = journey.challenge_for(screen);
    {
        let journey = journey.clone();
        use_effect_with((), move |()| move || journey.left(screen));
    }
    {
        let journey = journey.clone();
        use_effect_with(shown.is_none(), move |nothing_asked| {
            if *nothing_asked {
                journey.start_over("Your sign-in was interrupted. Please start again.".into());
            }
        });
    }
    shown
}

/// Sends answers, one at a time.
#[derive(Clone)]
pub(super) struct Answering {
    pub journey: Journey,
    engine: EngineHandle,
    submission: Submission,
}

impl Answering {
    /// Sends `answer`. An error is shown beside the field of `fields` that it is about, else in [`Self::alert`].
    pub fn send(&self, fields: Vec<(Input, FieldState)>, answer: Answer) {
        self.send_then(fields, answer, |_| ());
    }

    /// The same; `then` gets the step that it leads to, before it is followed.
    pub fn send_then(
        &self,
        fields: Vec<(Input, FieldState)>,
        answer: Answer,
        then: impl FnOnce(&Step) + 'static,
    ) {
        let (engine, journey) = (self.engine.clone(), self.journey.clone());
        let work = async move {
            match engine.answer(answer).await {
                // The sign-in is over.
                Err(error @ (AuthError::SignInExpired | AuthError::WrongAnswer)) => Ok(Err(error)),
                answered => answered.map(Ok),
            }
        };
        self.submission.start(fields, work, move |step| match step {
            Ok(step) => {
                then(&step);
                journey.follow(step)
            }
            Err(why) => {
                journey.start_over(words::message(&why).into());
                true
            }
        });
    }

    /// A callback that sends `answer`.
    pub fn with<E: 'static>(&self, answer: Answer) -> Callback<E> {
        let this = self.clone();
        Callback::from(move |_| this.send(Vec::new(), answer.clone()))
    }

    /// Whether an answer is under way.
    pub fn busy(&self) -> bool {
        self.submission.busy()
    }

    /// How many have failed: for [`Form`](crate::ui::Form).
    pub fn failures(&self) -> u32 {
        self.submission.failures()
    }

    /// A field says what is wrong with it: nothing is sent.
    pub fn refuse(&self) {
        self.submission.refuse();
    }

    /// What went wrong, unless it is shown beside a field.
    pub fn alert(&self) -> Html {
        self.submission.alert()
    }

    /// The ways on from a challenge's screen: another way, if there may be one, and back to the start.
    pub fn footer(&self, challenge: &Challenge) -> Html {
        let back = self.journey.link(Screen::SignIn, "Start over");
        if !challenge.other_way {
            return back;
        }
        let onfollow = self.with(Answer::AnotherWay);
        html! { <>{ crate::ui::text_link(None, onfollow, "Try another way".into()) }{ " · " }{ back }</> }
    }
}

/// For a challenge's screen.
#[hook]
pub(super) fn use_answering() -> Answering {
    Answering {
        journey: use_journey(),
        engine: use_auth().handle(),
        submission: use_sign_in_submission(),
    }
}
