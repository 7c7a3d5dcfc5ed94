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
mod checkbox;
mod choice_list;
mod code_field;
mod copy_text;
mod description_list;
mod dialog;
mod field;
mod field_frame;
mod field_state;
mod form;
mod icon;
mod icon_hero;
mod item_list;
mod link;
mod note;
mod page;
mod password_checklist;
mod password_field;
mod phone;
mod phone_field;
mod qr_code;
mod section;
mod separator;
mod skeleton;
mod spinner;
mod steps;
pub mod style;
pub mod theme;
mod theme_switch;
mod visually_hidden;

pub use alert::{AlertKind, alert};
pub use badge::{BadgeTone, badge};
pub use button::{Button, ButtonProps, ButtonType, ButtonVariant, button_row};
pub use card::{Card, card};
pub use checkbox::{checkbox, is_ticked};
pub use choice_list::{Choice, choice_list};
pub use code_field::{CodeField, CodeFieldProps, code_in};
pub use copy_text::{CopyText, CopyTextProps};
pub use description_list::{description, description_list};
pub use dialog::{Dialog, DialogProps};
pub use field::{Field, FieldProps};
pub use field_state::{FieldState, use_field};
pub use form::{Form, FormProps};
pub use icon::{Shape, icon};
pub use icon_hero::icon_hero;
pub use item_list::{Item, item_list};
pub use link::text_link;
pub use note::note;
pub use page::{narrow, page};
pub use password_checklist::password_checklist;
pub use password_field::{PasswordField, PasswordFieldProps};
pub use phone::{Country, PhoneCountry, PhoneProblem, PhoneState, e164, use_phone, use_phone_country};
pub use phone_field::{PhoneField, PhoneFieldProps};
pub use qr_code::qr_code;
pub use section::section;
pub use separator::separator;
pub use skeleton::skeleton;
pub use spinner::spinner;
pub use steps::steps;
pub use style::{Styled, StyledProps};
pub use theme_switch::ThemeSwitch;
pub use visually_hidden::visually_hidden;
