//! The banks from outside: a strict client over HTTP in process, the control surface for the truth.

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
