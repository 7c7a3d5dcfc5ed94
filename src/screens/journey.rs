//! From screen to screen, and what is carried along.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use yew::{platform::spawn_local, prelude::*};

use super::challenge::Shown;
use crate::{
    auth::{Challenge, EngineHandle, Step, use_auth},
    ui::text_link,
};

/// The screens that lead from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Sign in.
    SignIn,
    /// Create an account.
    SignUp,
    /// Enter the code that confirms an account.
    ConfirmSignUp,
    /// Ask for a code to set a new password with.
    ForgotPassword,
    /// Enter that code and a new password.
    ResetPassword,
    /// Choose a password of one's own, because an administrator set the first.
    NewPassword,
    /// Enter the password, after the name.
    Password,
    /// Enter a code that was sent.
    Code,
    /// Enter the code of an authenticator app.
    AuthenticatorCode,
    /// Choose how to prove who one is.
    ChooseFactor,
    /// Choose a second factor, to use or to set up.
    ChooseMfa,
    /// Set up an authenticator app.
    SetUpAuthenticator,
    /// Give an address for codes.
    SetUpEmail,
    /// Answer the pool's own question.
    CustomChallenge,
    /// Use a passkey.
    Passkey,
}

/// How to get to a screen.
#[derive(Clone, PartialEq)]
pub struct Way {
    /// Goes there, leaving this screen in the history.
    pub push: Callback<Screen>,
    /// Goes there in place of this screen.
    pub replace: Callback<Screen>,
    /// The screen's address, if it has one.
    pub href: Callback<Screen, Option<AttrValue>>,
}

/// What is carried along, until somebody is signed in. It is gone with the page.
#[derive(Default)]
struct Memory {
    username: String,
    step: Option<Step>,
    /// The challenges of the sign-in under way, each by its screen and its number.
    challenges: Vec<(Screen, Shown)>,
    asked: u32,
    /// The challenge's screen that is shown.
    here: Option<Screen>,
}

/// The journey a person is on: see [`use_journey`].
#[derive(Clone)]
pub struct Journey {
    way: Way,
    brand: AttrValue,
    memory: Rc<RefCell<Memory>>,
    any_screen_shown: Rc<Cell<bool>>,
    /// What was offered to whoever is signed in, by its name.
    offered: Rc<RefCell<Vec<&'static str>>>,
    on_signed_in: Callback<()>,
    notice: UseStateHandle<Option<AttrValue>>,
    /// The number of the latest challenge, so that a screen which is shown already takes it up.
    asked: UseStateHandle<u32>,
}

impl PartialEq for Journey {
    fn eq(&self, other: &Self) -> bool {
        self.way == other.way
            && self.brand == other.brand
            && self.on_signed_in == other.on_signed_in
            && self.notice == other.notice
            && self.asked == other.asked
            && Rc::ptr_eq(&self.memory, &other.memory)
    }
}

impl Journey {
    /// Goes to `screen`.
    pub fn go(&self, screen: Screen) {
        self.way.push.emit(screen);
    }

    /// Goes to `screen` in place of this one.
    pub fn replace(&self, screen: Screen) {
        self.way.replace.emit(screen);
    }

    /// The address of `screen`, if it has one.
    pub fn href(&self, screen: Screen) -> Option<AttrValue> {
        self.way.href.emit(screen)
    }

    /// A link to `screen`.
    pub fn link(&self, screen: Screen, words: &'static str) -> Html {
        self.link_after(screen, words, Callback::noop())
    }

    /// A link to `screen`, before which `onfollow` is called.
    pub fn link_after(&self, screen: Screen, words: &'static str, onfollow: Callback<()>) -> Html {
        let journey = self.clone();
        let follow = Callback::from(move |()| {
            onfollow.emit(());
            journey.go(screen);
        });
        text_link(self.href(screen), follow, words.into())
    }

    /// Goes where `step` leads. True if the person is signed in: then a guard takes them on.
    pub fn follow(&self, step: Step) -> bool {
        let (username, screen) = match &step {
            Step::SignedIn => {
                self.on_signed_in.emit(());
                return true;
            }
            Step::Challenge(challenge) => {
                self.take_up(challenge.as_ref().clone());
                return false;
            }
            Step::ConfirmSignUp { username, .. } => (username, Screen::ConfirmSignUp),
            Step::ResetPassword { username, .. } => (username, Screen::ResetPassword),
            Step::SignIn { username } => (username, Screen::SignIn),
        };
        self.remember(username);
        self.memory.borrow_mut().step = Some(step);
        if screen == Screen::SignIn {
            self.tell_at_sign_in(Some("That worked. Sign in to go on.".into()));
        }
        self.go(screen);
        false
    }

    /// Keeps who it is about.
    pub fn remember(&self, username: &str) {
        username.clone_into(&mut self.memory.borrow_mut().username);
    }

    /// Who it is about; empty if not known.
    pub fn username(&self) -> String {
        self.memory.borrow().username.clone()
    }

    /// The step followed last, for the screen it led to; another screen has no use for it.
    pub fn step(&self) -> Option<Step> {
        self.memory.borrow().step.clone()
    }

