//! The theme: every colour, size, radius and shadow as a CSS custom property, and the person's choice of light
//! or dark.
//!
//! A site makes the look its own by setting these properties on `:root` after the program's styles. Each colour
//! is a `light-dark()` pair that follows the system's setting unless `<html data-theme="light|dark">` says
//! otherwise. Text pairs have a contrast of at least 4.5:1, borders of controls and focus rings of 3:1.

#[cfg(test)]
mod tests;

use gloo_storage::{LocalStorage, Storage};
use stylist::{StyleSource, css};

/// The key in `localStorage` under which a chosen theme is remembered.
pub const STORAGE_KEY: &str = "yew-cognito.theme";

/// Which colours to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// The choice remembered in this browser: [`ThemeChoice::System`] if there is none or storage is barred.
    pub fn saved() -> Self {
        if !storage_is_open() {
            return Self::System;
        }
        match LocalStorage::get::<String>(STORAGE_KEY).ok().as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Remembers the choice, if storage allows it.
    pub fn save(self) {
        if !storage_is_open() {
            return;
        }
        match self.value() {
            // A full or barred storage costs the person no more than choosing again.
            Some(value) => drop(LocalStorage::set(STORAGE_KEY, value)),
            None => LocalStorage::delete(STORAGE_KEY),
        }
    }

    /// Shows the document in this choice's colours.
    pub fn apply(self) {
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|page| page.document_element());
        if let Some(root) = root {
            let _ = match self.value() {
                Some(value) => root.set_attribute("data-theme", value),
                None => root.remove_attribute("data-theme"),
            };
        }
    }

    /// The choice after this one: system, light, dark and round again.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn value(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// `LocalStorage` panics where the browser refuses storage, so the browser is asked first.
pub(crate) fn storage_is_open() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

/// The tokens themselves, for the whole document.
pub(super) fn styles() -> StyleSource {
    css!(
        r#"
        :root, :host {
            color-scheme: light dark;

            --yc-page: light-dark(#fafafa, #09090b);
            --yc-surface: light-dark(#ffffff, #131316);
            --yc-quiet: light-dark(#f4f4f5, #232327);
            --yc-quiet-hover: light-dark(#e9e9eb, #2e2e33);
            --yc-border: light-dark(#e4e4e7, #2a2a2f);
            --yc-control: light-dark(#8b8b94, #6f6f79);
            --yc-text: light-dark(#18181b, #fafafa);
            --yc-muted: light-dark(#5b5b64, #a6a6b0);

            --yc-accent: light-dark(#4338ca, #5a5bee);
            --yc-accent-hover: light-dark(#3730a3, #4b4cdc);
            --yc-on-accent: light-dark(#ffffff, #ffffff);
            --yc-link: light-dark(#4338ca, #a5b4fc);
            --yc-link-hover: light-dark(#3730a3, #c7d2fe);
            --yc-focus: light-dark(#4f46e5, #a5b4fc);

            --yc-danger: light-dark(#b91c1c, #fca5a5);
            --yc-danger-surface: light-dark(#fef2f2, #2a1416);
            --yc-danger-border: light-dark(#fecaca, #5f2327);
            --yc-success: light-dark(#15703a, #86efac);
            --yc-success-surface: light-dark(#f0fdf4, #0f2418);
            --yc-success-border: light-dark(#bbf7d0, #1f4d31);
            --yc-warning: light-dark(#8a4b08, #fcd34d);
            --yc-warning-surface: light-dark(#fffbeb, #2a1f0b);
            --yc-warning-border: light-dark(#fde68a, #5a4412);
            --yc-info-surface: light-dark(#f5f5ff, #19192c);
            --yc-info-border: light-dark(#dcdcfb, #34345c);

            --yc-radius: 8px;
            --yc-radius-large: 12px;
            --yc-shadow: 0 1px 2px light-dark(rgb(24 24 27 / 6%), rgb(0 0 0 / 40%)),
                0 8px 24px light-dark(rgb(24 24 27 / 5%), rgb(0 0 0 / 30%));

            --yc-space-1: 0.25rem;
            --yc-space-2: 0.5rem;
            --yc-space-3: 0.75rem;
            --yc-space-4: 1rem;
            --yc-space-6: 1.5rem;
            --yc-space-8: 2rem;
            --yc-target: 2.75rem;

            --yc-font: Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
            --yc-font-mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
            --yc-text-small: 0.875rem;
            --yc-text-base: 0.9375rem;
            --yc-text-title: 1.5rem;
        }
        :root[data-theme="light"] {
            color-scheme: light;
        }
        :root[data-theme="dark"] {
            color-scheme: dark;
        }
        "#
    )
}
