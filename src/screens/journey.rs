//! From screen to screen, and what is carried along.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use yew::prelude::*;

use crate::{
    auth::{Step, use_auth},
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
}

/// The journey a person is on: see [`use_journey`].
#[derive(Clone)]
pub struct Journey {
    way: Way,
    brand: AttrValue,
    memory: Rc<RefCell<Memory>>,
    any_screen_shown: Rc<Cell<bool>>,
    notice: UseStateHandle<Option<AttrValue>>,
}

impl PartialEq for Journey {
    fn eq(&self, other: &Self) -> bool {
        self.way == other.way
            && self.brand == other.brand
            && self.notice == other.notice
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
            Step::SignedIn => return true,
            Step::ConfirmSignUp { username, .. } => (username, Screen::ConfirmSignUp),
            Step::NewPassword { username, .. } => (username, Screen::NewPassword),
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

    /// Forgets the step followed last: nothing waits for its answer any more.
    pub fn give_up_step(&self) {
        self.memory.borrow_mut().step = None;
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
    /// The screens.
    pub children: Html,
}

/// Lets the screens inside it lead to one another. It stands inside an [`AuthProvider`](crate::auth::AuthProvider),
/// and forgets a person's journey once it has ended in a session.
#[component]
pub fn JourneyProvider(props: &JourneyProviderProps) -> Html {
    let memory = use_mut_ref(Memory::default);
    let any_screen_shown = use_memo((), |()| Cell::new(false));
    let notice = use_state_eq(|| None);
    let signed_in = use_auth().is_signed_in();
    {
        let memory = memory.clone();
        use_effect_with(signed_in, move |signed_in| {
            if *signed_in {
                memory.take();
            }
        });
    }
    let journey = Journey {
        way: props.way.clone(),
        brand: props.brand.clone(),
        memory,
        any_screen_shown,
        notice,
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
