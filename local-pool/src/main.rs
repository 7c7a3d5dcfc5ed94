//! A local user pool.
fn main() {}
