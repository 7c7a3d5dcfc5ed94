//! The looks: theme tokens and the components every screen is composed from.
//!
//! Nothing here knows Cognito or a session. Every style is a constructable stylesheet (see [`style`]), so the
//! components work under `style-src 'self'`; every input is uncontrolled, so that what a password manager has
//! filled in is never wiped.

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

pub use alert::{Alert, AlertKind, AlertProps};
pub use badge::{Badge, BadgeProps, BadgeTone};
pub use button::{Button, ButtonProps, ButtonType, ButtonVariant};
pub use card::{Card, CardProps};
pub use code_field::{CodeField, CodeFieldProps, code_in};
pub use description_list::{Description, DescriptionList, DescriptionListProps, DescriptionProps};
pub use field::{Field, FieldProps};
pub use field_state::{FieldState, use_field};
pub use form::{Form, FormProps};
pub use icon::{Icon, IconProps, Shape};
pub use link::{TextLink, TextLinkProps};
pub use page::{Page, PageProps};
pub use password_checklist::{PasswordChecklist, PasswordChecklistProps};
pub use password_field::{PasswordField, PasswordFieldProps};
pub use skeleton::{Skeleton, SkeletonProps};
pub use spinner::Spinner;
pub use style::{Styled, StyledProps};
pub use theme_switch::ThemeSwitch;
pub use visually_hidden::{VisuallyHidden, VisuallyHiddenProps};
