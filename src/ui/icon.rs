//! Line icons drawn inline, in the colour of the text around them.

use stylist::{StyleSource, css};
use yew::prelude::*;

/// What an [`icon`] shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An a over an arc: Amazon.
    Amazon,
    /// A phone with a code on it: an authenticator app.
    App,
    /// An apple: Apple.
    Apple,
    /// An arrow to where reading starts.
    Back,
    /// A building: an organisation.
    Building,
    /// A tick.
    Check,
    /// An arrowhead to where reading goes.
    Chevron,
    /// An empty ring.
    Circle,
    /// Two sheets, one over the other.
    Copy,
    /// A screen with a phone before it.
    Devices,
    /// A ring around an exclamation mark.
    Error,
    /// An open eye.
    Eye,
    /// An eye struck through.
    EyeOff,
    /// An f: Facebook.
    Facebook,
    /// A G: Google.
    Google,
    /// A ring around an i.
    Info,
    /// A key: a password.
    Key,
    /// An arrow out of a box: another site.
    Leave,
    /// A padlock.
    Lock,
    /// An envelope.
    Mail,
    /// A screen.
    Monitor,
    /// A crescent.
    Moon,
    /// A person with a key: a passkey.
    Passkey,
    /// A speech bubble: a text message.
    Phone,
    /// A ring around a question mark.
    Question,
    /// A shield around a tick.
    Shield,
    /// A ring around a tick.
    Success,
    /// A sun.
    Sun,
    /// A triangle around an exclamation mark.
    Warning,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Self::Amazon => {
                "M15.5 4.5v9M15.5 9a3.8 4.5 0 1 0-7.6 0 3.8 4.5 0 0 0 7.6 0M4 17.5c4.8 3.3 11.2 3.3 16 0"
            }
            Self::App => {
                "M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5ZM9.5 11v.01M12 11v.01M14.5 11v.01M11 18h2"
            }
            Self::Apple => {
                "M12 8c-1-.7-2.2-1-3.4-.8-2.6.4-4.1 2.7-4.1 5.3 0 4 2.6 8.5 5.1 8.5 1 0 1.5-.5 2.4-.5s1.4.5 2.4.5c2.5 0 5.1-4.5 5.1-8.5 0-2.6-1.5-4.9-4.1-5.3C14.2 7 13 7.3 12 8ZM12 7.5c-.2-2.2 1-4.3 3.2-5"
            }
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Building => {
                "M6 20.5v-16a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v16M3.5 20.5h17M10.5 20.5v-3.5h3v3.5M9.5 7.5v.01M14.5 7.5v.01M9.5 12v.01M14.5 12v.01"
            }
            Self::Check => "M5 12.5 9.5 17 19 7.5",
            Self::Chevron => "M9.5 6l6 6-6 6",
            Self::Circle => "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14",
            Self::Copy => {
                "M9.5 8.5h9a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM5.5 15.5h-1a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v1"
            }
            Self::Devices => {
                "M19.5 7.5V6a1 1 0 0 0-1-1h-14a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1H12M8 19.5h4M16.5 11h4a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z"
            }
            Self::Error => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V13M12 16.5v.01",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
            }
            Self::EyeOff => {
                "M6.2 7.4C3.8 9.2 2.5 12 2.5 12S6 18.5 12 18.5c2 0 3.7-.7 5.1-1.7M9.5 5.9C10.3 5.6 11.1 5.5 12 5.5 18 5.5 21.5 12 21.5 12S20.7 13.7 19.1 15.3M9.9 9.9a3 3 0 0 0 4.2 4.2M4 4l16 16"
            }
            Self::Facebook => "M16.5 3.5h-1.8A3.7 3.7 0 0 0 11 7.2V20.5M7.5 11.5h8",
            Self::Google => "M12.5 12H20a8 8 0 1 1-2.6-5.9",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11.5V16M12 8v.01",
            Self::Key => "M8 11a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M11.2 12.3 20 3.5M16.5 7l3 3M13.5 10l2 2",
            Self::Leave => {
                "M14 4.5h5.5V10M19.5 4.5 11 13M17.5 14v4.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1H10"
            }
            Self::Lock => {
                "M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM8 11V8a4 4 0 0 1 8 0v3"
            }
            Self::Mail => {
                "M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM3.3 7.3 12 13l8.7-5.7"
            }
            Self::Monitor => {
                "M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM8.5 20.5h7M12 16.5v4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
            Self::Passkey => {
                "M9.5 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 20v-.5a6 6 0 0 1 8.7-5.4M17 9.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M17 15.5v6M17 19h2"
            }
            Self::Phone => {
                "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 19 17h-7l-4.5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 5 4.5ZM8.5 10.75v.01M12 10.75v.01M15.5 10.75v.01"
            }
            Self::Question => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.6 9.6a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.3 1-1.3 2M12 16.8v.01"
            }
            Self::Shield => {
                "M12 3 5 5.8v5.4c0 4.6 2.9 8 7 9.8 4.1-1.8 7-5.2 7-9.8V5.8ZM8.8 12l2.2 2.2 4.2-4.2"
            }
            Self::Success => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.3 12.3l2.5 2.5 5-5.3",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Warning => "M12 4 2.5 20h19ZM12 10v4.5M12 17v.01",
        }
    }
}

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-turns:dir(rtl) {
            transform: scaleX(-1);
        }
        "#
    )
}

/// An icon of 20 by 20 CSS pixels. It is hidden from screen readers: the words beside it say the same.
pub fn icon(shape: Shape) -> Html {
    let turns = matches!(shape, Shape::Back | Shape::Chevron).then_some("yc-turns");
    html! {
        <svg class={classes!(turns)} width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor"
            stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={shape.path()} />
        </svg>
    }
}
