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
    #[at("/sign-in/password")]
    Password,
    #[at("/sign-in/code")]
    Code,
    #[at("/sign-in/authenticator")]
    AuthenticatorCode,
    #[at("/sign-in/how")]
    ChooseFactor,
    #[at("/sign-in/second-factor")]
    ChooseMfa,
    #[at("/sign-in/set-up-authenticator")]
    SetUpAuthenticator,
    #[at("/sign-in/set-up-email")]
    SetUpEmail,
    #[at("/sign-in/question")]
    CustomChallenge,
    #[at("/sign-in/passkey")]
    Passkey,
    #[at("/dashboard")]
    Dashboard,
    #[at("/security")]
    Security,
    #[at("/admin")]
    Admin,
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
            Screen::Password => Self::Password,
            Screen::Code => Self::Code,
            Screen::AuthenticatorCode => Self::AuthenticatorCode,
            Screen::ChooseFactor => Self::ChooseFactor,
            Screen::ChooseMfa => Self::ChooseMfa,
            Screen::SetUpAuthenticator => Self::SetUpAuthenticator,
            Screen::SetUpEmail => Self::SetUpEmail,
            Screen::CustomChallenge => Self::CustomChallenge,
            Screen::Passkey => Self::Passkey,
        }
    }
}