    /// Goes to the screen of `challenge`, if it is not there yet.
    fn take_up(&self, challenge: Challenge) {
        self.remember(&challenge.username);
        let screen = Screen::of(&challenge.asks);
        let (is_here, key) = {
            let mut memory = self.memory.borrow_mut();
            memory.asked = memory.asked.wrapping_add(1);
            let key = memory.asked;
            let shown = Shown {
                challenge: Rc::new(challenge),
                key,
            };
            memory.challenges.retain(|(other, _)| *other != screen);
            memory.challenges.push((screen, shown));
            (memory.here == Some(screen), key)
        };
        self.asked.set(key);
        if !is_here {
            self.go(screen);
        }
    }

    /// The challenge that `screen`, which is about to be shown, is for.
    pub(super) fn challenge_for(&self, screen: Screen) -> Option<Shown> {
        let mut memory = self.memory.borrow_mut();
        memory.here = Some(screen);
        let of_screen = memory.challenges.iter().find(|(other, _)| *other == screen);
        of_screen.map(|(_, shown)| shown.clone())
    }

    /// The challenge's screen `screen` is shown no more.
    pub(super) fn left(&self, screen: Screen) {
        let mut memory = self.memory.borrow_mut();
        memory.here = memory.here.filter(|here| *here != screen);
    }

    /// Forgets the sign-in under way, here and in the engine.
    pub(super) fn abandon(&self, engine: &EngineHandle) {
        let abandoned = {
            let mut memory = self.memory.borrow_mut();
            memory.here = None;
            std::mem::take(&mut memory.challenges)
        };
        if !abandoned.is_empty() {
            let engine = engine.clone();
            spawn_local(async move { engine.cancel_sign_in().await });
        }
    }

    /// Leads to the sign-in screen in place of this one, and says why there.
    pub(super) fn start_over(&self, why: AttrValue) {
        self.tell_at_sign_in(Some(why));
        self.replace(Screen::SignIn);
    }

    /// Shows `notice` on the sign-in screen, once: it is gone when that screen is left.
    pub fn tell_at_sign_in(&self, notice: Option<AttrValue>) {
        self.notice.set(notice);
    }

    /// What the sign-in screen is to show above its form.
    pub fn notice_at_sign_in(&self) -> Option<AttrValue> {
        (*self.notice).clone()
    }

    /// The name of the site.
    pub fn brand(&self) -> AttrValue {
        self.brand.clone()
    }

    /// Whether no screen was shown before this one.
    pub fn is_start(&self) -> bool {
        !self.any_screen_shown.get()
    }

    /// Whether `offer` was made to whoever is signed in.
    pub(super) fn has_offered(&self, offer: &'static str) -> bool {
        self.offered.borrow().contains(&offer)
    }

    /// Notes that `offer` was made: once is enough until they sign out.
    pub(super) fn offered(&self, offer: &'static str) {
        self.offered.borrow_mut().push(offer);
    }

    pub(super) fn screen_shown(&self) {
        self.any_screen_shown.set(true);
    }
}

/// Properties of [`JourneyProvider`].
#[derive(Properties, Clone, PartialEq)]
pub struct JourneyProviderProps {
    /// How to get to a screen. Keep its callbacks from render to render.
    pub way: Way,
    /// The name of the site, for the window's title.
    pub brand: AttrValue,
    /// Called when a step has led to [`Step::SignedIn`], for a journey that no guard takes on from there.
    #[prop_or_default]
    pub on_signed_in: Callback<()>,
    /// The screens.
    pub children: Html,
}

/// Lets the screens inside it lead to one another. It stands inside an [`AuthProvider`](crate::auth::AuthProvider),
/// and forgets a person's journey once it has ended in a session. One inside another is a journey of its own.
#[component]
pub fn JourneyProvider(props: &JourneyProviderProps) -> Html {
    let memory = use_mut_ref(Memory::default);
    let outer = use_context::<Journey>();
    let any_screen_shown = use_memo((), |()| {
        Cell::new(outer.as_ref().is_some_and(|outer| !outer.is_start()))
    });
    let offered = use_memo((), |()| RefCell::default());
    let notice = use_state_eq(|| None);
    let asked = use_state_eq(|| 0);
    let signed_in = use_auth().is_signed_in();
    {
        let (memory, offered) = (memory.clone(), offered.clone());
        use_effect_with(signed_in, move |signed_in| {
            if *signed_in {
                memory.take();
            } else {
                offered.take();
            }
        });
    }
    let journey = Journey {
        way: props.way.clone(),
        brand: props.brand.clone(),
        memory,
        any_screen_shown,
        offered,
        on_signed_in: props.on_signed_in.clone(),
        notice,
        asked,
    };
    html! { <ContextProvider<Journey> context={journey}>{ props.children.clone() }</ContextProvider<Journey>> }
}

/// The journey.
///
/// # Panics
/// If the component is not inside a [`JourneyProvider`]: a mistake of the program, seen at its first render.
#[hook]
#[allow(clippy::expect_used, reason = "no input reaches it")]
pub fn use_journey() -> Journey {
    use_context::<Journey>().expect("the screens need a <JourneyProvider> around them")
}
