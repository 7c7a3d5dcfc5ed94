//! This app: its routes, the frame around every screen, and how it starts.

mod admin;
mod brand;
mod frame;
mod notices;
mod route;
mod start;
mod ways;

pub use start::{App, AppProps, Start};
