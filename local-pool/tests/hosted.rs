//! The hosted pages and their endpoints as browsers and clients see them.
// The lints spare test functions by themselves, but not what they call.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

mod hosted {
    mod browser;
    mod federation;
    mod pages;
    mod refusals;
    mod tokens;
}
