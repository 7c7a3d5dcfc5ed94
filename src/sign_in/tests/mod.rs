//! Every path through the machine, answers out of order, and servers that answer oddly.

mod choices;
mod codes;
mod custom;
mod device;
mod flows;
mod odd_servers;
mod out_of_order;
mod passkey;
mod passwords;
mod running_out;
mod setup;
mod walk;
mod wire;
