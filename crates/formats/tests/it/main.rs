//! The crate from outside: fixtures, round trips, hostile input.

mod fixtures;
