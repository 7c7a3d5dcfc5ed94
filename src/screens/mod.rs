//! The journeys: one file for each screen, composed from [`ui`](crate::ui) and [`auth`](crate::auth).
//!
//! A screen knows which screen comes next, not where that is: [`JourneyProvider`] is told how to get there, by
//! routes or without any. What people have typed is carried from screen to screen in memory alone, never in an
//! address or in storage.

mod attribute_fields;
mod code_sent;
mod code_target;
mod config_problem;
mod confirm_sign_up;
mod dashboard;
mod forgot_password;
mod identifier;
mod journey;
mod new_password;
mod new_password_fields;
mod not_found;
mod problem_card;
mod renewal;
mod resend_code;
mod reset_password;
mod screen_card;
mod service_problem;
mod sign_in;
mod sign_up;
mod submission;
mod words;

pub use config_problem::{ConfigProblemProps, ConfigProblemScreen};
pub use confirm_sign_up::ConfirmSignUp;
pub use dashboard::Dashboard;
pub use forgot_password::ForgotPassword;
pub use journey::{Journey, JourneyProvider, JourneyProviderProps, Screen, Way, use_journey};
pub use new_password::NewPassword;
pub use not_found::{NotFound, NotFoundProps};
pub use reset_password::ResetPassword;
pub use screen_card::{ScreenCard, ScreenCardProps};
pub use service_problem::{ServiceGate, ServiceGateProps};
pub use sign_in::SignIn;
pub use sign_up::SignUp;
