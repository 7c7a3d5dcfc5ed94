//! The finished authentication app.
fn main() {}
