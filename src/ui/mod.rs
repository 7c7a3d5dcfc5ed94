//! The looks: theme tokens and the components every screen is composed from.
//!
//! Nothing here knows Cognito or a session. What keeps state or reacts to the document is a component; what only
//! draws is a function, which costs the download far less. Every style is a constructable stylesheet (see [`style`])
//! and goes by class names such as `yc-button`, so all of it works under `style-src 'self'`; every input is
//! uncontrolled, so that what a password manager has filled in is never wiped.

mod alert;
mod badge;
mod button;
mod card;
mod code_field;
mod description_list;
mod field;
mod field_frame;
mod field_state;
mod form;
mod icon;
mod link;
mod page;
mod password_checklist;
mod password_field;
mod skeleton;
mod spinner;
pub mod style;
pub mod theme;
mod theme_switch;
mod visually_hidden;

pub use alert::{AlertKind, alert};
pub use badge::{BadgeTone, badge};
pub use button::{Button, ButtonProps, ButtonType, ButtonVariant, button_row};
pub use card::{Card, card};
pub use code_field::{CodeField, CodeFieldProps, code_in};
pub use description_list::{description, description_list};
pub use field::{Field, FieldProps};
pub use field_state::{FieldState, use_field};
pub use form::{Form, FormProps};
pub use icon::{Shape, icon};
pub use link::text_link;
pub use page::page;
pub use password_checklist::password_checklist;
pub use password_field::{PasswordField, PasswordFieldProps};
pub use skeleton::skeleton;
pub use spinner::spinner;
pub use style::{Styled, StyledProps};
pub use theme_switch::ThemeSwitch;
pub use visually_hidden::visually_hidden;
