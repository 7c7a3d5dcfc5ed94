//! Line icons drawn inline, in the colour of the text around them.

use yew::prelude::*;

/// What an [`icon`] shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An arrow to the left.
    Back,
    /// A tick.
    Check,
    /// An empty ring.
    Circle,
    /// A ring around an exclamation mark.
    Error,
    /// An open eye.
    Eye,
    /// An eye struck through.
    EyeOff,
    /// A ring around an i.
    Info,
    /// A padlock.
    Lock,
    /// A screen.
    Monitor,
    /// A crescent.
    Moon,
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
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Check => "M5 12.5 9.5 17 19 7.5",
            Self::Circle => "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14",
            Self::Error => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V13M12 16.5v.01",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6"
            }
            Self::EyeOff => {
                "M6.2 7.4C3.8 9.2 2.5 12 2.5 12S6 18.5 12 18.5c2 0 3.7-.7 5.1-1.7M9.5 5.9C10.3 5.6 11.1 5.5 12 5.5 18 5.5 21.5 12 21.5 12S20.7 13.7 19.1 15.3M9.9 9.9a3 3 0 0 0 4.2 4.2M4 4l16 16"
            }
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11.5V16M12 8v.01",
            Self::Lock => {
                "M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM8 11V8a4 4 0 0 1 8 0v3"
            }
            Self::Monitor => {
                "M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM8.5 20.5h7M12 16.5v4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
            Self::Success => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.3 12.3l2.5 2.5 5-5.3",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Warning => "M12 4 2.5 20h19ZM12 10v4.5M12 17v.01",
        }
    }
}

/// An icon of 20 by 20 CSS pixels. It is hidden from screen readers: the words beside it say the same.
pub fn icon(shape: Shape) -> Html {
    html! {
        <svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d={shape.path()} />
        </svg>
    }
}
