//! Phone numbers: read from what people write, told apart by country, kept as E.164.

mod country;
mod names;
mod number;
mod state;

pub(super) use names::country_options;
use names::home_country;
use number::international;
pub use {
    country::Country,
    number::{PhoneProblem, e164},
    state::{PhoneCountry, PhoneState, use_phone, use_phone_country},
};
