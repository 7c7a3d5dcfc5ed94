//! Set-up, development server and tests of this repository.
fn main() {}
