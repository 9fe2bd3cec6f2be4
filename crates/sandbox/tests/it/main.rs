//! The banks from outside: a strict client over HTTP in process, the control surface for the truth.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod client;
mod consents;
mod control;
mod faults;
mod journal;
mod limits;
mod listing;
mod load;
mod login;
mod socket;
mod truth;
