//! The program from outside: its commands and its three parties as processes that die.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod admin;
mod command;
mod demo;
mod headless;
mod kill;
mod processes;
mod shared;
mod statement;
