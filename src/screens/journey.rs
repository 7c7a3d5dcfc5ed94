//! From screen to screen, and what is carried along.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use crate::auth::{CodeDelivery, Step};

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

/// What is carried along. It is gone with the page.
#[derive(Default)]
struct Memory {
    username: String,
    delivery: Option<CodeDelivery>,
    missing_attributes: Option<Vec<String>>,
    any_screen_shown: bool,
}

/// The journey a person is on: see [`use_journey`].
#[derive(Clone)]
pub struct Journey {
    way: Way,
    brand: AttrValue,
    memory: Rc<RefCell<Memory>>,
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
        self.notice.set(None);
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

    /// Goes where `step` leads. True if the person is signed in: then a guard takes them on.
    pub fn follow(&self, step: Step) -> bool {
        let screen = match step {
            Step::SignedIn => return true,
            Step::ConfirmSignUp { username, delivery } => {
                self.remember(&username, delivery);
                Screen::ConfirmSignUp
            }
            Step::NewPassword {
                username,
                missing_attributes,
            } => {
                self.remember(&username, None);
                self.memory.borrow_mut().missing_attributes = Some(missing_attributes);
                Screen::NewPassword
            }
            Step::ResetPassword { username, delivery } => {
                self.remember(&username, delivery);
                Screen::ResetPassword
            }
            Step::SignIn { username } => {
                self.remember(&username, None);
                Screen::SignIn
            }
        };
        let done = (screen == Screen::SignIn).then_some("That worked. Sign in to go on.");
        self.go(screen);
        self.tell(done.map(AttrValue::Static));
        false
    }

    /// Keeps who it is about, and where a code for them went.
    pub fn remember(&self, username: &str, delivery: Option<CodeDelivery>) {
        let mut memory = self.memory.borrow_mut();
        memory.username = username.to_owned();
        memory.delivery = delivery;
    }

    /// Who it is about; empty if not known.
    pub fn username(&self) -> String {
        self.memory.borrow().username.clone()
    }

    /// Where the last code went, if known.
    pub fn delivery(&self) -> Option<CodeDelivery> {
        self.memory.borrow().delivery.clone()
    }

    /// The attributes to be filled in with a new password; `None` if none was asked for.
    pub fn missing_attributes(&self) -> Option<Vec<String>> {
        self.memory.borrow().missing_attributes.clone()
    }

    /// Shows `notice` on this screen or the one that comes next.
    pub fn tell(&self, notice: Option<AttrValue>) {
        self.notice.set(notice);
    }

    /// What to show above the form.
    pub fn notice(&self) -> Option<AttrValue> {
        (*self.notice).clone()
    }

    /// The name of the site.
    pub fn brand(&self) -> AttrValue {
        self.brand.clone()
    }

    /// Whether no screen was shown before this one.
    pub fn is_start(&self) -> bool {
        !self.memory.borrow().any_screen_shown
    }

    pub(super) fn screen_shown(&self) {
        self.memory.borrow_mut().any_screen_shown = true;
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

/// Lets the screens inside it lead to one another.
#[component]
pub fn JourneyProvider(props: &JourneyProviderProps) -> Html {
    let memory = use_memo((), |()| Rc::new(RefCell::new(Memory::default())));
    let notice = use_state_eq(|| None);
    let journey = Journey {
        way: props.way.clone(),
        brand: props.brand.clone(),
        memory: (*memory).clone(),
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
