//! The addresses of this app.

use yew_cognito::screens::Screen;
use yew_router::Routable;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    #[at("/")]
    Home,
    #[at("/sign-in")]
    SignIn,
    #[at("/sign-up")]
    SignUp,
    #[at("/confirm")]
    ConfirmSignUp,
    #[at("/forgot-password")]
    ForgotPassword,
    #[at("/reset-password")]
    ResetPassword,
    #[at("/new-password")]
    NewPassword,
    #[at("/dashboard")]
    Dashboard,
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl From<Screen> for Route {
    fn from(screen: Screen) -> Self {
        match screen {
            Screen::SignIn => Self::SignIn,
            Screen::SignUp => Self::SignUp,
            Screen::ConfirmSignUp => Self::ConfirmSignUp,
            Screen::ForgotPassword => Self::ForgotPassword,
            Screen::ResetPassword => Self::ResetPassword,
            Screen::NewPassword => Self::NewPassword,
        }
    }
}
