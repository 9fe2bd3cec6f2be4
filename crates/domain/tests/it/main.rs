//! The promises of the domain types.

mod accounts;
mod environment;
mod money;
mod references;
