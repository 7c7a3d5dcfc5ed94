//! The tokens' contrast, as WCAG 2.2 defines it.

use std::collections::BTreeMap;

/// Linear light of each channel, red, green, blue.
type Colour = [f64; 3];

/// Text needs 4.5 (success criterion 1.4.3).
const TEXT: f64 = 4.5;
/// Borders of controls and focus rings need 3 (success criterion 1.4.11).
const CONTROL: f64 = 3.0;

/// The colours of `mod.rs`, light and dark.
fn tokens() -> BTreeMap<&'static str, [Colour; 2]> {
    let lines = include_str!("mod.rs").lines().map(str::trim);
    let pairs = lines.filter_map(|line| {
        let (name, value) = line.strip_prefix("--yc-")?.split_once(": light-dark(")?;
        let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
        Some((name, [colour(light)?, colour(dark)?]))
    });
    pairs.collect()
}

fn colour(hex: &str) -> Option<Colour> {
    let number = u32::from_str_radix(hex.strip_prefix('#')?, 16).ok()?;
    let [_, channels @ ..] = number.to_be_bytes();
    Some(channels.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    }))
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |[red, green, blue]: Colour| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

#[test]
fn contrast_is_that_of_the_definition() {
    let white = colour("#ffffff").unwrap();
    let black = colour("#000000").unwrap();
    assert!((contrast(white, black) - 21.0).abs() < 1e-9);
    // The grey that is known to just pass on white.
    assert!((contrast(white, colour("#767676").unwrap()) - 4.54).abs() < 0.01);
}

#[test]
fn everything_can_be_read_in_light_and_dark() {
    let tokens = tokens();
    let pairs: [(&str, &[&str], f64); 11] = [
        (
            "text",
            &[
                "page",
                "surface",
                "quiet",
                "quiet-hover",
                "info-surface",
                "success-surface",
                "warning-surface",
            ],
            TEXT,
        ),
        ("muted", &["page", "surface", "quiet"], TEXT),
        (
            "link",
            &[
                "page",
                "surface",
                "info-surface",
                "success-surface",
                "warning-surface",
                "danger-surface",
            ],
            TEXT,
        ),
        ("link-hover", &["page", "surface"], TEXT),
        ("on-accent", &["accent", "accent-hover"], TEXT),
        ("danger", &["surface", "danger-surface"], TEXT),
        ("success", &["surface", "success-surface"], TEXT),
        ("warning", &["surface", "warning-surface"], TEXT),
        ("accent", &["page", "surface"], CONTROL),
        ("control", &["page", "surface"], CONTROL),
        ("focus", &["page", "surface"], CONTROL),
    ];
    for (front, backs, least) in pairs {
        for back in backs {
            for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
                let ratio = contrast(tokens[front][scheme], tokens[*back][scheme]);
                assert!(
                    ratio >= least,
                    "{front} on {back}, {name}: {ratio:.2} is less than {least}"
                );
            }
        }
    }
}
