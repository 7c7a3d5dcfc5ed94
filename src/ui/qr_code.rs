//! The square that another device's camera reads.

use stylist::{StyleSource, css};
use yew::prelude::*;

/// Modules of white around the symbol (ISO/IEC 18004, 5.3.8).
const QUIET_ZONE: u32 = 4;
/// The widest and the narrowest it is drawn, quiet zone included, in CSS pixels.
const WIDEST: u32 = 208;
const NARROWEST: u32 = 176;

pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        .yc-qr {
            justify-self: center;
            padding: var(--yc-space-1);
            line-height: 0;
            background: #ffffff;
            border: 1px solid var(--yc-border);
            border-radius: var(--yc-radius-large);
            forced-color-adjust: none;
        }
        "#
    )
}

/// A QR symbol of `size` by `size` modules. `path` is the outline of the dark ones, one unit a module, from the
/// symbol's upper left corner; `label` says to a screen reader what it is for. Dark on white in every theme, as not
/// every camera reads the reverse.
pub fn qr_code(size: u32, path: AttrValue, label: AttrValue) -> Html {
    let modules = (size + 2 * QUIET_ZONE).to_string();
    let width = width(size).to_string();
    let start = ["-", &QUIET_ZONE.to_string()].concat();
    let view_box = [&*start, " ", &start, " ", &modules, " ", &modules].concat();
    html! {
        <div class="yc-qr">
            <svg role="img" aria-label={label} width={width.clone()} height={width} viewBox={view_box}
                shape-rendering="crispEdges">
                <path d={path} fill="#000000" />
            </svg>
        </div>
    }
}

/// A whole number of pixels for each module if that fits, as then all are of one size.
fn width(size: u32) -> u32 {
    let modules = size + 2 * QUIET_ZONE;
    match WIDEST / modules * modules {
        even if even >= NARROWEST => even,
        _ => WIDEST,
    }
}

#[cfg(test)]
mod tests {
    use super::{NARROWEST, WIDEST, width};

    #[test]
    fn modules_are_of_one_size_where_they_can_be() {
        assert_eq!(width(21), 203, "seven pixels each");
        assert_eq!(width(41), 196, "four pixels each");
        assert_eq!(width(45), WIDEST, "three are too few, four too many");
    }

    #[test]
    fn every_version_fits_the_card() {
        for version in 1..=40 {
            let width = width(17 + 4 * version);
            assert!(
                (NARROWEST..=WIDEST).contains(&width),
                "version {version}: {width}"
            );
        }
    }
}
